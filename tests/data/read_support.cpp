#include "tests/data/read_support.hpp"

#include <zlib.h>

#include <stdexcept>

namespace tessera::test {

SourceSpec people(const std::filesystem::path& path) {
  SourceSpec source;
  source.name = "people";
  source.path = path;
  source.id_column = "id";
  return source;
}

AttributeSpec attribute(const std::string& name) {
  AttributeSpec spec;
  spec.name = name;
  spec.columns = {name};
  return spec;
}

std::string gzip(const std::string& text) {
  z_stream zlib{};
  if (deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string source = text;
  std::string out(deflateBound(&zlib, text.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(source.data());
  zlib.avail_in = static_cast<uInt>(source.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  if (deflate(&zlib, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate");
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

std::string utf16(const std::u16string& text, bool big_endian) {
  std::string out;
  const auto put = [&](char16_t unit) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  };
  put(0xFEFF);
  for (const char16_t unit : text) put(unit);
  return out;
}

std::vector<std::string> read_rows(SourceReader& reader) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < reader.columns().size(); ++i) {
    if (reader.has_text(i)) all.push_back(i);
  }
  reader.select(all);
  std::vector<std::string> rows;
  std::vector<std::string> faults;
  for (auto batch = reader.next({}); batch; batch = reader.next(std::move(*batch))) {
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      std::string text = std::to_string(batch->lines[row]) + ":";
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) text += '|';
        text += batch->text_of(batch->fields[i][row]);
      }
      rows.push_back(std::move(text));
    }
    for (const RowFault& fault : batch->faults) {
      const bool whole = fault.column == RowFault::kWholeRow;
      faults.push_back(std::to_string(fault.line) + "!" +
                       (whole ? std::string() : reader.columns()[fault.column]) + ":" +
                       fault_reason(fault, all.size(), Encoding::kUtf8));
    }
  }
  rows.insert(rows.end(), faults.begin(), faults.end());
  return rows;
}

std::vector<std::string> rows_of(const RawTable& table) {
  std::vector<std::string> rows;
  for (Row row = 0; row < table.size(); ++row) {
    std::string text = table.sources[static_cast<std::size_t>(table.row_source[row])].name + ":" +
                       std::string(table.record_ids[row]);
    for (const RawColumn& column : table.columns) {
      text += "|" + std::string(column.values[column.codes[row]]);
    }
    if (!table.updated.empty()) {
      text += "~" + std::string(table.updated_values[table.updated[row]]);
    }
    rows.push_back(std::move(text));
  }
  return rows;
}

std::vector<std::string> rejects_of(const std::vector<Reject>& rejects) {
  std::vector<std::string> lines;
  for (const Reject& reject : rejects) {
    lines.push_back(reject.source + "," + std::to_string(reject.line) + "," + reject.column + "," +
                    reject.reason);
  }
  return lines;
}

}  // namespace tessera::test
