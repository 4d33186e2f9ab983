#include "data/derive.hpp"

#include "data/check.hpp"

namespace tessera {
namespace {

Column derive_column(const DerivedAttribute& derived, const Table& table) {
  Column column;
  column.name = derived.name;
  column.kind = derived.kind;
  DictionaryBuilder values;
  std::vector<std::vector<Code>> code_of;  // per column of first_of, by its code
  for (const std::uint32_t from : derived.first_of) {
    TESSERA_CHECK(from < table.columns.size());
    std::vector<Code>& codes = code_of.emplace_back(1, kMissing);
    const Dictionary& texts = table.columns[from].values;
    for (Code code = 1; code < texts.size(); ++code) codes.push_back(values.intern(texts[code]));
  }
  column.values = std::move(values).finish();
  column.codes.resize(table.size());
  column.counts.assign(column.values.size(), 0);
  for (Row row = 0; row < table.size(); ++row) {
    Code code = kMissing;
    for (std::size_t i = 0; i < code_of.size() && code == kMissing; ++i) {
      code = code_of[i][table.columns[derived.first_of[i]].codes[row]];
    }
    column.codes[row] = code;
    ++column.counts[code];
  }
  if (has_script(column.kind)) column.romanised = romanise_values(column.values);
  return column;
}

}  // namespace

void append_derived(std::span<const DerivedAttribute> derived, Table& table) {
  for (const DerivedAttribute& attribute : derived) {
    table.columns.push_back(derive_column(attribute, table));
  }
}

}  // namespace tessera
