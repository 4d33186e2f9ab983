// Two records are told apart from a table of their own: keys depend on a value alone, so a table of
// the two rows has the same keys as the whole one and costs nothing to evaluate.
#include "engine/explain_blocking.hpp"

#include <algorithm>
#include <array>

#include "blocking/blocks.hpp"
#include "blocking/key_values.hpp"
#include "blocking/row_keys.hpp"
#include "engine/link.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostKeys = 8;

// The two rows as a table: rows 0 and 1. Only what keys are made of.
Table two_rows(const Table& table, Row left, Row right) {
  Table two;
  two.row_source = {table.row_source[left], table.row_source[right]};
  for (const Column& column : table.columns) {
    Column& of = two.columns.emplace_back();
    of.name = column.name;
    of.kind = column.kind;
    DictionaryBuilder values;
    for (const Row row : {left, right}) {
      of.codes.push_back(values.intern(column.values[column.codes[row]]));
    }
    of.values = std::move(values).finish();
    if (!column.romanised.empty()) of.romanised = romanise_values(of.values);
  }
  return two;
}

// The keys of rows 0 and 1 of `two` under parts taken together.
std::array<std::vector<std::uint64_t>, 2> keys_of_both(const Table& two,
                                                       std::span<const KeyPart> parts) {
  std::vector<PartColumns> evaluated;
  for (const KeyPart& part : parts) evaluated.push_back(evaluate_part(part, two));
  std::vector<BoundPart> bound;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    bound.push_back(bind_part(parts[i], two, evaluated[i]));
  }
  RowKeyMaker maker(bound);
  std::array<std::vector<std::uint64_t>, 2> keys;
  for (Row row = 0; row < 2; ++row) {
    const std::span<const std::uint64_t> of = maker.keys_of(row);
    keys[row].assign(of.begin(), of.end());
  }
  return keys;
}

KeyState state_of(const Table& two, std::span<const KeyPart> parts) {
  const auto [left, right] = keys_of_both(two, parts);
  if (left.empty() && right.empty()) return KeyState::kMissingBoth;
  if (left.empty()) return KeyState::kMissingLeft;
  if (right.empty()) return KeyState::kMissingRight;
  const bool meet = std::ranges::find_first_of(left, right) != left.end();
  return meet ? KeyState::kAgree : KeyState::kDiffer;
}

std::string text_of(const JobSpec& job, const KeyPart& part) {
  return key_part_text(part, job.column_name(part.attribute),
                       part.with ? job.column_name(*part.with) : std::string());
}

ExplainedRule explain_rule(const JobSpec& job, const Table& two, const BlockingRule& rule) {
  ExplainedRule of;
  of.rule = rule.text;
  for (const KeyPart& part : rule.parts) {
    of.keys.push_back({text_of(job, part), state_of(two, std::span(&part, 1))});
  }
  of.agrees = state_of(two, rule.parts) == KeyState::kAgree;
  return of;
}

// Key functions worth trying on a column.
std::vector<KeyPart> functions_of(Kind kind, std::uint32_t column) {
  using enum KeyFunction;
  switch (kind) {
    case Kind::kDate:
      return {{kValue, column}, {kYear, column}, {kMonth, column}, {kDay, column}};
    case Kind::kPersonName:
    case Kind::kName:
    case Kind::kPlace:
    case Kind::kAddress:
    case Kind::kText:
      return {{kValue, column},     {kSortedTokens, column},    {kPrefix, column, 4},
              {kSuffix, column, 4}, {kSoundex, column},         {kNysiis, column},
              {kMetaphone, column}, {kDoubleMetaphone, column}, {kTokens, column},
              {kSounds, column},    {kInitials, column}};
    case Kind::kIdentifier:
    case Kind::kPhone:
    case Kind::kPostcode:
      return {{kValue, column}, {kDigits, column}, {kPrefix, column, 4}, {kSuffix, column, 4}};
    case Kind::kEmail:
      return {{kValue, column}, {kPrefix, column, 4}};
    case Kind::kSet:
      return {{kValue, column}, {kTokens, column}};
    case Kind::kSex:
    case Kind::kNumber:
    case Kind::kGeo:
      return {{kValue, column}};
  }
  return {};
}

// How many rows have a key in common with the left row's and the right row's common keys.
std::uint64_t count_sharing(const Table& table, const KeyPart& part, Row left, Row right) {
  const PartColumns keys = evaluate_part(part, table);
  const BoundPart bound = bind_part(part, table, keys);
  RowKeyMaker maker(std::span(&bound, 1));
  const auto keys_of = [&](Row row) {
    const std::span<const std::uint64_t> of = maker.keys_of(row);
    std::vector<std::uint64_t> sorted(of.begin(), of.end());
    std::ranges::sort(sorted);
    return sorted;
  };
  std::vector<std::uint64_t> common;
  std::ranges::set_intersection(keys_of(left), keys_of(right), std::back_inserter(common));
  std::uint64_t rows = 0;
  for (Row row = 0; row < table.size(); ++row) {
    const std::span<const std::uint64_t> of = maker.keys_of(row);
    if (std::ranges::find_first_of(of, common) != of.end()) ++rows;
  }
  return rows;
}

std::vector<AgreeingKey> keys_that_agree(const JobSpec& job, const Table& table, const Table& two,
                                         std::pair<Row, Row> rows) {
  std::vector<AgreeingKey> agreeing;
  const auto columns = static_cast<std::uint32_t>(table.columns.size());
  for (std::uint32_t column = 0; column < columns; ++column) {
    for (const KeyPart& part : functions_of(job.column_kind(column), column)) {
      if (state_of(two, std::span(&part, 1)) != KeyState::kAgree) continue;
      agreeing.push_back({text_of(job, part), count_sharing(table, part, rows.first, rows.second)});
    }
  }
  std::erase_if(agreeing,
                [&](const AgreeingKey& key) { return key.records > job.max_block_records; });
  std::ranges::stable_sort(agreeing, {}, &AgreeingKey::records);
  if (agreeing.size() > kMostKeys) agreeing.resize(kMostKeys);
  return agreeing;
}

}  // namespace

ExplainedBlocking explain_blocking(const JobSpec& job, const Table& table, Row left, Row right,
                                   bool kept) {
  const Table two = two_rows(table, left, right);
  const std::pair rows(left, right);
  ExplainedBlocking blocking;
  for (const BlockingRule& rule : job.rules) {
    blocking.rules.push_back(explain_rule(job, two, rule));
  }
  if (std::ranges::any_of(blocking.rules, &ExplainedRule::agrees)) {
    const Blocking blocks = block_rows(table, job.rules, {job.max_block_records});
    for (std::size_t r = 0; r < job.rules.size(); ++r) {
      ExplainedRule& of = blocking.rules[r];
      of.shares_block = shares_block(blocks.rules[r], left, right);
      if (of.shares_block && blocking.found_by.empty()) blocking.found_by = of.rule;
    }
  }
  if (!blocking.found_by.empty()) return blocking;
  if (kept) {
    blocking.found_by = kClosureRuleText;
    if (job.index_rule) blocking.found_by = job.index_rule->text + " or " + blocking.found_by;
  } else {
    blocking.would_find = keys_that_agree(job, table, two, rows);
  }
  return blocking;
}

}  // namespace tessera
