#include "data/source_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "data/csv_reader.hpp"
#include "data/error.hpp"
#include "data/ndjson_reader.hpp"
#include "data/parquet_module.hpp"
#include "data/text_stream.hpp"

namespace tessera {
namespace {

bool has_ending(const std::filesystem::path& path, std::string_view ending) {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(ending);
}

// A pipe is not looked into: what is read of it is gone.
bool is_parquet(const std::filesystem::path& path) {
  if (has_ending(path, ".parquet") || has_ending(path, ".pq")) return true;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  std::array<char, 4> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return std::string_view(magic.data(), magic.size()) == "PAR1";
}

bool is_ndjson(const std::filesystem::path& path, const TextStream& text) {
  for (const char* ending : {".ndjson", ".jsonl", ".json"}) {
    if (has_ending(path, ending)) return true;
  }
  for (const char* ending : {".csv", ".tsv", ".txt"}) {
    if (has_ending(path, ending)) return false;
  }
  return text.first_letter() == '{';
}

}  // namespace

std::unique_ptr<SourceReader> open_source(const SourceSpec& source) {
  if (is_parquet(source.path)) return open_parquet(source);
  TextStream text(source.path, source.encoding);
  if (is_ndjson(source.path, text)) return make_ndjson_reader(source, std::move(text));
  return make_csv_reader(source, std::move(text), {.delimiter = source.delimiter});
}

std::string fault_reason(const RowFault& fault, std::size_t column_count, Encoding declared) {
  switch (fault.kind) {
    case RowFaultKind::kFieldCount:
      return std::to_string(fault.detail) + " fields; the header has " +
             std::to_string(column_count);
    case RowFaultKind::kEncoding:
      return declared == Encoding::kUtf16 ? "not valid UTF-16" : "not valid UTF-8";
    case RowFaultKind::kNul:
      return "holds a NUL byte";
    case RowFaultKind::kUnterminatedQuote:
      return "unterminated quote";
    case RowFaultKind::kTextAfterQuote:
      return "text after a closing quote";
    case RowFaultKind::kTooLong:
      return "longer than 1 MiB";
    case RowFaultKind::kBadJson:
      return "not valid JSON";
    case RowFaultKind::kNotAnObject:
      return "not a JSON object";
    case RowFaultKind::kMissingId:
      return "record id is missing";
    case RowFaultKind::kRepeatedId:
      return "repeated record id";
  }
  return "bad row";
}

}  // namespace tessera
