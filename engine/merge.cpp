// Survivorship. The records of an entity are narrowed by one rule after another; a rule keeps those
// records that do best by it among those still in. When all that are left agree on the cleaned
// value, the rule that brought this about is the one reported; the golden value is the raw text of
// the first of them (source order, then record id: the order of rows).
#include "engine/merge.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>

#include <algorithm>
#include <array>

#include "data/check.hpp"
#include "data/date.hpp"
#include "data/huge_pages.hpp"

namespace tessera {
namespace {

constexpr std::size_t kEntityGrain = 512;

/// The rows of each cluster end to end, clusters ordered by label.
struct ClusterRows {
  std::vector<Row> rows;             // size n; by cluster, ascending
  std::vector<std::uint64_t> start;  // size clusters + 1
};

ClusterRows rows_by_cluster(const Clusters& clusters) {
  const std::vector<Row>& label = clusters.label;
  std::vector<Row> number(label.size());  // by label
  ClusterRows out;
  out.start.push_back(0);
  for (Row row = 0; row < label.size(); ++row) {
    if (label[row] == row) {
      number[row] = static_cast<Row>(out.start.size() - 1);
      out.start.push_back(0);
    }
    ++out.start[number[label[row]] + std::size_t{1}];  // a label is the least row: numbered by now
  }
  for (std::size_t i = 1; i < out.start.size(); ++i) out.start[i] += out.start[i - 1];
  std::vector<std::uint64_t> next(out.start.begin(), out.start.end() - 1);
  out.rows.resize(label.size());
  for (Row row = 0; row < label.size(); ++row) out.rows[next[number[label[row]]]++] = row;
  return out;
}

std::uint32_t count_code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

/// How much a date tells: a whole day 4, a month 3, a day that is a heap 2 (its year is known, its
/// day a guess), a year 1.
std::uint32_t date_completeness(std::string_view text) {
  const std::optional<Date> date = parse_edtf(text);
  if (!date) return 0;
  if (date->day != 0) return date->coarse ? 2 : 4;
  return date->month != 0 ? 3 : 1;
}

/// The words of a text; for a set its members.
std::uint32_t token_count(std::string_view text, char separator) {
  return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), separator)) + 1;
}

std::uint32_t value_completeness(const Column& column, Code code) {
  const std::string_view text = column.values[code];
  if (column.kind == Kind::kDate) return date_completeness(text);
  return token_count(text, column.kind == Kind::kSet ? '|' : ' ');
}

/// What rules ask of each value of a column's texts, by code: worked out text after text, for
/// entities ask in no order, and a text is two cache misses away. A list that no rule asks for is
/// empty.
struct ValueMerits {
  std::vector<std::uint32_t> completeness;
  std::vector<std::uint32_t> code_points;

  ValueMerits() = default;
  ValueMerits(const Column& column, std::span<const Survivorship> rules) {
    const auto fill = [&](Survivorship rule, std::vector<std::uint32_t>& list, const auto& merit) {
      if (std::ranges::find(rules, rule) == rules.end()) return;
      list.resize(column.values.size());
      for (Code code = 1; code < list.size(); ++code) list[code] = merit(code);
    };
    fill(Survivorship::kMostComplete, completeness,
         [&](Code code) { return value_completeness(column, code); });
    fill(Survivorship::kLongest, code_points,
         [&](Code code) { return count_code_points(column.values[code]); });
  }
};

/// One column's codes of some rows, side by side: rows lie anywhere, and a loop that only loads
/// lets its cache misses overlap, which one that decides by what it loaded does not. Rows are named
/// by their place.
struct GatheredColumn {
  const ValueMerits* merits = nullptr;
  std::span<const Row> rows;
  std::vector<Code> codes;  // size rows

  void gather(const Column& from, const ValueMerits& of) {
    merits = &of;
    codes.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) codes[i] = from.codes[rows[i]];
  }
};

using Place = std::uint32_t;

/// Keeps the places for which `merit` (anything ordered) is greatest.
template <typename Merit>
void keep_best(std::vector<Place>& places, Merit merit) {
  auto best = merit(places.front());
  std::size_t kept = 0;
  for (const Place place : places) {
    const auto value = merit(place);
    if (best < value) {
      best = value;
      kept = 0;
    }
    if (!(value < best)) places[kept++] = place;
  }
  places.resize(kept);
}

void keep_most_frequent(const std::vector<Code>& codes, std::vector<Place>& places) {
  constexpr std::size_t kFew = 8;  // counting each against all is cheaper than sorting
  if (places.size() <= kFew) {
    std::array<Code, kFew> few{};
    for (std::size_t i = 0; i < places.size(); ++i) few[i] = codes[places[i]];
    const auto end = few.begin() + static_cast<std::ptrdiff_t>(places.size());
    return keep_best(places,
                     [&](Place place) { return std::count(few.begin(), end, codes[place]); });
  }
  std::vector<Code> sorted;
  for (const Place place : places) sorted.push_back(codes[place]);
  std::sort(sorted.begin(), sorted.end());
  keep_best(places, [&](Place place) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), codes[place]);
    return last - first;
  });
}

/// Applies one rule to the places that hold a value, of which there are some.
void apply(Survivorship rule, const Table& table, const GatheredColumn& of,
           std::vector<Place>& places) {
  switch (rule) {
    case Survivorship::kMostFrequent:
      return keep_most_frequent(of.codes, places);
    case Survivorship::kMostRecent:
      if (table.updated.empty()) return;
      return keep_best(places, [&](Place place) { return table.updated[of.rows[place]]; });
    case Survivorship::kSourceOrder:
      return keep_best(
          places, [&](Place place) { return -static_cast<int>(table.row_source[of.rows[place]]); });
    case Survivorship::kLongest:
      return keep_best(places,
                       [&](Place place) { return of.merits->code_points[of.codes[place]]; });
    case Survivorship::kMostComplete:
      return keep_best(places,
                       [&](Place place) { return of.merits->completeness[of.codes[place]]; });
  }
}

bool all_agree(const std::vector<Code>& codes, std::span<const Place> places) {
  return std::all_of(places.begin(), places.end(),
                     [&](Place place) { return codes[place] == codes[places.front()]; });
}

/// Whether a rule can still choose among records whose clean values are equal.
bool chooses_among_equals(Survivorship rule) {
  return rule == Survivorship::kMostRecent || rule == Survivorship::kSourceOrder;
}

/// Where all records that hold a value agree on it, the first of them gives it unless a rule can
/// still choose among equals; the place, or `end` if they differ or there are none.
Place agreeing_place(const std::vector<Code>& codes, Place begin, Place end) {
  Place first = begin;
  while (first < end && codes[first] == kMissing) ++first;
  unsigned differ = 0;
  for (Place place = first; place < end; ++place) {
    differ |= static_cast<unsigned>((codes[place] != codes[first]) & (codes[place] != kMissing));
  }
  return differ != 0 ? end : first;
}

/// The golden value of the entity whose rows are at places [begin, end). `first_of_equals`: no rule
/// chooses among records that agree. `places` is room to work in.
GoldenValue golden_value(const Table& table, const GatheredColumn& of, Place begin, Place end,
                         std::span<const Survivorship> rules, bool first_of_equals,
                         std::vector<Place>& places) {
  if (first_of_equals || begin + 1 == end) {
    const Place agreed = agreeing_place(of.codes, begin, end);
    if (agreed != end) return {of.rows[agreed], rules.front(), true};
    if (begin + 1 == end) return {};
  }
  places.clear();
  for (Place place = begin; place < end; ++place) {
    if (of.codes[place] != kMissing) places.push_back(place);
  }
  if (places.empty()) return {};
  bool settled = all_agree(of.codes, places);
  Survivorship decided = settled ? rules.front() : Survivorship::kSourceOrder;
  for (const Survivorship rule : rules) {
    if (places.size() == 1) break;  // nothing is left to choose
    if (settled && !chooses_among_equals(rule)) continue;
    apply(rule, table, of, places);  // once settled, the rules left choose among the spellings
    if (!settled && all_agree(of.codes, places)) {
      settled = true;
      decided = rule;
    }
  }
  return {of.rows[places.front()], decided, true};
}

GoldenRecord describe(const Table& table, std::span<const Row> cluster) {
  GoldenRecord record{cluster.front(), static_cast<std::uint32_t>(cluster.size()), 0};
  for (std::size_t i = 0; i < cluster.size(); ++i) {  // rows are ordered by source
    if (i == 0 || table.row_source[cluster[i]] != table.row_source[cluster[i - 1]])
      ++record.sources;
  }
  return record;
}

constexpr std::array<Survivorship, 4> kNameRules{Survivorship::kMostFrequent,
                                                 Survivorship::kMostComplete,
                                                 Survivorship::kLongest, Survivorship::kMostRecent};
// What changes in a life: the latest is right, where a source says when it wrote.
constexpr std::array<Survivorship, 4> kChangingRules{
    Survivorship::kMostRecent, Survivorship::kMostFrequent, Survivorship::kMostComplete,
    Survivorship::kLongest};
// What does not change: agreement counts. A heap (1 January) is a guess however often it was
// copied.
constexpr std::array<Survivorship, 3> kDateRules{
    Survivorship::kMostComplete, Survivorship::kMostFrequent, Survivorship::kMostRecent};
constexpr std::array<Survivorship, 2> kFixedRules{Survivorship::kMostFrequent,
                                                  Survivorship::kMostRecent};
constexpr std::array<Survivorship, 3> kTextRules{
    Survivorship::kMostFrequent, Survivorship::kMostComplete, Survivorship::kMostRecent};

std::span<const Survivorship> rules_of_kind(Kind kind) {
  switch (kind) {
    case Kind::kPersonName:
    case Kind::kName:
      return kNameRules;
    case Kind::kDate:
      return kDateRules;
    case Kind::kIdentifier:
    case Kind::kSex:
      return kFixedRules;
    case Kind::kPhone:
    case Kind::kEmail:
    case Kind::kPlace:
    case Kind::kPostcode:
    case Kind::kAddress:
    case Kind::kNumber:
    case Kind::kGeo:
      return kChangingRules;
    case Kind::kText:
    case Kind::kSet:
      return kTextRules;
  }
  return kFixedRules;
}

}  // namespace

GoldenTable merge_clusters(const Table& table, const Clusters& clusters,
                           std::span<const AttributeSpec> attributes) {
  TESSERA_CHECK(clusters.label.size() == table.size());
  TESSERA_CHECK(attributes.size() <= table.columns.size());  // derived columns follow
  std::size_t entities = 0;
  for (Row row = 0; row < clusters.label.size(); ++row) entities += clusters.label[row] == row;
  std::vector<std::vector<Survivorship>> rules;
  for (const AttributeSpec& attribute : attributes) {
    rules.push_back(attribute.survivorship.empty() ? default_survivorship(attribute.kind)
                                                   : attribute.survivorship);
  }

  const auto chooses = [&](Survivorship rule) {
    return rule == Survivorship::kSourceOrder ||
           (rule == Survivorship::kMostRecent && !table.updated.empty());
  };
  std::vector<ValueMerits> merits(attributes.size());
  oneapi::tbb::parallel_for(std::size_t{0}, merits.size(), [&](std::size_t a) {
    merits[a] = ValueMerits(table.columns[a], rules[a]);
  });
  GoldenTable golden;
  ClusterRows cluster_rows;
  oneapi::tbb::parallel_invoke([&] { cluster_rows = rows_by_cluster(clusters); },
                               [&] {
                                 golden.entities.resize(entities);
                                 reserve_present(golden.values, entities * attributes.size());
                                 golden.values.resize(entities * attributes.size());
                               });
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  oneapi::tbb::parallel_for(Range(0, entities, kEntityGrain), [&](const Range& range) {
    const std::uint64_t first = cluster_rows.start[range.begin()];
    const std::span<const Row> rows =
        std::span(cluster_rows.rows).subspan(first, cluster_rows.start[range.end()] - first);
    const auto place = [&](std::size_t entity) {
      return static_cast<Place>(cluster_rows.start[entity] - first);
    };
    for (std::size_t entity = range.begin(); entity < range.end(); ++entity) {
      golden.entities[entity] =
          describe(table, rows.subspan(place(entity), place(entity + 1) - place(entity)));
    }
    GatheredColumn of;
    of.rows = rows;
    std::vector<Place> scratch;
    for (std::size_t a = 0; a < attributes.size(); ++a) {
      of.gather(table.columns[a], merits[a]);
      const bool first_of_equals = std::ranges::none_of(rules[a], chooses);
      for (std::size_t entity = range.begin(); entity < range.end(); ++entity) {
        golden.values[entity * attributes.size() + a] = golden_value(
            table, of, place(entity), place(entity + 1), rules[a], first_of_equals, scratch);
      }
    }
  });
  return golden;
}

std::vector<Survivorship> default_survivorship(Kind kind) {
  const std::span<const Survivorship> rules = rules_of_kind(kind);
  return {rules.begin(), rules.end()};
}

std::string_view survivorship_name(Survivorship rule) {
  switch (rule) {
    case Survivorship::kMostFrequent:
      return "most_frequent";
    case Survivorship::kMostRecent:
      return "most_recent";
    case Survivorship::kSourceOrder:
      return "source_order";
    case Survivorship::kLongest:
      return "longest";
    case Survivorship::kMostComplete:
      return "most_complete";
  }
  return "source_order";
}

}  // namespace tessera
