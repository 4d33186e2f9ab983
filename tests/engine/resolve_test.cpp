#include "engine/resolve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "data/error.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

/// The rows of a table that `keep` takes, as read: codes numbered by first appearance.
RawTable raw_rows(const Table& table, const std::function<bool(Row)>& keep) {
  RawTable raw;
  raw.sources = table.sources;
  std::vector<Row> rows;
  for (Row row = 0; row < table.size(); ++row) {
    if (keep(row)) rows.push_back(row);
  }
  for (const Row row : rows) {
    raw.row_source.push_back(table.row_source[row]);
    raw.record_ids.append(table.record_ids[row]);
  }
  for (const Column& column : table.columns) {
    DictionaryBuilder values;
    RawColumn& out = raw.columns.emplace_back();
    for (const Row row : rows) {
      out.codes.push_back(values.intern(column.raw_values[column.raw_codes[row]]));
    }
    out.values = std::move(values).finish();
  }
  return raw;
}

bool all(Row) {
  return true;
}

struct People {
  explicit People(std::uint64_t max_block = 60)
      : table(test::random_people(1500, 4, 3)),
        job(test::people_job_spec(LinkType::kLinkAndDedupe)) {
    job.max_block_records = max_block;
    job.comparisons[0].term_frequency = true;
    for (const SourceFacts& source : table.sources) job.sources.emplace_back().name = source.name;
  }
  Resolution resolve(const std::function<bool(Row)>& keep, const Knowledge& knowledge = {},
                     const RowDecisions& decisions = {}) const {
    return resolve_records(raw_rows(table, keep), job, {}, knowledge, decisions);
  }
  Table table;
  JobSpec job;
};

using NamedLinks = std::map<std::pair<std::string, std::string>, double>;

NamedLinks named_links(const Resolution& resolution, const std::function<bool(Row)>& keep) {
  NamedLinks links;
  for (const Link& link : resolution.links) {
    if (link.rule == kClosureRule || !keep(link.left) || !keep(link.right)) continue;
    links[{resolution.table.record_name(link.left), resolution.table.record_name(link.right)}] =
        link.weight_bits;
  }
  return links;
}

TEST(Resolve, WithWhatItLearnedGivesTheSameAgain) {
  const People people;
  const Resolution first = people.resolve(all);
  EXPECT_GT(first.references.splits.size(), 0U);
  EXPECT_GT(first.links.size(), 300U);
  const Resolution again = people.resolve(all, {&first.model, &first.references});
  EXPECT_EQ(again.clusters.label, first.clusters.label);
  EXPECT_EQ(named_links(again, all), named_links(first, all));
  EXPECT_EQ(again.pairs_compared, first.pairs_compared);
  EXPECT_EQ(again.references, first.references);
}

// What makes a registry independent of batches: the weight of a pair, and whether it is compared,
// do not depend on the records beside the two.
TEST(Resolve, APairsWeightDependsOnItsTwoRecordsAlone) {
  const People people;
  const Resolution full = people.resolve(all);
  for (const Row step : {2U, 5U}) {
    const auto keep = [&](Row row) { return row % step == 0; };
    const Resolution part = people.resolve(keep, {&full.model, &full.references});
    const NamedLinks expected = named_links(full, keep);
    EXPECT_GT(expected.size(), 10U);
    EXPECT_EQ(named_links(part, all), expected);
  }
}

TEST(Resolve, AddedRecordsDoNotChangeThePairsBefore) {
  const People people;
  const auto before = [](Row row) { return row % 3 != 0; };
  const Resolution first = people.resolve(before);
  const Resolution all_of_them = people.resolve(all, {&first.model, &first.references});
  EXPECT_EQ(named_links(all_of_them, before), named_links(first, all));
}

TEST(Resolve, DecisionsHold) {
  const People people(2000);
  const Resolution free = people.resolve(all);
  RowDecisions decisions;
  const auto cut = std::find_if(free.links.begin(), free.links.end(), [&](const Link& link) {
    return free.clusters.label[link.left] == free.clusters.label[link.right];
  });
  ASSERT_NE(cut, free.links.end());
  decisions.cannot_links = {{cut->left, cut->right}};
  decisions.must_links = {{0, 1400}};
  const Resolution held = people.resolve(all, {&free.model, &free.references}, decisions);
  EXPECT_NE(held.clusters.label[cut->left], held.clusters.label[cut->right]);
  EXPECT_EQ(held.clusters.label[0], held.clusters.label[1400]);
}

TEST(Resolve, RefusesAModelOfAnotherJob) {
  const People people;
  const Model other;
  EXPECT_THROW(people.resolve(all, {&other, nullptr}), Error);
}

}  // namespace
}  // namespace tessera
