#include "engine/changed_links.hpp"

#include <gtest/gtest.h>

#include <map>

#include "data/error.hpp"
#include "engine/resolve.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

RawTable raw_of(const Table& table) {
  RawTable raw;
  raw.sources = table.sources;
  raw.row_source = table.row_source;
  raw.record_ids = table.record_ids;
  for (const Column& column : table.columns) {
    DictionaryBuilder values;
    RawColumn& out = raw.columns.emplace_back();
    for (const Code code : column.raw_codes)
      out.codes.push_back(values.intern(column.raw_values[code]));
    out.values = std::move(values).finish();
  }
  return raw;
}

struct Resolved {
  Resolved() : table(test::random_people(900, 8, 3)) {
    job = test::people_job_spec(LinkType::kLinkAndDedupe);
    job.max_block_records = 40;
    job.comparisons[0].term_frequency = true;
    for (const SourceFacts& source : table.sources) job.sources.emplace_back().name = source.name;
    all = resolve_records(raw_of(table), job, {}, {}, {});
  }
  Table table;
  JobSpec job;
  Resolution all;
};

using Weights = std::map<std::pair<Row, Row>, double>;

// The slow twin: all pairs are scored by the pipeline, those with a changed end taken.
TEST(ChangedLinks, AreThoseThatResolvingAllFinds) {
  const Resolved resolved;
  ASSERT_GT(resolved.all.references.splits.size(), 0U);
  for (const Row step : {1U, 7U, 100U}) {
    std::vector<bool> changed(resolved.table.size());
    for (Row row = 0; row < changed.size(); row += step) changed[row] = true;
    Weights expected;
    for (const Link& link : resolved.all.links) {
      if (link.rule == kClosureRule || !(changed[link.left] || changed[link.right])) continue;
      expected[{link.left, link.right}] = link.weight_bits;
    }
    const ChangedLinks found = link_changed(resolved.all.table, changed, resolved.job, {},
                                            resolved.all.model, resolved.all.references);
    Weights weights;
    for (const Link& link : found.links) weights[{link.left, link.right}] = link.weight_bits;
    EXPECT_GT(expected.size(), 2U);
    EXPECT_EQ(weights, expected) << "every " << step << "th";
    EXPECT_EQ(weights.size(), found.links.size());
  }
}

TEST(ChangedLinks, ComparesOnlyPairsOfChangedRows) {
  const Resolved resolved;
  std::vector<bool> none(resolved.table.size());
  EXPECT_EQ(link_changed(resolved.all.table, none, resolved.job, {}, resolved.all.model,
                         resolved.all.references)
                .pairs_compared,
            0U);
  std::vector<bool> all(resolved.table.size(), true);
  std::uint64_t closed = 0;  // compared by the closure of components, not by a rule
  for (const Link& link : resolved.all.links) closed += link.rule == kClosureRule ? 1 : 0;
  const ChangedLinks found = link_changed(resolved.all.table, all, resolved.job, {},
                                          resolved.all.model, resolved.all.references);
  EXPECT_LE(found.pairs_compared + closed, resolved.all.pairs_compared);
  EXPECT_GT(found.pairs_compared, resolved.all.pairs_compared / 2);
}

TEST(ChangedLinks, RefusesAModelOfAnotherJob) {
  const Resolved resolved;
  EXPECT_THROW(link_changed(resolved.all.table, std::vector<bool>(resolved.table.size()),
                            resolved.job, {}, Model(), resolved.all.references),
               Error);
}

}  // namespace
}  // namespace tessera
