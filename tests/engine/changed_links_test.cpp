#include "engine/changed_links.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "blocking/block_names.hpp"
#include "data/error.hpp"
#include "engine/resolve.hpp"
#include "engine/train.hpp"
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

/// Each row that is `changed` with all later ones, and those before it that are not changed.
Stars all_stars(const std::vector<bool>& changed) {
  Stars stars;
  stars.starts.push_back(0);
  for (Row row = 0; row < changed.size(); ++row) {
    if (!changed[row]) continue;
    stars.rows.push_back(row);
    for (Row other = 0; other < changed.size(); ++other) {
      if (other != row && (!changed[other] || other > row)) stars.rows.push_back(other);
    }
    stars.starts.push_back(static_cast<std::uint32_t>(stars.rows.size()));
  }
  return stars;
}

std::vector<RowPair> pairs_of(const std::vector<Link>& links) {
  std::vector<RowPair> pairs;
  for (const Link& link : links) pairs.emplace_back(link.left, link.right);
  return pairs;
}

// The slow twin: all pairs are scored by the pipeline, those with a changed end taken.
TEST(ChangedLinks, ThatShareABlockAreThoseThatResolvingAllFinds) {
  const Resolved resolved;
  ASSERT_GT(resolved.all.references.splits.size(), 0U);
  std::size_t apart = 0;
  for (const Row step : {1U, 7U, 100U}) {
    std::vector<bool> changed(resolved.table.size());
    for (Row row = 0; row < changed.size(); row += step) changed[row] = true;
    Weights expected;
    for (const Link& link : resolved.all.links) {
      if (link.rule == kClosureRule || !(changed[link.left] || changed[link.right])) continue;
      expected[{link.left, link.right}] = link.weight_bits;
    }
    const Table& table = resolved.all.table;
    const ScoredPairs found =
        link_stars(table, all_stars(changed), resolved.job, {}, resolved.all.model);
    const std::vector<bool> share =
        share_blocks(table, pairs_of(found.links), resolved.job, resolved.all.references);
    Weights weights;
    for (std::size_t i = 0; i < share.size(); ++i) {
      apart += share[i] ? 0 : 1;
      const Link& link = found.links[i];
      EXPECT_LT(link.left, link.right);
      if (share[i]) weights[{link.left, link.right}] = link.weight_bits;
    }
    EXPECT_GT(expected.size(), 2U);
    EXPECT_EQ(weights, expected) << "every " << step << "th";
  }
  EXPECT_GT(apart, 0U) << "some links must be of records that share no block";
}

// Every pair that the rules bring together is one of two names in common.
TEST(ChangedLinks, PairsOfNamesAreThoseThatBlocksMake) {
  const Resolved resolved;
  const Table& table = resolved.all.table;
  std::set<RowPair> pairs;
  for_each_rule_names(table, resolved.job.rules, resolved.all.references.splits,
                      [&](std::size_t, std::vector<RowKey> names) {
                        std::vector<RowPair> of_rule;
                        add_pairs_of_names(std::move(names), of_rule);
                        pairs.insert(of_rule.begin(), of_rule.end());
                      });
  const BlockingOptions options{.max_block_records = resolved.job.max_block_records,
                                .numbers = KeyNumbers::kByText,
                                .splits = &resolved.all.references.splits};
  const Blocking blocking = block_rows(table, resolved.job.rules, options);
  std::set<RowPair> expected;
  for (Row left = 0; left < table.size(); ++left) {
    for (Row right = left + 1; right < table.size(); ++right) {
      if (shares_block(blocking, left, right)) expected.emplace(left, right);
    }
  }
  EXPECT_EQ(pairs, expected);
  EXPECT_GT(pairs.size(), 100U);
}

TEST(ChangedLinks, CountsThePairsThatMayBeLinked) {
  Resolved resolved;
  const Table& table = resolved.all.table;
  const auto compared = [&](const std::vector<bool>& changed) {
    return link_stars(table, all_stars(changed), resolved.job, {}, resolved.all.model)
        .pairs_compared;
  };
  const std::vector<bool> all(table.size(), true);
  EXPECT_EQ(compared(std::vector<bool>(table.size())), 0U);
  EXPECT_EQ(compared(all), possible_pairs(job_space(table, resolved.job)));
  resolved.job.link_type = LinkType::kLinkOnly;
  EXPECT_EQ(compared(all), possible_pairs(job_space(table, resolved.job)));
}

TEST(ChangedLinks, RefusesAModelOfAnotherJob) {
  const Resolved resolved;
  EXPECT_THROW(link_stars(resolved.all.table, {{}, {0}}, resolved.job, {}, Model()), Error);
}

}  // namespace
}  // namespace tessera
