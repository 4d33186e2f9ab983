#include "index/words.hpp"

#include <algorithm>

#include "data/sort_unique.hpp"

namespace tessera {
namespace {

bool is_name(Kind kind) {
  return kind == Kind::kName || kind == Kind::kPersonName;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty() && parts.size() < kMostWords) {
    const std::size_t end = std::min(text.find(at), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

std::vector<IndexField> index_fields(const Table& table, std::span<const std::uint32_t> columns) {
  std::vector<std::uint32_t> sorted(columns.begin(), columns.end());
  sort_unique(sorted);
  std::vector<IndexField> fields;
  for (const std::uint32_t column : sorted) {
    const Kind kind = table.columns[column].kind;
    const auto names = std::find_if(fields.begin(), fields.end(),
                                    [](const IndexField& field) { return is_name(field.kind); });
    if (is_name(kind) && names != fields.end()) {
      names->columns.push_back(column);
    } else {
      fields.push_back({kind, {column}});
    }
  }
  return fields;
}

std::vector<ValueWord> words_of(Kind kind, std::string_view value) {
  std::vector<ValueWord> words;
  if (value.empty()) return words;
  if (!has_script(kind)) {
    if (kind != Kind::kSet) return {{std::string(value), false}};
    for (const std::string_view part : split(value, '|')) words.push_back({std::string(part)});
    return words;
  }
  const std::vector<std::string_view> parts = split(value, ' ');
  for (const std::string_view part : parts) words.push_back({std::string(part), false});
  for (std::size_t i = 1; i < parts.size(); ++i) {
    words.push_back({std::string(parts[i - 1]) + std::string(parts[i]), true});
  }
  if (parts.size() == 3) {
    words.push_back({std::string(parts[0]) + std::string(parts[1]) + std::string(parts[2]), true});
  }
  if (words.size() > kMostWords) words.resize(kMostWords);
  return words;
}

}  // namespace tessera
