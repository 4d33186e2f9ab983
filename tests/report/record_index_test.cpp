#include "report/record_index.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr SourceId kFirst{0};
constexpr SourceId kSecond{1};

struct Records {
  void add(std::string_view id, SourceId of) {
    ids.append(id);
    source.push_back(of);
  }
  TextList ids;
  std::vector<SourceId> source;
};

TEST(RecordIndex, FindsARecordByIdAndBySource) {
  Records records;
  records.add("a", kFirst);
  records.add("b", kFirst);
  records.add("a", kSecond);
  const RecordIndex index(records.ids, records.source);
  EXPECT_THAT(index.find("a"), UnorderedElementsAre(0, 2));
  EXPECT_THAT(index.find("b"), ElementsAre(1));
  EXPECT_EQ(index.find("a", kFirst), 0U);
  EXPECT_EQ(index.find("a", kSecond), 2U);
  EXPECT_EQ(index.find("b", kSecond), std::nullopt);
}

TEST(RecordIndex, FindsNothingThatIsNotThere) {
  Records records;
  records.add("a", kFirst);
  const RecordIndex index(records.ids, records.source);
  EXPECT_THAT(index.find(""), IsEmpty());
  EXPECT_THAT(index.find("A"), IsEmpty());
  const Records none;
  EXPECT_THAT(RecordIndex(none.ids, none.source).find("a"), IsEmpty());
}

TEST(RecordIndex, FindsEveryoneOfMany) {
  Records records;
  for (Row row = 0; row < 3000; ++row) records.add(std::to_string(row * 7), kFirst);
  const RecordIndex index(records.ids, records.source);
  for (Row row = 0; row < 3000; ++row) {
    ASSERT_EQ(index.find(std::to_string(row * 7), kFirst), row);
    ASSERT_THAT(index.find(std::to_string(row * 7 + 1)), IsEmpty());
  }
}

}  // namespace
}  // namespace tessera
