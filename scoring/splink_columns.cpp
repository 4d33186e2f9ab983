#include "scoring/splink_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tessera {
namespace {

constexpr std::array<std::string_view, 13> kWrappings = {
    "cast",    "lower",       "upper",    "trim",         "ltrim",        "rtrim",           "date",
    "to_date", "try_to_date", "strptime", "try_strptime", "to_timestamp", "try_to_timestamp"};

bool is_wrapping(const SqlNode& node) {
  if (node.kind != SqlNode::Kind::kCall || node.arguments.empty()) return false;
  if (node.calls("nullif", 2)) {
    const SqlNode& nothing = node.arguments[1];
    return nothing.kind == SqlNode::Kind::kText && nothing.name.empty();
  }
  return std::find(kWrappings.begin(), kWrappings.end(), node.name) != kWrappings.end();
}

}  // namespace

const SqlNode& under_wrappings(const SqlNode& node) {
  const SqlNode* at = &node;
  while (is_wrapping(*at)) at = &at->arguments[0];
  return *at;
}

std::optional<SideColumn> side_column(const SqlNode& node) {
  const SqlNode& column = under_wrappings(node);
  if (column.kind != SqlNode::Kind::kColumn) return std::nullopt;
  if (column.table == "l" || column.table == "r") {
    return SideColumn{column.name, column.table == "l"};
  }
  const std::string& name = column.name;
  if (!column.table.empty() || name.size() < 3 || name[name.size() - 2] != '_') return std::nullopt;
  const char side = name.back();
  if (side != 'l' && side != 'L' && side != 'r' && side != 'R') return std::nullopt;
  return SideColumn{name.substr(0, name.size() - 2), side == 'l' || side == 'L'};
}

std::optional<ColumnPair> column_pair(const SqlNode& a, const SqlNode& b) {
  const std::optional<SideColumn> first = side_column(a);
  const std::optional<SideColumn> second = side_column(b);
  if (!first || !second || first->left == second->left) return std::nullopt;
  if (first->left) return ColumnPair{first->attribute, second->attribute};
  return ColumnPair{second->attribute, first->attribute};
}

std::optional<double> constant(const SqlNode& node) {
  if (node.kind == SqlNode::Kind::kNumber) return node.number;
  if (node.calls("floor", 1)) {
    const std::optional<double> value = constant(node.arguments[0]);
    return value ? std::optional(std::floor(*value)) : std::nullopt;
  }
  if (!node.calls("/", 2) && !node.calls("*", 2)) return std::nullopt;
  const std::optional<double> a = constant(node.arguments[0]);
  const std::optional<double> b = constant(node.arguments[1]);
  if (!a || !b || (node.name == "/" && *b == 0.0)) return std::nullopt;
  return node.name == "/" ? *a / *b : *a * *b;
}

std::optional<double> prefix_length(const SqlNode& node) {
  const bool substring = (node.calls("substr", 3) || node.calls("substring", 3)) &&
                         constant(node.arguments[1]).value_or(0.0) == 1.0;
  if (!substring && !node.calls("left", 2)) return std::nullopt;
  const std::optional<double> length = constant(node.arguments.back());
  if (!length || *length < 1.0 || *length > 100.0 || *length != std::floor(*length)) {
    return std::nullopt;
  }
  return length;
}

bool reads_time_of_day(const SqlNode& node) {
  if (node.kind != SqlNode::Kind::kCall) return false;
  return std::any_of(node.arguments.begin(), node.arguments.end(), [](const SqlNode& argument) {
    const bool format = argument.kind == SqlNode::Kind::kText;
    return (format && argument.name.find("%H") != std::string::npos) ||
           (format && argument.name.find("HH") != std::string::npos) || reads_time_of_day(argument);
  });
}

}  // namespace tessera
