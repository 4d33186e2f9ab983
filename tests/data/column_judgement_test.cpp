#include "data/column_judgement.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tessera {
namespace {

struct Values {
  Dictionary texts;
  std::vector<std::uint32_t> counts{0};
  void add(const std::string& text, std::uint32_t rows) {
    texts.append(text);
    counts.push_back(rows);
  }
};

/// Births spread over 40 years, 1 January heaped, and one default date of 500 records.
Values dates_with_heaps() {
  Values values;
  for (int year = 1950; year < 1990; ++year) {
    for (int day = 1; day <= 28; ++day) {
      const std::string text = std::to_string(year) + "-0" + std::to_string(1 + day % 9) + "-" +
                               (day < 10 ? "0" : "") + std::to_string(day);
      values.add(text, 2);
    }
    values.add(std::to_string(year) + "-01-01", 60);
  }
  values.add("1970-10-11", 500);
  return values;
}

TEST(ColumnJudgement, KnowledgeJudgesItsOwnColumnAlike) {
  const Values values = dates_with_heaps();
  const Judgement own = judge_column(values.texts, values.counts, Kind::kDate);
  const ColumnKnowledge known = knowledge_from(values.texts, own);
  EXPECT_FALSE(known.heaped_days.empty());
  EXPECT_FALSE(known.heaped.empty());
  const Judgement again = judge_by_knowledge(values.texts, values.counts, Kind::kDate, known);
  EXPECT_EQ(again.heaped, own.heaped);
  EXPECT_EQ(again.dropped, own.dropped);
  EXPECT_EQ(again.rows_coarse, own.rows_coarse);
  EXPECT_EQ(again.changes_values, own.changes_values);
}

TEST(ColumnJudgement, AHeapedDayHoldsForAYearNotSeenBefore) {
  const Values values = dates_with_heaps();
  const ColumnKnowledge known =
      knowledge_from(values.texts, judge_column(values.texts, values.counts, Kind::kDate));
  Values later;
  later.add("2003-01-01", 1);
  later.add("2003-01-02", 1);
  later.add("1970-10-11", 1);
  const Judgement judged = judge_by_knowledge(later.texts, later.counts, Kind::kDate, known);
  EXPECT_EQ(judged.heaped, (std::vector<bool>{false, true, false, true}));
}

TEST(ColumnJudgement, ADroppedNumberStaysDroppedHoweverRare) {
  Values phones;
  for (int i = 0; i < 300; ++i) phones.add("07" + std::to_string(1000 + i), 1);
  phones.add("0700000", 200);  // a clinic's own
  const Judgement own = judge_column(phones.texts, phones.counts, Kind::kPhone);
  EXPECT_EQ(own.rows_dropped, 200U);
  const ColumnKnowledge known = knowledge_from(phones.texts, own);
  Values later;
  later.add("0700000", 1);
  later.add("0711111", 400);  // wide use that was not learned is no placeholder
  const Judgement judged = judge_by_knowledge(later.texts, later.counts, Kind::kPhone, known);
  EXPECT_EQ(judged.dropped, (std::vector<bool>{false, true, false}));
}

}  // namespace
}  // namespace tessera
