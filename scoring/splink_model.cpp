// A Splink comparison is a CASE: the first condition that holds is the level, ELSE the last, null
// levels before all. So is ours, hence levels keep their order and a pair reaches the same level in
// both, as long as every condition is understood.
//
// When one is not, pairs that met it fall through to a weaker level. P(level | match) of where they
// fall is not known, but most fall to the next one, so that level takes over m and u: the
// probabilities still sum to 1 and the weights of all other levels stay Splink's. For example
// e-mail `exact, same user name, jaro_winkler >= 0.88, else`: addresses with the same user name are
// mostly alike as a whole too. It fails where the next level is quite another claim; hence it is
// told.
#include "scoring/splink_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data/error.hpp"
#include "scoring/model_checks.hpp"
#include "scoring/splink_levels.hpp"
#include "scoring/splink_settings.hpp"

namespace tessera {
namespace {

/// SQL on one line, cut to what a message can hold.
std::string shortened(const std::string& sql) {
  std::string line;
  for (const char c : sql) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  constexpr std::size_t kLongest = 120;
  if (line.size() <= kLongest) return line;
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
  return line.substr(0, end) + "…";
}

/// One comparison on its way from Splink's terms to ours.
struct Carried {
  SplinkComparison comparison;
  ComparisonModel parameters;
  std::vector<std::size_t> from;  ///< per level kept: its place among Splink's levels
  std::vector<std::string> notes;
};

/// The column that the comparison is of: that of its exact level, else of the first level that is
/// understood.
std::string main_attribute(const std::vector<SplinkLevelMeaning>& meanings) {
  std::string first;
  for (const SplinkLevelMeaning& meaning : meanings) {
    if (!meaning.level || meaning.attribute.empty()) continue;
    if (meaning.level->function == LevelFunction::kExact) return meaning.attribute;
    if (first.empty()) first = meaning.attribute;
  }
  return first;
}

/// Why a level cannot be part of a comparison of `attribute`; empty if it can.
std::string why_not(const SplinkLevelMeaning& meaning, const std::string& attribute) {
  if (!meaning.level) return meaning.reason;
  const bool is_else = meaning.level->function == LevelFunction::kElse;
  if (is_else || meaning.attribute == attribute) return {};
  return fmt::format("it compares {}, the comparison {}", meaning.attribute, attribute);
}

/// A level that says the same as an earlier one: pairs reach the earlier, which takes over m and u.
void join_to_earlier(Carried& carried, std::size_t earlier, const SplinkRawLevel& raw) {
  LevelModel& level = carried.parameters.levels[earlier];
  level.m += raw.m;
  level.u += raw.u;
  carried.notes.push_back(
      fmt::format("{}: {}: for Tessera it says the same as the earlier level "
                  "{}, which takes its m and u too",
                  raw.place, shortened(raw.sql), level.text));
}

/// Carries over the levels that can be, in order, and joins the others to the next one that can.
void carry_levels(Carried& carried, const std::vector<SplinkRawLevel>& levels,
                  const std::vector<SplinkLevelMeaning>& meanings) {
  std::vector<std::size_t> waiting;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const SplinkLevelMeaning& meaning = meanings[i];
    if (!why_not(meaning, carried.comparison.attribute).empty()) {
      waiting.push_back(i);
      continue;
    }
    auto& kept = carried.comparison.levels;
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const LevelSpec& earlier) {
      return earlier.text == meaning.level->text;
    });
    if (same != kept.end()) {
      join_to_earlier(carried, static_cast<std::size_t>(same - kept.begin()), levels[i]);
      continue;
    }
    LevelModel level{meaning.level->text, levels[i].m, levels[i].u, levels[i].m_trained};
    for (const std::size_t from : waiting) {
      level.m += levels[from].m;
      level.u += levels[from].u;
      carried.notes.push_back(fmt::format("{}: {}: {}; its m and u now count for level {}",
                                          levels[from].place, shortened(levels[from].sql),
                                          why_not(meanings[from], carried.comparison.attribute),
                                          level.text));
    }
    waiting.clear();
    if (!meaning.difference.empty()) {
      carried.notes.push_back(fmt::format("{}: carried over as {}, so that {}", levels[i].place,
                                          level.text, meaning.difference));
    }
    if (!meaning.partner.empty()) carried.comparison.swapped_with = meaning.partner;
    carried.from.push_back(i);
    kept.push_back(*meaning.level);
    carried.parameters.levels.push_back(std::move(level));
    if (meaning.level->function == LevelFunction::kElse) return;  // nothing gets past it
  }
  for (const std::size_t from : waiting) {
    carried.notes.push_back(fmt::format("{}: {}: {}", levels[from].place,
                                        shortened(levels[from].sql),
                                        why_not(meanings[from], carried.comparison.attribute)));
  }
}

/// Adds the `else` that a CASE without one lacks.
void close_levels(Carried& carried, const std::string& place) {
  auto& levels = carried.comparison.levels;
  if (!levels.empty() && levels.back().function == LevelFunction::kElse) return;
  double m = 1.0;
  double u = 1.0;
  for (const LevelModel& level : carried.parameters.levels) {
    m -= level.m;
    u -= level.u;
  }
  levels.push_back(*parse_level("else"));
  carried.parameters.levels.push_back(
      {"else", std::max(m, kLeastProbability), std::max(u, kLeastProbability)});
  carried.notes.push_back(place + ": it has no ELSE level; one was added with what m and u leave");
}

/// Splink: weight · (log2 u of the column's exact level − log2 max(tf, minimum)); see
/// tf_adjustment_bits.
void carry_term_frequencies(Carried& carried, const std::vector<SplinkRawLevel>& levels) {
  SplinkComparison& comparison = carried.comparison;
  ComparisonModel& parameters = carried.parameters;
  const bool has_exact =
      std::any_of(comparison.levels.begin(), comparison.levels.end(),
                  [](const LevelSpec& level) { return level.function == LevelFunction::kExact; });
  for (std::size_t k = 0; k < carried.from.size(); ++k) {
    const SplinkRawLevel& raw = levels[carried.from[k]];
    const LevelFunction function = comparison.levels[k].function;
    // Splink, too, leaves ELSE without adjustment.
    if (raw.tf_column.empty() || raw.tf_weight == 0.0 || function == LevelFunction::kElse) continue;
    const auto lose = [&](const std::string& why) {
      carried.notes.push_back(
          fmt::format("{}: left without its term-frequency adjustment: {}", raw.place, why));
    };
    if (raw.tf_column != comparison.attribute) {
      lose(fmt::format("it goes by {}, the comparison by {}", raw.tf_column, comparison.attribute));
    } else if (!has_exact && !raw.own_u) {
      lose("the comparison has no exact level, whose u it needs");
    } else if (has_exact && raw.own_u && function != LevelFunction::kExact) {
      lose("it goes by the level's own u, Tessera by that of the exact level");
    } else if (comparison.term_frequency && raw.tf_minimum != parameters.tf_minimum) {
      lose(fmt::format("its tf_minimum_u_value is not {}, as for the level before it",
                       parameters.tf_minimum));
    } else {
      comparison.term_frequency = true;
      parameters.tf_minimum = raw.tf_minimum;
      parameters.levels[k].term_frequency = true;
      parameters.levels[k].tf_weight = raw.tf_weight;
    }
  }
}

void tell_null_levels(Carried& carried, const SplinkRawComparison& raw, const std::string& place) {
  const std::string& attribute = carried.comparison.attribute;
  if (raw.nulls.empty()) {
    carried.notes.push_back(
        fmt::format("{}: it has no null level, so that Splink counts a missing {} as a "
                    "disagreement; Tessera counts it as no evidence",
                    place, attribute));
  }
  for (const SplinkRawLevel& null : raw.nulls) {
    if (is_splink_null_of(null.sql, attribute)) continue;
    carried.notes.push_back(
        fmt::format("{}: {}: for Tessera a pair is no evidence when a side of {} is missing, and "
                    "in no other case",
                    null.place, shortened(null.sql), attribute));
  }
}

/// The comparison in our terms; without levels if it must be left out.
Carried carry_comparison(const SplinkRawComparison& raw, std::size_t already) {
  Carried carried;
  std::vector<SplinkLevelMeaning> meanings;
  for (const SplinkRawLevel& level : raw.levels) {
    meanings.push_back(read_splink_condition(level.sql));
  }
  const std::string attribute = main_attribute(meanings);
  for (SplinkLevelMeaning& meaning : meanings) {
    if (meaning.partner == attribute) std::swap(meaning.partner, meaning.attribute);
  }
  carried.comparison.attribute = attribute;
  carried.comparison.name = raw.name.empty() ? attribute : raw.name;
  carried.parameters.name = carried.comparison.name;
  const std::string place = fmt::format("{} ({})", raw.place, carried.comparison.name);
  std::string why;
  if (attribute.empty()) why = "Tessera has a counterpart for none of its levels";
  if (raw.levels.size() > kMaxLevels) {
    why =
        fmt::format("it has {} levels, and at most {} are possible", raw.levels.size(), kMaxLevels);
  }
  if (already == kMaxComparisons) {
    why = fmt::format("at most {} comparisons are possible", kMaxComparisons);
  }
  if (!why.empty()) {
    carried.notes.push_back(fmt::format("{}: left out: {}", place, why));
    return carried;
  }
  tell_null_levels(carried, raw, place);
  carry_levels(carried, raw.levels, meanings);
  close_levels(carried, place);
  carry_term_frequencies(carried, raw.levels);
  for (LevelModel& level : carried.parameters.levels) {
    level.m = std::min(level.m, std::nextafter(1.0, 0.0));
    level.u = std::min(level.u, std::nextafter(1.0, 0.0));
  }
  return carried;
}

void carry_rule(const SplinkRawRule& raw, SplinkModel& result) {
  SplinkRuleMeaning rule = read_splink_rule(raw.sql);
  if (raw.takes_arrays_apart) {
    rule.parts.clear();
    rule.reason = "it takes arrays apart";
  }
  const std::string place = fmt::format("{}: {}", raw.place, shortened(raw.sql));
  if (rule.parts.empty()) {
    result.not_carried_over.push_back(place + ": " + rule.reason);
    return;
  }
  if (rule.more_conditions) {
    result.not_carried_over.push_back(
        place + ": only its equalities of keys are carried over, so that it makes more pairs");
  }
  result.rules.push_back(std::move(rule.parts));
}

PairScope scope_of(const std::string& link_type, const std::string& where) {
  if (link_type == "dedupe_only") return PairScope::kWithinSource;
  if (link_type == "link_only" || link_type == "two_dataset_link_only") {
    return PairScope::kAcrossSources;
  }
  if (link_type == "link_and_dedupe") return PairScope::kAnyPair;
  throw Error(ErrorCode::kUsage, where,
              "link_type is none of dedupe_only, link_only and link_and_dedupe; put in the one "
              "that is meant");
}

}  // namespace

SplinkModel read_splink_model(std::string_view text, const std::string& where) {
  const SplinkSettings settings = read_splink_settings(text, where);
  SplinkModel result;
  result.scope = scope_of(settings.link_type, where);
  result.unique_id_column = settings.unique_id_column;
  result.source_column = settings.source_column;
  result.model.prior = settings.prior;
  auto& notes = result.not_carried_over;
  for (const SplinkRawComparison& raw : settings.comparisons) {
    Carried carried = carry_comparison(raw, result.comparisons.size());
    notes.insert(notes.end(), carried.notes.begin(), carried.notes.end());
    if (carried.comparison.levels.empty()) continue;
    for (const SplinkComparison& earlier : result.comparisons) {
      if (earlier.name != carried.comparison.name) continue;
      throw Error(ErrorCode::kUsage, where,
                  raw.place +
                      ".output_column_name is that of an earlier comparison; give each "
                      "its own");
    }
    result.comparisons.push_back(std::move(carried.comparison));
    result.model.comparisons.push_back(std::move(carried.parameters));
  }
  if (result.comparisons.empty()) {
    throw Error(ErrorCode::kUsage, where,
                "none of its comparisons has a level that Tessera has a counterpart for; write "
                "the job's comparisons by hand");
  }
  for (const SplinkRawRule& rule : settings.rules) carry_rule(rule, result);
  notes.insert(notes.end(), settings.notes.begin(), settings.notes.end());
  result.model.warnings = check_model(result.model);
  return result;
}

}  // namespace tessera
