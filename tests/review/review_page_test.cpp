#include "review/review_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

QueueLine pair_of_two() {
  QueueLine pair;
  pair.left = "client:C1";
  pair.right = "social:S1";
  pair.reason = "weak bridge";
  pair.weight_bits = 8.0;
  return pair;
}

StoredExplanation two_records() {
  StoredExplanation stored;
  stored.explanation.weight_bits = 8.0;
  stored.explanation.probability = 0.9961;
  stored.explanation.link_threshold_bits = 4.2;
  for (const auto& [name, bits] : {std::pair("birth_date", 9.2), std::pair("phone", -3.5),
                                   std::pair("sex", 0.01), std::pair("given_name", 2.0)}) {
    ExplainedComparison& of = stored.explanation.comparisons.emplace_back();
    of.name = name;
    of.level = "level";
    of.bits = {bits};
  }
  stored.values = {{"given_name", "Amina", "Aminata", false},
                   {"birth_date", "1990-01-02", "02/01/1990", true},
                   {"phone", "", "0712", false},
                   {"village", "", "", false}};
  stored.decisions = {"client:C1 is not social:S1 (event 7, stale)"};
  return stored;
}

TEST(ReviewPage, ShowsBothSideBySideWithDifferencesMarked) {
  const std::string page = review_page(pair_of_two(), two_records(), {3, 72, 0, false}, {});
  EXPECT_THAT(page, HasSubstr("3 of 72 · weak bridge · one person with a probability of 0.996"));
  EXPECT_THAT(page, HasSubstr("≠ given_name            Amina "));
  EXPECT_THAT(page, HasSubstr("= birth_date            1990-01-02 "));
  EXPECT_THAT(page, HasSubstr("  phone                 (none) "));
  EXPECT_THAT(page, Not(HasSubstr("village")));  // neither has it
  EXPECT_THAT(page, HasSubstr("birth_date (level) +9.2, phone (level) -3.5, given_name"));
  EXPECT_THAT(page, Not(HasSubstr("sex (")));
  EXPECT_THAT(page, HasSubstr("decided: client:C1 is not social:S1"));
  EXPECT_THAT(page, Not(HasSubstr("\033")));
}

TEST(ReviewPage, BlindSaysNothingOfWhatTheModelOrOthersHold) {
  const std::string page =
      review_page(pair_of_two(), two_records(), {3, 72, 0, false}, {.blind = true});
  EXPECT_THAT(page, HasSubstr("Aminata"));
  for (const char* told :
       {"weak bridge", "probability", "bits", "8.0", "+9.2", "decided", "level"}) {
    EXPECT_THAT(page, Not(HasSubstr(told))) << told;
  }
}

TEST(ReviewPage, SaysWhichOfHowManyItIs) {
  const auto first_line = [](const ReviewPlace& place, bool blind) {
    const std::string page = review_page(pair_of_two(), two_records(), place, {.blind = blind});
    return page.substr(0, page.find('\n'));
  };
  EXPECT_EQ(first_line({3, 72, 0, false}, true), "3 of 72");
  EXPECT_EQ(first_line({3, 72, 2, false}, true), "3 of 72, 2 skipped");
  EXPECT_EQ(first_line({2, 2, 0, true}, true), "skipped pair 2 of 2");
  EXPECT_EQ(first_line({2, 2, 1, true}, true), "skipped pair 2 of 2, 1 skipped again");
  EXPECT_THAT(first_line({3, 72, 2, false}, false), HasSubstr("3 of 72, 2 skipped · weak bridge"));
}

TEST(ReviewPage, ColourMarksWhatDiffersWithinAValue) {
  StoredExplanation stored = two_records();
  stored.values = {{"given_name", "Mahmoud", "Mahmud", false}};
  const std::string page = review_page(pair_of_two(), stored, {1, 1, 0, false}, {.colour = true});
  EXPECT_THAT(page, HasSubstr("Mahm\033[7mo\033[0mud"));
  EXPECT_THAT(page, HasSubstr("  Mahmud"));
}

TEST(ReviewPage, CapitalsAndAccentsAreNotMarked) {
  StoredExplanation stored = two_records();
  stored.values = {{"given_name", "Mohan P", "MOHAN", false},
                   {"family_name", "Sèmadé", "SEMADA", false}};
  const std::string page = review_page(pair_of_two(), stored, {1, 1, 0, false}, {.colour = true});
  EXPECT_THAT(page, HasSubstr("Mohan\033[7m P\033[0m"));
  EXPECT_THAT(page, HasSubstr("  MOHAN\n"));
  EXPECT_THAT(page, HasSubstr("Sèmad\033[7mé\033[0m"));
  EXPECT_THAT(page, HasSubstr("SEMAD\033[7mA\033[0m"));
}

TEST(ReviewPage, NothingInARecordActsOnTheTerminal) {
  StoredExplanation stored = two_records();
  stored.values = {{"given_name", "a\033[2Jb\nc", "\u202eevil", false}};
  QueueLine pair = pair_of_two();
  pair.left = "client:\033]0;x\007";
  stored.decisions = {"client:\033[31m is not x"};
  for (const bool colour : {false, true}) {
    const std::string page =
        review_page(pair, stored, {1, 1, 0, false}, {.blind = false, .colour = colour});
    EXPECT_THAT(page, Not(HasSubstr("\033[2J")));
    EXPECT_THAT(page, Not(HasSubstr("\033]")));
    EXPECT_THAT(page, Not(HasSubstr("\033[31m")));
    EXPECT_THAT(page, Not(HasSubstr("\u202e")));
    EXPECT_THAT(page, Not(HasSubstr("\007")));
  }
}

}  // namespace
}  // namespace tessera
