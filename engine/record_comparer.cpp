#include "engine/record_comparer.hpp"

#include <tbb/parallel_for.h>

namespace tessera {
namespace {

std::vector<Code> codes_in_partner(const Column& column, const Column& partner) {
  DictionaryBuilder known;
  for (Code code = 1; code < partner.values.size(); ++code) known.intern(partner.values[code]);
  std::vector<Code> codes(column.values.size(), kMissing);
  for (Code code = 1; code < column.values.size(); ++code) {
    const Code found = known.intern(column.values[code]);
    if (found < partner.values.size()) codes[code] = found;
  }
  return codes;
}

}  // namespace

RecordComparer::Part RecordComparer::make_part(const Table& table, const ComparisonSpec& spec,
                                               const NicknameTable& nicknames, Bounds bounds) {
  const Column& column = table.columns[spec.attribute];
  Part part{.column = &column,
            .comparer = Comparer(spec, column, nicknames),
            .bound = bounds == Bounds::kNone ? LevelBound() : LevelBound(spec, column, nicknames),
            .in_partner = {}};
  part.levels = static_cast<unsigned>(spec.levels.size());
  for (std::size_t i = 0; i < spec.levels.size(); ++i) {
    if (spec.levels[i].function == LevelFunction::kExact) {
      part.exact_level = static_cast<unsigned>(i + 1);
    }
  }
  if (spec.swapped_with && part.comparer.swapped_level() != 0) {
    part.partner = &table.columns[*spec.swapped_with];
    part.in_partner = codes_in_partner(column, *part.partner);
  }
  return part;
}

RecordComparer::RecordComparer(const Table& table, std::span<const ComparisonSpec> comparisons,
                               const NicknameTable& nicknames, Bounds bounds) {
  std::vector<std::optional<Part>> parts(comparisons.size());
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t c) {
    parts[c] = make_part(table, comparisons[c], nicknames, bounds);
    parts[c]->partner_comparison = parts.size();
  });
  for (std::optional<Part>& part : parts) parts_.push_back(std::move(*part));
  for (Part& part : parts_) {
    for (std::size_t c = 0; c < parts_.size(); ++c) {
      if (parts_[c].column == part.partner) part.partner_comparison = c;
    }
  }
}

unsigned RecordComparer::level(std::size_t c, Row left, Row right) const {
  const Part& part = parts_[c];
  const Code a = part.column->codes[left];
  const Code b = part.column->codes[right];
  if (a == kMissing || b == kMissing) return kNullLevel;
  return with_swap(c, left, right, a, b, value_level(c, a, b));
}

Pattern RecordComparer::pattern(Row left, Row right) const {
  Pattern pattern = 0;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    pattern = with_level(pattern, c, level(c, left, right));
  }
  return pattern;
}

}  // namespace tessera
