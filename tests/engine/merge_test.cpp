#include "engine/merge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "data/kind.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t at; (at = text.find(separator, start)) != std::string::npos; start = at + 1) {
    parts.push_back(text.substr(start, at - start));
  }
  parts.push_back(text.substr(start));
  return parts;
}

/// Cuts `mark` and what follows it off `text`, and returns what follows.
std::string cut(std::string& text, char mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return "";
  std::string rest = text.substr(at + 1);
  text.resize(at);
  return rest;
}

Survivorship rule_from_name(const std::string& name) {
  for (const auto rule :
       {Survivorship::kMostFrequent, Survivorship::kMostRecent, Survivorship::kSourceOrder,
        Survivorship::kLongest, Survivorship::kMostComplete}) {
    if (survivorship_name(rule) == name) return rule;
  }
  ADD_FAILURE() << "no rule " << name;
  return Survivorship::kLongest;
}

/// A table of one column.
struct TableBuilder {
  Table table;
  DictionaryBuilder values;
  DictionaryBuilder raw_values;
  std::vector<std::string> updated_days;

  explicit TableBuilder(Kind kind) {
    table.columns.resize(1);
    table.columns[0].kind = kind;
    for (const char* name : {"a", "b", "c"}) table.sources.emplace_back().name = name;
  }

  /// `clean=raw@source^updated`
  void add(std::string record) {
    const std::string updated = cut(record, '^');
    const std::string source = cut(record, '@');
    std::string raw = cut(record, '=');
    if (record == "-") record.clear();
    if (raw.empty()) raw = record;
    table.row_source.push_back(static_cast<SourceId>(source.empty() ? 0 : source[0] - 'a'));
    table.record_ids.append("r" + std::to_string(table.row_source.size()));
    table.columns[0].codes.push_back(values.intern(record));
    table.columns[0].raw_codes.push_back(raw_values.intern(raw));
    updated_days.push_back(updated);
  }

  Table finish() {
    table.columns[0].values = std::move(values).finish();
    table.columns[0].raw_values = std::move(raw_values).finish();
    const std::set<std::string> days(updated_days.begin(), updated_days.end());
    for (const std::string& day : days) {
      if (!day.empty()) table.updated_days.append(day);
    }
    if (table.updated_days.size() == 1) return std::move(table);  // no source says
    for (const std::string& day : updated_days) {
      Code code = kMissing;
      while (table.updated_days[code] != day) ++code;
      table.updated.push_back(code);
    }
    return std::move(table);
  }
};

Table one_column(Kind kind, const std::vector<std::string>& records) {
  TableBuilder builder(kind);
  for (const std::string& record : records) builder.add(record);
  return builder.finish();
}

AttributeSpec attribute(Kind kind, std::vector<Survivorship> rules = {}) {
  AttributeSpec spec;
  spec.kind = kind;
  spec.survivorship = std::move(rules);
  return spec;
}

TEST(Merge, FollowsTheRules) {
  for (const auto& row : test::read_cases("merge.tsv")) {
    ASSERT_EQ(row.size(), 6U);
    const Kind kind = kind_from_name(row[0]).value();
    std::vector<Survivorship> rules;
    if (!row[1].empty()) {
      for (const std::string& name : split(row[1], ',')) rules.push_back(rule_from_name(name));
    }
    const Table table = one_column(kind, split(row[2], '|'));
    Clusters clusters;
    clusters.label.assign(table.size(), 0);
    const std::vector<AttributeSpec> attributes{attribute(kind, rules)};
    const GoldenTable golden = merge_clusters(table, clusters, attributes);
    ASSERT_EQ(golden.values.size(), 1U);
    const GoldenValue& value = golden.values[0];
    EXPECT_EQ(value.present ? std::to_string(value.row) : "-", row[3]) << row[2] << ": " << row[5];
    EXPECT_EQ(survivorship_name(value.rule), row[4]) << row[2] << ": " << row[5];
  }
}

TEST(Merge, ASetCountsItsMembers) {
  TableBuilder builder(Kind::kSet);
  builder.add("cook");
  builder.add("cook|smith");
  const Table table = builder.finish();
  Clusters clusters;
  clusters.label = {0, 0};
  const std::vector<AttributeSpec> attributes{attribute(Kind::kSet, {Survivorship::kMostComplete})};
  EXPECT_EQ(merge_clusters(table, clusters, attributes).values[0].row, 1U);
}

TEST(Merge, EntitiesComeByLabelWithTheirCounts) {
  const Table table = one_column(Kind::kName, {"ana@a", "bo@a", "ana@b", "ana@b", "bo@c"});
  Clusters clusters;
  clusters.label = {0, 1, 0, 0, 1};
  const std::vector<AttributeSpec> attributes{attribute(Kind::kName)};
  const GoldenTable golden = merge_clusters(table, clusters, attributes);
  ASSERT_EQ(golden.entities.size(), 2U);
  EXPECT_EQ(golden.entities[0].label, 0U);
  EXPECT_EQ(golden.entities[0].records, 3U);
  EXPECT_EQ(golden.entities[0].sources, 2U);
  EXPECT_EQ(golden.entities[1].label, 1U);
  EXPECT_EQ(golden.entities[1].records, 2U);
  EXPECT_EQ(golden.entities[1].sources, 2U);
}

TEST(Merge, AnEmptyTableGivesNothing) {
  const Table table = one_column(Kind::kName, {});
  const std::vector<AttributeSpec> attributes{attribute(Kind::kName)};
  const GoldenTable golden = merge_clusters(table, {}, attributes);
  EXPECT_TRUE(golden.entities.empty());
  EXPECT_TRUE(golden.values.empty());
}

TEST(Merge, EveryKindHasRules) {
  for (int kind = 0; kind <= static_cast<int>(Kind::kSet); ++kind) {
    const auto rules = default_survivorship(static_cast<Kind>(kind));
    EXPECT_FALSE(rules.empty());
    EXPECT_EQ(std::set(rules.begin(), rules.end()).size(), rules.size());
  }
}

}  // namespace
}  // namespace tessera
