#include "engine/record_comparer.hpp"

#include <gtest/gtest.h>

#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

struct Case {
  const char* name;
  std::vector<std::string> left;
  std::vector<std::string> right;
  std::vector<std::string> levels;
};

TEST(RecordComparer, ReachesTheLevelsOfTheTable) {
  const std::vector<Case> cases = {
      {"equal",
       {"amina", "rai", "1990-04-05", "f", "lo"},
       {"amina", "rai", "1990-04-05", "f", "lo"},
       {"exact", "exact", "exact", "exact", "exact"}},
      {"swapped names",
       {"amina", "rai", "1990-04-05", "f", "lo"},
       {"rai", "amina", "1990-05-04", "f", ""},
       {"swapped", "swapped", "date_swap", "exact", "null"}},
      {"half a swap is none",
       {"amina", "rai", "", "f", ""},
       {"rai", "okoro", "", "m", ""},
       {"else", "else", "null", "else", "null"}},
      {"typo and one digit",
       {"amina", "karki", "1990-04-05", "", ""},
       {"amnia", "karkii", "1990-04-06", "", ""},
       {"jaro_winkler >= 0.94", "jaro_winkler >= 0.94", "date_one_edit", "null", "null"}}};
  const NicknameTable nicknames = NicknameTable::built_in();
  const JobSpec job = test::people_job_spec(LinkType::kLinkAndDedupe);
  for (const Case& c : cases) {
    const Table table = test::make_table(test::people_columns(), {c.left, c.right});
    const RecordComparer comparer(table, job.comparisons, nicknames);
    const Pattern pattern = comparer.pattern(0, 1);
    EXPECT_EQ(pattern, comparer.pattern(1, 0)) << c.name;
    for (std::size_t k = 0; k < job.comparisons.size(); ++k) {
      const unsigned level = level_of(pattern, k);
      const std::string text = level == 0 ? "null" : job.comparisons[k].levels[level - 1].text;
      EXPECT_EQ(text, c.levels[k]) << c.name << ", " << job.comparisons[k].name;
    }
  }
}

}  // namespace
}  // namespace tessera
