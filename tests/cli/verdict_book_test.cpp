#include "cli/verdict_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "data/error.hpp"
#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const LinkedJob& linked() {
  static const test::FinishedJob kFinished;
  static const LinkedJob kLinked(kFinished.out(), {}, {});
  return kLinked;
}

class VerdictBookTest : public testing::Test {
 protected:
  void SetUp() override {
    pairs_ = doubtful_pairs(linked(), VerdictBook(linked(), path_, ""));
    ASSERT_GE(pairs_.size(), 3U);
  }

  std::string fault_of(VerdictBook& book, const QueueLine& pair, bool is_match, ErrorCode code) {
    try {
      book.decide(pair, is_match);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code);
      return error.what();
    }
    return "";
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "verdicts.csv";
  std::vector<QueueLine> pairs_;
};

TEST_F(VerdictBookTest, ThePairsAreThoseUnderTheLinkThresholdStrongestFirst) {
  std::size_t doubtful = 0;
  const double link_bits = linked().job().link_threshold.bits();
  for (const WeightedPair& pair : linked().links()) doubtful += pair.weight_bits < link_bits;
  EXPECT_THAT(pairs_, SizeIs(doubtful));
  EXPECT_TRUE(std::is_sorted(pairs_.begin(), pairs_.end(), [](const auto& a, const auto& b) {
    return a.weight_bits > b.weight_bits;
  }));
}

TEST_F(VerdictBookTest, EachVerdictIsInTheFileAtOnceAndIsNotAskedForAgain) {
  VerdictBook book(linked(), path_, "by letter");
  EXPECT_NE(book.decide(pairs_[0], true), 0);
  EXPECT_THAT(read_verdict_file(path_), SizeIs(1));
  book.decide(pairs_[1], false);
  const std::vector<PairVerdict> verdicts = read_verdict_file(path_);
  ASSERT_THAT(verdicts, SizeIs(2));
  EXPECT_EQ(verdicts[0].record, pairs_[0].left);
  EXPECT_EQ(verdicts[0].other_record, pairs_[0].right);
  EXPECT_TRUE(verdicts[0].is_match);
  EXPECT_FALSE(verdicts[1].is_match);
  EXPECT_EQ(verdicts[1].reason, "by letter");
  const auto left = doubtful_pairs(linked(), VerdictBook(linked(), path_, ""));
  ASSERT_THAT(left, SizeIs(pairs_.size() - 2));
  EXPECT_EQ(left[0].left, pairs_[2].left);
}

// As a clerk may have written it by hand.
TEST_F(VerdictBookTest, APairIsJudgedInEitherOrder) {
  std::ofstream(path_) << "other_record,record,verdict\n"
                       << pairs_[0].left << "," << pairs_[0].right << ",non-match\n";
  EXPECT_THAT(doubtful_pairs(linked(), VerdictBook(linked(), path_, "")),
              SizeIs(pairs_.size() - 1));
}

TEST_F(VerdictBookTest, WhatIsTakenBackIsGone) {
  VerdictBook book(linked(), path_, "");
  book.decide(pairs_[0], true);
  const std::int64_t second = book.decide(pairs_[1], true);
  book.take_back(second);
  EXPECT_THAT(read_verdict_file(path_), SizeIs(1));
  EXPECT_THAT(book.judged(), SizeIs(1));
}

TEST_F(VerdictBookTest, AContradictionIsRefusedAndTheFileStays) {
  const QueueLine& pair = pairs_[0];
  std::ofstream(path_) << "record,other_record,verdict\n"
                       << pair.left << ",client:X,match\nclient:X," << pair.right << ",match\n";
  VerdictBook book(linked(), path_, "");
  EXPECT_THAT(fault_of(book, pair, false, ErrorCode::kRefused), HasSubstr("two persons"));
  EXPECT_THAT(read_verdict_file(path_), SizeIs(2));
  EXPECT_NE(book.decide(pair, true), 0);
}

TEST_F(VerdictBookTest, WhatAnotherWroteMeanwhileIsNotOverwritten) {
  VerdictBook mine(linked(), path_, "");
  VerdictBook theirs(linked(), path_, "");
  theirs.decide(pairs_[1], false);
  EXPECT_THAT(fault_of(mine, pairs_[0], true, ErrorCode::kBusy), HasSubstr("another"));
  EXPECT_THAT(read_verdict_file(path_), SizeIs(1));
}

TEST_F(VerdictBookTest, AFileOfAnotherKindIsLeftAlone) {
  std::ofstream(path_) << "a,b\n1,2\n";
  EXPECT_THROW(VerdictBook(linked(), path_, ""), Error);
}

TEST_F(VerdictBookTest, ShowsBothRecordsAndTheEvidence) {
  VerdictBook book(linked(), path_, "");
  const StoredExplanation shown = book.explain(pairs_[0]);
  EXPECT_EQ(shown.values.size(), linked().job().attributes.size());
  EXPECT_NEAR(shown.explanation.weight_bits, pairs_[0].weight_bits, 1e-6);
  EXPECT_THAT(shown.decisions, IsEmpty());
}

}  // namespace
}  // namespace tessera
