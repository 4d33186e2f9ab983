#include "data/canonical_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tessera {
namespace {

struct Person {
  std::string id;
  std::string name;
  std::string updated;
};

// Encodes rows of sources in the order given, line i + 2 for the i-th of each source.
EncodedRows encode(const std::vector<std::vector<Person>>& sources) {
  EncodedRows rows;
  DictionaryBuilder names;
  DictionaryBuilder dates;
  rows.columns.resize(1);
  for (const auto& people : sources) {
    rows.source_begins.push_back(static_cast<Row>(rows.record_ids.size()));
    std::uint64_t line = 2;
    for (const Person& person : people) {
      rows.lines.append(static_cast<Row>(rows.record_ids.size()), line++);
      rows.record_ids.append(person.id);
      rows.columns[0].codes.push_back(names.intern(person.name));
      rows.updated.codes.push_back(dates.intern(person.updated));
    }
  }
  rows.source_begins.push_back(static_cast<Row>(rows.record_ids.size()));
  rows.columns[0].values = std::move(names).finish();
  rows.updated.values = std::move(dates).finish();
  return rows;
}

std::string describe(const RawTable& table) {
  std::string text;
  for (Row row = 0; row < table.size(); ++row) {
    text += std::to_string(static_cast<int>(table.row_source[row])) + ":" +
            std::string(table.record_ids[row]) + "=" + std::to_string(table.columns[0].codes[row]) +
            std::string(table.columns[0].values[table.columns[0].codes[row]]) + "@" +
            std::string(table.updated_values[table.updated[row]]) + " ";
  }
  return text + std::to_string(table.columns[0].values.size());
}

TEST(CanonicalOrder, RowsAreSortedBySourceThenId) {
  const auto ordered = order_rows(encode({{{"b", "Lu", ""}, {"a", "Bo", "1"}, {"c", "", ""}},
                                          {{"10", "Ada", ""}, {"2", "Lu", "2"}, {"1", "Bo", ""}}}));
  EXPECT_EQ(describe(ordered.table), "0:a=1Bo@1 0:b=2Lu@ 0:c=0@ 1:1=1Bo@ 1:10=3Ada@ 1:2=2Lu@2 4");
  EXPECT_TRUE(ordered.repeated.empty());
}

TEST(CanonicalOrder, LeastContentOfARepeatedIdIsKept) {
  std::vector<Person> people = {{"7", "Lu", "2"}, {"7", "Lu", "1"}, {"7", "Mo", "0"},
                                {"3", "Zoe", ""}, {"8", "Ada", ""}, {"7", "Lu", "1"}};
  const auto less = [](const Person& a, const Person& b) {
    return a.id + a.name + a.updated < b.id + b.name + b.updated;
  };
  std::sort(people.begin(), people.end(), less);
  std::string expected;
  do {
    const auto ordered = order_rows(encode({people}));
    if (expected.empty()) expected = describe(ordered.table);
    ASSERT_EQ(describe(ordered.table), expected);
    ASSERT_EQ(ordered.repeated.size(), 3U);
  } while (std::next_permutation(people.begin(), people.end(), less));
  EXPECT_EQ(expected, "0:3=1Zoe@ 0:7=2Lu@1 0:8=3Ada@ 4") << "Mo, whom no row holds, is dropped";
}

TEST(CanonicalOrder, RepeatedRowsAreNamedByLine) {
  const auto ordered = order_rows(
      encode({{{"1", "b", ""}, {"2", "x", ""}, {"1", "a", ""}, {"1", "c", ""}}, {{"1", "b", ""}}}));
  ASSERT_EQ(ordered.repeated.size(), 2U);
  EXPECT_EQ(ordered.repeated[0].line, 2U);
  EXPECT_EQ(ordered.repeated[1].line, 5U);
  EXPECT_EQ(ordered.repeated[1].source, SourceId{0});
  EXPECT_EQ(ordered.table.size(), 3U) << "the same id in another source is another record";
}

TEST(CanonicalOrder, OrderedRowsStayAsTheyAre) {
  const auto ordered = order_rows(encode({{{"a", "x", ""}, {"b", "y", ""}}, {{"a", "x", ""}}}));
  EXPECT_EQ(describe(ordered.table), "0:a=1x@ 0:b=2y@ 1:a=1x@ 3");
}

// Ids with a long common start, of many lengths, against a plain sort.
TEST(CanonicalOrder, AgreesWithPlainSort) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 50; ++round) {
    std::vector<Person> people;
    const std::string start(random() % 12, 'p');
    for (std::uint64_t i = 0; i < 500; ++i) {
      std::string id = start + std::to_string(random() % 100'000);
      if (i % 5 == 0) id += std::string(1 + i % 3, '\xC3');
      people.push_back({id, "n" + std::to_string(random() % 50), ""});
    }
    const auto table = order_rows(encode({people})).table;
    std::sort(people.begin(), people.end(), [](const Person& a, const Person& b) {
      return a.id != b.id ? a.id < b.id : a.name < b.name;
    });
    people.erase(std::unique(people.begin(), people.end(),
                             [](const Person& a, const Person& b) { return a.id == b.id; }),
                 people.end());
    ASSERT_EQ(table.size(), people.size());
    for (Row row = 0; row < table.size(); ++row) {
      ASSERT_EQ(table.record_ids[row], people[row].id);
      ASSERT_EQ(table.columns[0].values[table.columns[0].codes[row]], people[row].name);
    }
  }
}

}  // namespace
}  // namespace tessera
