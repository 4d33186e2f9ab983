#include "scoring/splink_levels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "scoring/splink_columns.hpp"
#include "scoring/splink_sql.hpp"

namespace tessera {
namespace {

SplinkLevelMeaning unknown(std::string reason) {
  SplinkLevelMeaning meaning;
  meaning.reason = std::move(reason);
  return meaning;
}

SplinkLevelMeaning level_of_text(const std::string& text, const ColumnPair& columns) {
  if (!columns.same()) return unknown("it compares two different columns");
  SplinkLevelMeaning meaning;
  meaning.level = parse_level(text);
  meaning.attribute = columns.of_left;
  if (!meaning.level) meaning.reason = "its threshold is out of range";
  return meaning;
}

/// `measure <= limit` and the like, the measure on the left.
struct Bound {
  const SqlNode* measure = nullptr;
  std::string sign;
  double limit = 0.0;
};

std::optional<Bound> bound_of(const SqlNode& node) {
  if (node.kind != SqlNode::Kind::kCall || node.arguments.size() != 2) return std::nullopt;
  static constexpr std::array<std::string_view, 4> kSigns = {"<=", "<", ">=", ">"};
  static constexpr std::array<std::string_view, 4> kTurned = {">=", ">", "<=", "<"};
  const auto sign = std::find(kSigns.begin(), kSigns.end(), node.name);
  if (sign == kSigns.end()) return std::nullopt;
  if (const auto limit = constant(node.arguments[1])) {
    return Bound{&node.arguments[0], node.name, *limit};
  }
  if (const auto limit = constant(node.arguments[0])) {
    return Bound{&node.arguments[1],
                 std::string(kTurned[static_cast<std::size_t>(sign - kSigns.begin())]), *limit};
  }
  return std::nullopt;
}

/// The largest whole number that the bound allows; REQUIRES: sign is < or <=.
double whole_limit(const Bound& bound) {
  return bound.sign == "<" ? std::ceil(bound.limit) - 1.0 : std::floor(bound.limit);
}

std::string_view edit_function(std::string_view name) {
  if (name == "levenshtein") return "levenshtein";
  if (name == "damerau_levenshtein") return "damerau_levenshtein";
  return {};
}

std::string_view similarity_function(std::string_view name) {
  if (name == "jaro_similarity" || name == "jaro_sim" || name == "jaro") return "jaro";
  if (name == "jaro_winkler_similarity" || name == "jaro_winkler") return "jaro_winkler";
  return {};
}

SplinkLevelMeaning read_text_measure(const Bound& bound) {
  const SqlNode& measure = *bound.measure;
  const bool below = bound.sign[0] == '<';
  const auto columns = column_pair(measure.arguments[0], measure.arguments[1]);
  if (!columns) return unknown("it compares something made from a column, not the column");
  if (const std::string_view name = edit_function(measure.name); !name.empty()) {
    if (!below) return unknown("it wants values to be far apart");
    return level_of_text(fmt::format("{} <= {}", name, whole_limit(bound)), *columns);
  }
  const std::string_view name = similarity_function(measure.name);
  if (below) return unknown("it wants values to be unlike");
  SplinkLevelMeaning meaning = level_of_text(fmt::format("{} >= {}", name, bound.limit), *columns);
  if (meaning.level && bound.sign == ">") {
    meaning.difference = fmt::format("a similarity of just {} counts too", bound.limit);
  }
  return meaning;
}

/// Whether the node is seconds since 1970 of its argument.
bool is_seconds(const SqlNode& node) {
  return node.calls("epoch", 1) || node.calls("unix_timestamp", 1) || node.calls("time_to_unix", 1);
}

SplinkLevelMeaning read_days(const Bound& bound, const SqlNode& a, const SqlNode& b,
                             double seconds_per_unit) {
  if (reads_time_of_day(a) || reads_time_of_day(b)) return unknown("it compares times of day");
  const auto columns = column_pair(a, b);
  if (!columns) return unknown("it compares something made from a column, not the column");
  constexpr double kSecondsPerDay = 86400.0;
  const Bound in_days{bound.measure, bound.sign, bound.limit * seconds_per_unit / kSecondsPerDay};
  return level_of_text(fmt::format("within {} days", whole_limit(in_days)), *columns);
}

/// ABS(…) under a bound: days between dates, or the difference of numbers.
SplinkLevelMeaning read_difference(const Bound& bound) {
  if (bound.sign[0] != '<') return unknown("it wants values to be far apart");
  const SqlNode& between = bound.measure->arguments[0];
  const bool date_function = between.name == "datediff" || between.name == "date_diff";
  if (between.kind == SqlNode::Kind::kCall && date_function) {
    if (between.arguments.size() == 2) {
      return read_days(bound, between.arguments[0], between.arguments[1], 86400.0);
    }
    const bool days = between.arguments.size() == 3 &&
                      between.arguments[0].kind == SqlNode::Kind::kText &&
                      between.arguments[0].name == "day";
    if (days) return read_days(bound, between.arguments[1], between.arguments[2], 86400.0);
    return unknown("it counts calendar months or years crossed, not days between");
  }
  if (!between.calls("-", 2)) return unknown("Tessera has no level for it");
  const SqlNode& a = between.arguments[0];
  const SqlNode& b = between.arguments[1];
  if (is_seconds(a) && is_seconds(b)) {
    return read_days(bound, a.arguments[0], b.arguments[0], 1.0);
  }
  const auto columns = column_pair(a, b);
  if (!columns) return unknown("it compares something made from a column, not the column");
  SplinkLevelMeaning meaning = level_of_text(fmt::format("within {}", bound.limit), *columns);
  if (meaning.level && bound.sign == "<") {
    meaning.difference = fmt::format("a difference of just {} counts too", bound.limit);
  }
  return meaning;
}

/// (ABS(a - b) / (CASE WHEN b > a THEN b ELSE a END)) < share, as Splink's
/// PercentageDifferenceLevel.
SplinkLevelMeaning read_percentage(const Bound& bound) {
  const SqlNode& above = bound.measure->arguments[0];
  const SqlNode& below = bound.measure->arguments[1];
  const bool form = bound.sign[0] == '<' && above.calls("abs", 1) &&
                    above.arguments[0].calls("-", 2) && below.calls("case", 3) &&
                    below.arguments[0].calls(">", 2) &&
                    below.arguments[1] == below.arguments[0].arguments[0] &&
                    below.arguments[2] == below.arguments[0].arguments[1];
  if (!form) return unknown("Tessera has no level for it");
  const auto columns =
      column_pair(above.arguments[0].arguments[0], above.arguments[0].arguments[1]);
  const auto largest = column_pair(below.arguments[1], below.arguments[2]);
  if (!columns || !largest || columns->of_left != largest->of_left ||
      columns->of_right != largest->of_right) {
    return unknown("it compares something made from a column, not the column");
  }
  SplinkLevelMeaning meaning =
      level_of_text(fmt::format("within {:.12g} %", bound.limit * 100.0), *columns);
  if (meaning.level && bound.sign == "<") {
    meaning.difference =
        fmt::format("a difference of just {:.12g} % counts too", bound.limit * 100.0);
  }
  return meaning;
}

SplinkLevelMeaning read_bound(const Bound& bound) {
  const SqlNode& measure = *bound.measure;
  if (measure.kind != SqlNode::Kind::kCall) return unknown("Tessera has no level for it");
  if (measure.name == "jaccard") {
    return unknown("its jaccard compares sets of letters, Tessera's counts pairs of letters");
  }
  const bool known =
      !edit_function(measure.name).empty() || !similarity_function(measure.name).empty();
  if (known && measure.arguments.size() == 2) return read_text_measure(bound);
  if (measure.calls("abs", 1)) return read_difference(bound);
  if (measure.calls("/", 2)) return read_percentage(bound);
  return unknown("Tessera has no level for it");
}

SplinkLevelMeaning read_equality(const SqlNode& a, const SqlNode& b) {
  if (const auto columns = column_pair(a, b)) {
    if (columns->same()) return level_of_text("exact", *columns);
    return unknown("it compares two different columns, in one direction only");
  }
  if (a.calls("soundex", 1) && b.calls("soundex", 1)) {
    const auto columns = column_pair(a.arguments[0], b.arguments[0]);
    if (columns) return level_of_text("soundex", *columns);
  }
  const std::optional<double> first = prefix_length(under_wrappings(a));
  if (first && first == prefix_length(under_wrappings(b))) {
    const auto columns =
        column_pair(under_wrappings(a).arguments[0], under_wrappings(b).arguments[0]);
    if (columns) return level_of_text(fmt::format("common_prefix >= {}", *first), *columns);
  }
  if (side_column(a) || side_column(b)) {
    return unknown("it compares with a fixed or computed value");
  }
  return unknown("it compares something made from a column, not the column");
}

/// `a_l = b_r AND a_r = b_l`.
SplinkLevelMeaning read_swap(const SqlNode& first, const SqlNode& second) {
  SplinkLevelMeaning several = unknown("it makes several claims at once");
  if (!first.calls("=", 2) || !second.calls("=", 2)) return several;
  const auto one = column_pair(first.arguments[0], first.arguments[1]);
  const auto other = column_pair(second.arguments[0], second.arguments[1]);
  if (!one || !other || one->same() || one->of_left != other->of_right ||
      one->of_right != other->of_left) {
    return several;
  }
  SplinkLevelMeaning meaning;
  meaning.level = parse_level("swapped");
  meaning.attribute = one->of_left;
  meaning.partner = one->of_right;
  return meaning;
}

SplinkLevelMeaning read_node(const SqlNode& node) {
  std::vector<SqlNode> claims;
  for (const SqlNode& claim : sql_conjuncts(node)) {
    // The null level comes first, so values are there anyway.
    if (!(claim.calls("is not null", 1) && side_column(claim.arguments[0])))
      claims.push_back(claim);
  }
  if (claims.size() == 2) return read_swap(claims[0], claims[1]);
  if (claims.size() != 1) return unknown("it makes several claims at once");
  const SqlNode& claim = claims[0];
  if (claim.kind == SqlNode::Kind::kCall && claim.name == "or") {
    return unknown("it joins claims by OR");
  }
  if (claim.calls("=", 2)) return read_equality(claim.arguments[0], claim.arguments[1]);
  if (const auto bound = bound_of(claim)) return read_bound(*bound);
  return unknown("Tessera has no level for it");
}

/// A key part of a blocking rule, given one side's expression.
std::optional<std::string> key_part(const SqlNode& node, const std::string& attribute) {
  const SqlNode& key = under_wrappings(node);
  if (key.kind == SqlNode::Kind::kColumn) return attribute;
  if (const auto length = prefix_length(key))
    return fmt::format("prefix({},{})", attribute, *length);
  if (key.calls("right", 2)) {
    const std::optional<double> length = constant(key.arguments[1]);
    if (length && *length >= 1.0 && *length == std::floor(*length)) {
      return fmt::format("suffix({},{})", attribute, *length);
    }
  }
  for (const char* name : {"year", "month", "day", "soundex"}) {
    if (key.calls(name, 1)) return fmt::format("{}({})", name, attribute);
  }
  return std::nullopt;
}

/// The column under a key function of one argument or with constants behind it.
std::optional<SideColumn> key_column(const SqlNode& node) {
  const SqlNode& key = under_wrappings(node);
  if (key.kind == SqlNode::Kind::kCall && !key.arguments.empty()) {
    return side_column(key.arguments[0]);
  }
  return side_column(key);
}

std::optional<std::string> key_of_equality(const SqlNode& a, const SqlNode& b) {
  const std::optional<SideColumn> first = key_column(a);
  const std::optional<SideColumn> second = key_column(b);
  if (!first || !second || first->left == second->left) return std::nullopt;
  if (first->attribute != second->attribute) return std::nullopt;
  const std::optional<std::string> part = key_part(a, first->attribute);
  return part == key_part(b, second->attribute) ? part : std::nullopt;
}

}  // namespace

SplinkLevelMeaning read_splink_condition(std::string_view sql) {
  const std::optional<SqlNode> node = parse_sql(sql);
  if (!node) return unknown("its SQL is not of a form that Tessera reads");
  const bool is_else = node->kind == SqlNode::Kind::kColumn && node->table.empty() &&
                       node->name.size() == 4 &&
                       std::equal(node->name.begin(), node->name.end(), "ELSE",
                                  [](char a, char b) { return a == b || a == b + ('a' - 'A'); });
  if (!is_else) return read_node(*node);
  SplinkLevelMeaning meaning;
  meaning.level = parse_level("else");
  return meaning;
}

bool is_splink_null_of(std::string_view sql, std::string_view attribute) {
  const std::optional<SqlNode> node = parse_sql(sql);
  if (!node || !node->calls("or", 2)) return false;
  bool left = false;
  bool right = false;
  for (const SqlNode& claim : node->arguments) {
    if (!claim.calls("is null", 1)) return false;
    const std::optional<SideColumn> column = side_column(claim.arguments[0]);
    if (!column || column->attribute != attribute) return false;
    (column->left ? left : right) = true;
  }
  return left && right;
}

SplinkRuleMeaning read_splink_rule(std::string_view sql) {
  SplinkRuleMeaning rule;
  const std::optional<SqlNode> node = parse_sql(sql);
  if (!node) {
    rule.reason = "its SQL is not of a form that Tessera reads";
    return rule;
  }
  for (const SqlNode& claim : sql_conjuncts(*node)) {
    const std::optional<std::string> part =
        claim.calls("=", 2) ? key_of_equality(claim.arguments[0], claim.arguments[1])
                            : std::nullopt;
    if (part) {
      rule.parts.push_back(*part);
    } else {
      rule.more_conditions = true;
    }
  }
  if (rule.parts.empty()) {
    rule.more_conditions = false;
    rule.reason = "it does not ask that the two records agree on a key that Tessera knows";
  }
  return rule;
}

}  // namespace tessera
