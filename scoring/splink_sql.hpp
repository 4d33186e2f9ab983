// The little SQL that Splink writes in conditions, as a tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// An expression. Operators are calls too: `a = b` is the call "=" of two, `a AND b AND c` the call
/// "and" of three, `a IS NULL` the call "is null" of one, CAST(a AS text) and a::text the call
/// "cast" of a and the text "text", CASE the call "case" of its whens and thens in turn and then
/// its else, if any.
struct SqlNode {
  enum class Kind : std::uint8_t { kColumn, kNumber, kText, kCall };

  Kind kind = Kind::kCall;
  std::string name;   ///< Column (unquoted), text, or function in lower case.
  std::string table;  ///< Of a column: what stands before its dot, in lower case.
  double number = 0.0;
  std::vector<SqlNode> arguments;  ///< Of a call.

  /// Whether this calls `function` with `count` arguments.
  bool calls(std::string_view function, std::size_t count) const {
    return kind == Kind::kCall && name == function && arguments.size() == count;
  }
  friend bool operator==(const SqlNode&, const SqlNode&) = default;
};

/// Parses one expression in the dialects of DuckDB, Spark, PostgreSQL and SQLite, as far as
/// Splink's own conditions use them; nullopt for anything else (lambdas, subscripts, more than 1000
/// tokens). Never throws.
std::optional<SqlNode> parse_sql(std::string_view text);

/// The parts of a conjunction: the arguments of `and`, or the node alone.
std::vector<SqlNode> sql_conjuncts(const SqlNode& node);

}  // namespace tessera
