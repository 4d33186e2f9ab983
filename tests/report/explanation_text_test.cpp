#include "report/explanation_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/text_table.hpp"
#include "tests/report/invented_explanation.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string text_of(const Explanation& of, bool show_values = false, bool colour = false) {
  return explanation_text(of, {show_values, colour});
}

TEST(ExplanationText, TheWholePage) {
  EXPECT_EQ(
      text_of(test::invented_explanation()),
      "client:C1 and crvs:R7\n"
      "no link: one person with a probability of 0.1111 (-3.00 bits; a link from 4.25, review from "
      "0.00)\n"
      "\n"
      "  evidence           level          m       u    bits  of it tf  if household\n"
      "  prior              1 in 1025                 -10.00                   -4.00  "
      "----------|\n"
      "  given_name         exact *    0.768  0.0015   +8.00     -1.00         +3.00            "
      "|++++++++\n"
      "  birth_date         null                        0.00                    0.00            |\n"
      "  against strangers                             -2.00                   -1.00          "
      "--|\n"
      "  against relations                             -1.00                                   "
      "-|\n"
      "  weight                                        -3.00                                 "
      "---|\n"
      "  * no pair in training showed this level: its m is a guess\n"
      "  If they are two persons, they are: household 75 %, strangers 25 %.\n"
      "  Values are hidden: --show-values shows them.\n"
      "\n"
      "No rule brings them together.\n"
      "  birth_date        birth_date left has none\n"
      "  given_name + sex  sex differs\n"
      "These keys would, alone or with one that holds for both:\n"
      "  given_name  12  records have that key\n"
      "They are in two entities, of 1 record and 2 records, though links connect them: client:C1 "
      "-[5.50]- social:S2 -[9.00]- crvs:R7.\n"
      "  Cut between client:C1 and social:S2, in groups of 1 record and 2 records:\n"
      "  client holds each person once, and each group has a record of it: client:C1 and "
      "client:C9.\n"
      "Smallest change to be doubtful, for review: birth_date at `exact` instead of `null`, which "
      "makes 1.25 bits.\n");
}

TEST(ExplanationText, ShowsValuesOnlyWhenAsked) {
  const Explanation of = test::invented_explanation();
  EXPECT_THAT(text_of(of), Not(HasSubstr("Amina")));
  EXPECT_THAT(text_of(of), Not(HasSubstr("1990")));
  const std::string shown = text_of(of, true);
  EXPECT_THAT(shown, HasSubstr("given_name  Amina                  AMINA\n"));
  EXPECT_THAT(shown, HasSubstr("birth_date  0000-00-00 (unusable)  1990-02-03\n"));
}

TEST(ExplanationText, ColoursAddNothingButColour) {
  const Explanation of = test::invented_explanation();
  std::string coloured = text_of(of, false, true);
  EXPECT_THAT(coloured, HasSubstr("\033[32m++++++++\033[0m"));
  for (const char* code : {"\033[31m", "\033[32m", "\033[0m"}) {
    for (std::size_t at = coloured.find(code); at != std::string::npos; at = coloured.find(code)) {
      coloured.erase(at, std::string_view(code).size());
    }
  }
  EXPECT_EQ(coloured, text_of(of));
}

TEST(ExplanationText, HostileValuesDoNothing) {
  Explanation of = test::invented_explanation();
  of.left.id = "C\0331";
  of.comparisons[0].left.as_written = "\033]0;owned\007\u202e";
  const std::string text = text_of(of, true);
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\007")));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
}

TEST(ExplanationText, ASumBeyondEveryPartStillHasABar) {
  Explanation of = test::invented_explanation();
  of.alternatives[0].weight_bits = 40;
  of.relations_bits = -43;
  EXPECT_THAT(text_of(of), HasSubstr("+40.00"));
}

TEST(ExplanationText, SaysHowThePairWasFound) {
  Explanation of = test::invented_explanation();
  of.blocking.found_by = "birth_date";
  of.blocking.rules[0].shares_block = of.blocking.rules[1].shares_block = true;
  EXPECT_THAT(text_of(of), HasSubstr("Found by the rule birth_date, and by given_name + sex.\n"));
  of.blocking.would_find.clear();
  of.blocking.found_by = "";
  EXPECT_THAT(text_of(of), HasSubstr("Nor would any single key"));
  of.blocking.found_by = "common_neighbours";
  EXPECT_THAT(text_of(of), HasSubstr("each is linked to a third record"));
}

TEST(ExplanationText, SaysWhatTheClusteringDid) {
  Explanation of = test::invented_explanation();
  of.cluster.cuts[0].reason = CutReason::kEvidence;
  EXPECT_THAT(text_of(of), HasSubstr("the mean is -4.00 bits and the best link 5.50; halfway, "
                                     "0.75, is under 4.25"));
  of.cluster.cuts[0].reason = CutReason::kCannotLink;
  EXPECT_THAT(text_of(of), HasSubstr("a decision says that client:C1 and client:C9"));
  of.cluster.outcome = Outcome::kApart;
  EXPECT_THAT(text_of(of), HasSubstr("no chain of links connects them"));
  of.cluster.outcome = Outcome::kSameEntity;
  EXPECT_THAT(text_of(of), HasSubstr("joined through others: client:C1 -[5.50]- social:S2"));
  of.cluster.outcome = Outcome::kUndecided;
  of.cluster.left_records = 0;
  EXPECT_THAT(text_of(of), HasSubstr("no entity for client:C1"));
}

TEST(ExplanationText, SaysWhatForbidsTheLinkAndWhatChanged) {
  Explanation of = test::invented_explanation();
  of.may_not_be_linked = "the job links records of one source only (dedupe_only)";
  of.decided_weight_bits = 7;
  EXPECT_THAT(text_of(of), HasSubstr("The job never links them: the job links records of one"));
  EXPECT_THAT(text_of(of), HasSubstr("The result has them with 7.00 bits"));
  of.decided_weight_bits = of.weight_bits + 4e-7;  // a file's six decimals
  EXPECT_THAT(text_of(of), Not(HasSubstr("The result has them")));
}

}  // namespace
}  // namespace tessera
