#include "engine/expected_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "data/date.hpp"
#include "data/scripts.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kLeastPairs = 11;

struct Sums {
  std::uint64_t links = 0;
  double matches = 0.0;   // expected among the links
  double variance = 0.0;  // of their number: a sum of p (1 − p)
  double doubtful = 0.0;  // expected among the pairs of the clerical band

  void add(double probability, bool linked) {
    if (!linked) {
      doubtful += probability;
      return;
    }
    ++links;
    matches += probability;
    variance += probability * (1 - probability);
  }
  void add(const Sums& other) {
    links += other.links;
    matches += other.matches;
    variance += other.variance;
    doubtful += other.doubtful;
  }
};

ResultFacts::Share precision_of(const Sums& sums) {
  if (sums.links == 0) return {};
  const auto links = static_cast<double>(sums.links);
  return share_with_interval(sums.matches / links,
                             {std::sqrt(sums.variance) / links, kPrecisionFactor});
}

ResultFacts::Share recall_of(const Sums& sums, double missed) {
  const double all = sums.matches + missed;
  if (!(all > 0.0)) return {};
  return share_with_interval(sums.matches / all,
                             {std::sqrt(sums.variance + missed) / all, kRecallFactor});
}

/// A way to sort pairs: each value of a column has a group, and a pair takes its left record's, the
/// right one's where that is missing.
struct Grouping {
  std::string by;
  const Column* column = nullptr;
  std::vector<std::uint16_t> group_of;  // per code
  std::vector<std::string> names;

  std::uint16_t group(Row left, Row right) const {
    const Code code = column->codes[left];
    return group_of[code != kMissing ? code : column->codes[right]];
  }
};

std::string decade_of(std::string_view text) {
  const std::optional<Date> date = parse_edtf(text);
  if (!date || date->year == 0) return {};
  const int decade = date->year / 10 * 10;
  return fmt::format("{}–{}", decade, decade + 9);
}

Grouping make_grouping(std::string by, const Column& column,
                       const std::function<std::string(std::string_view)>& name_of) {
  Grouping grouping{std::move(by), &column, {}, {}};
  std::map<std::string, std::vector<Code>> codes;
  for (Code code = 0; code < column.values.size(); ++code) {
    std::string name = code == kMissing ? std::string() : name_of(column.values[code]);
    codes[name.empty() ? "not known" : std::move(name)].push_back(code);
  }
  grouping.group_of.resize(column.values.size());
  for (const auto& [name, of] : codes) {
    for (const Code code : of)
      grouping.group_of[code] = static_cast<std::uint16_t>(grouping.names.size());
    if (grouping.names.size() < 0xffff) grouping.names.push_back(name);
  }
  return grouping;
}

// The first attribute of each kind; names before others tell the script.
std::vector<Grouping> groupings_of(const ExpectedQualityInput& input) {
  const auto first = [&](const auto& wanted) -> const Column* {
    for (std::size_t a = 0; a < input.job.attributes.size(); ++a) {
      if (wanted(input.job.attributes[a].kind)) return &input.table.columns[a];
    }
    return nullptr;
  };
  const Column* sex = first([](Kind kind) { return kind == Kind::kSex; });
  const Column* date = first([](Kind kind) { return kind == Kind::kDate; });
  const Column* name =
      first([](Kind kind) { return kind == Kind::kName || kind == Kind::kPersonName; });
  std::vector<Grouping> groupings;
  if (sex != nullptr) {
    groupings.push_back(
        make_grouping("sex", *sex, [](std::string_view text) { return std::string(text); }));
  }
  if (date != nullptr) groupings.push_back(make_grouping("born", *date, decade_of));
  if (name != nullptr) groupings.push_back(make_grouping("script", *name, script_of_text));
  return groupings;
}

void add_groups(const std::string& by, const std::vector<std::string>& names,
                const std::vector<Sums>& sums, std::vector<ResultFacts::QualityGroup>& groups) {
  Sums few;
  const auto add = [&](const std::string& name, const Sums& of) {
    if (of.links == 0 && of.doubtful == 0.0) return;
    groups.push_back({by, name, of.links, precision_of(of), recall_of(of, of.doubtful)});
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (sums[i].links >= kLeastPairs) {
      add(names[i], sums[i]);
    } else {
      few.add(sums[i]);
    }
  }
  add("others, each under 11 links", few);
}

std::vector<std::string> source_pair_names(const Table& table) {
  std::vector<std::string> names(count_source_pairs(table.sources.size()));
  for (std::size_t high = 0; high < table.sources.size(); ++high) {
    for (std::size_t low = 0; low <= high; ++low) {
      names[source_pair_number(static_cast<SourceId>(low), static_cast<SourceId>(high))] =
          low == high ? "within " + table.sources[low].name
                      : table.sources[low].name + " – " + table.sources[high].name;
    }
  }
  return names;
}

std::size_t values_missing(Pattern pattern, std::size_t comparisons) {
  std::size_t missing = 0;
  for (std::size_t c = 0; c < comparisons; ++c) missing += level_of(pattern, c) == kNullLevel;
  return missing;
}

// Matches expected under the review threshold, from the pairs that training counted.
double matches_below(const Model& model, double keep_bits) {
  double below = 0.0;
  for (const WeightBin& bin : model.weights) {
    const double share = std::clamp(keep_bits - bin.from_bits, 0.0, 1.0);
    below += share * bin.expected_matches;
  }
  return below;
}

}  // namespace

ResultFacts::Share share_with_interval(double expected, const ShareOptions& options) {
  const double error = 1 - expected;
  const double chance = 1.96 * options.deviation;
  const double low = 1 - error * options.factor - kErrorRemainder - chance;
  return {expected, std::clamp(low, 0.0, expected),
          std::clamp(1 - error / options.factor + chance, expected, 1.0)};
}

std::string quality_warning(const ResultFacts::Quality& quality) {
  if (quality.links < kLeastPairs || quality.recall.expected >= kLeastLinked) return {};
  return fmt::format(
      "only {:.1f} % of the matches expected are links: what is compared hardly tells records "
      "apart, "
      "and fewer links may be right than expected; compare more attributes, or check a sample by "
      "hand (tessera review) before you use the links",
      100 * quality.recall.expected);
}

ResultFacts::Quality expected_quality(const ExpectedQualityInput& input) {
  const double link_bits = input.job.link_threshold.bits();
  const double keep_bits = std::min(link_bits, input.job.review_threshold.bits());
  const std::vector<Grouping> groupings = groupings_of(input);
  const std::vector<std::string> pair_names = source_pair_names(input.table);
  const std::vector<std::string> missing_names = {"none", "one", "two", "three or more"};
  Sums all;
  std::vector<Sums> by_sources(pair_names.size());
  std::vector<Sums> by_missing(missing_names.size());
  std::vector<std::vector<Sums>> by_group;
  for (const Grouping& grouping : groupings) by_group.emplace_back(grouping.names.size());
  for (const Link& link : input.links) {
    const double probability = probability_from_bits(link.weight_bits);
    const bool linked = link.weight_bits >= link_bits;
    all.add(probability, linked);
    by_sources[source_pair_number(input.table.row_source[link.left],
                                  input.table.row_source[link.right])]
        .add(probability, linked);
    const std::size_t missing = values_missing(link.pattern, input.model.comparisons.size());
    by_missing[std::min(missing, by_missing.size() - 1)].add(probability, linked);
    for (std::size_t g = 0; g < groupings.size(); ++g) {
      by_group[g][groupings[g].group(link.left, link.right)].add(probability, linked);
    }
  }
  ResultFacts::Quality quality;
  quality.links = all.links;
  quality.below_counted = !input.model.weights.empty();
  quality.expected_links = all.matches;
  quality.expected_doubtful = all.doubtful;
  quality.expected_below = matches_below(input.model, keep_bits);
  quality.precision = precision_of(all);
  quality.recall = recall_of(all, all.doubtful + quality.expected_below);
  add_groups("sources", pair_names, by_sources, quality.groups);
  for (std::size_t g = 0; g < groupings.size(); ++g) {
    add_groups(groupings[g].by, groupings[g].names, by_group[g], quality.groups);
  }
  add_groups("values missing", missing_names, by_missing, quality.groups);
  return quality;
}

}  // namespace tessera
