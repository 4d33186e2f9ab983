#include <algorithm>
#include <array>

#include "engine/config_sections.hpp"
#include "engine/did_you_mean.hpp"

namespace tessera {
namespace {

constexpr std::array<std::string_view, 3> kEncodings = {"utf-8", "latin-1", "utf-16"};
constexpr std::array<std::string_view, 3> kDateOrders = {"ymd", "dmy", "mdy"};
constexpr std::size_t kMaxSources = 65535;  // SourceId has 16 bits

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void check_name(ConfigReader& reader, const std::string& name,
                const std::vector<SourceSpec>& sources) {
  if (name.find(':') != std::string::npos || has_control(name)) {
    reader.problem("name",
                   "a source's name must be free of colons and control characters, as records are "
                   "named source:record_id; choose another name");
  }
  const auto same = [&](const SourceSpec& source) { return source.name == name; };
  if (std::any_of(sources.begin(), sources.end(), same)) {
    reader.problem("name", "two sources are called \"" + name +
                               "\", so their records could not be told apart; rename one");
  }
}

std::optional<char> read_delimiter(ConfigReader& reader) {
  const std::optional<std::string> text = reader.text("delimiter");
  if (!text) return std::nullopt;
  const bool single = text->size() == 1;
  const char c = single ? text->front() : '\0';
  const bool printable = c >= 0x20 && c < 0x7f;
  const bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (!single || (!printable && c != '\t') || letter || c == '"') {
    reader.problem(
        "delimiter",
        "this cannot part fields; write one character as in \",\", \";\", \"|\" or \"\\t\", "
        "or leave the key out to have it found");
    return std::nullopt;
  }
  return c;
}

SourceSpec read_source(ConfigReader& reader, const std::filesystem::path& folder,
                       const std::vector<SourceSpec>& before, bool path_is_given) {
  SourceSpec source;
  source.name = reader.text("name").value_or("");
  if (const auto path = path_is_given
                            ? reader.text("path")
                            : reader.required_text("path",
                                                   "name the file to read, relative to this "
                                                   "config")) {
    source.path = (folder / std::filesystem::path(*path)).lexically_normal();
  }
  source.id_column = reader.text("id").value_or("");
  source.duplicate_free = reader.boolean("duplicate_free").value_or(false);
  if (const auto encoding = reader.choice("encoding", kEncodings)) {
    source.encoding = static_cast<Encoding>(*encoding);
  }
  source.delimiter = read_delimiter(reader);
  if (const auto order = reader.choice("date_order", kDateOrders)) {
    source.date_order = static_cast<DateOrder>(*order);
  }
  source.updated_column = reader.text("updated").value_or("");
  if (reader.required_text("name", "name the source: its records are called name:record_id")) {
    check_name(reader, source.name, before);
  }
  reader.report_unknown();
  return source;
}

}  // namespace

std::span<const std::string_view> encoding_names() {
  return kEncodings;
}

std::span<const std::string_view> date_order_names() {
  return kDateOrders;
}

std::vector<SourceSpec> read_source_section(ConfigReader& root, const std::filesystem::path& folder,
                                            std::span<const SourceSpec> files) {
  const auto file_of = [&](const std::string& name) {
    return std::find_if(files.begin(), files.end(),
                        [&](const SourceSpec& file) { return file.name == name; });
  };
  std::vector<SourceSpec> sources;
  for (ConfigReader& reader : root.tables("source")) {
    const std::string name = reader.text("name").value_or("");
    const auto file = file_of(name);
    SourceSpec source = read_source(reader, folder, sources, file != files.end());
    if (file != files.end()) source.path = file->path;
    sources.push_back(std::move(source));
  }
  for (const SourceSpec& file : files) {
    const auto same = [&](const SourceSpec& source) { return source.name == file.name; };
    if (std::none_of(sources.begin(), sources.end(), same)) sources.push_back(file);
  }
  if (sources.empty()) {
    root.problem("source",
                 "there is no source, so nothing to read; add a [[source]] with name and "
                 "path, or give NAME=FILE on the command line");
  }
  if (sources.size() > kMaxSources) root.problem("source", "a job has at most 65535 sources");
  return sources;
}

}  // namespace tessera
