#include "report/query_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "data/error.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

JobSpec job() {
  JobSpec job;
  for (const char* name : {"given_name", "family_name", "birth_date"}) {
    job.attributes.emplace_back().name = name;
  }
  job.attributes[2].columns = {"dob", "Date of birth"};
  return job;
}

std::vector<QueryLine> read_all(const std::string& text, QueryFormat format) {
  const QueryColumns columns(job());
  std::istringstream input(text);
  QueryReader reader(input, format, columns, "here");
  std::vector<QueryLine> lines;
  while (std::optional<QueryLine> line = reader.next()) lines.push_back(std::move(*line));
  return lines;
}

TEST(QueryColumns, KnowAttributesAndTheirColumns) {
  const QueryColumns columns(job());
  EXPECT_EQ(columns.attribute("given_name"), 0U);
  EXPECT_EQ(columns.attribute("Family Name"), 1U);
  EXPECT_EQ(columns.attribute("DOB"), 2U);
  EXPECT_EQ(columns.attribute("date_of_birth"), 2U);
  EXPECT_FALSE(columns.attribute("village"));
  EXPECT_EQ(columns.names(), "given_name, family_name, birth_date");
}

TEST(QueryReader, ReadsCsvWithQuotesAcrossLines) {
  const auto lines =
      read_all("\xef\xbb\xbfrecord_id;given_name;dob\r\n7;\"A \"\"B\"\";\nC\";1990\r\n\n8;Ana;\n",
               QueryFormat::kCsv);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].id, "7");
  EXPECT_THAT(lines[0].query.texts, ElementsAre("A \"B\";\nC", "", "1990"));
  EXPECT_EQ(lines[0].line, 2U);  // where it starts
  EXPECT_THAT(lines[1].query.texts, ElementsAre("Ana", "", ""));
  EXPECT_EQ(lines[1].line, 5U);
}

TEST(QueryReader, ReadsJsonLines) {
  const auto lines = read_all(
      "{\"id\": \"x1\", \"given_name\": [\"Ana\", \"Lu\"], \"family_name\": \"Sz\\u0151ke\"}\n"
      "{\"dob\": 1990}\n",
      QueryFormat::kNdjson);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].id, "x1");
  EXPECT_THAT(lines[0].query.texts, ElementsAre("Ana Lu", "Szőke", ""));
  EXPECT_EQ(lines[1].id, "2");
  EXPECT_THAT(lines[1].query.texts, ElementsAre("", "", "1990"));
}

TEST(QueryReader, SaysWhichLineIsBadAndGoesOn) {
  const auto csv = read_all("given_name,family_name\na,b,c\nd,e\n\xff,f\n", QueryFormat::kCsv);
  ASSERT_EQ(csv.size(), 3U);
  EXPECT_THAT(csv[0].fault, HasSubstr("has 3 fields, the first line has 2"));
  EXPECT_EQ(csv[0].line, 2U);
  EXPECT_TRUE(csv[1].fault.empty());
  EXPECT_FALSE(csv[2].fault.empty());
  const auto json = read_all("{\"given_name\": \n{\"given_name\": \"a\"}\n", QueryFormat::kNdjson);
  ASSERT_EQ(json.size(), 2U);
  EXPECT_FALSE(json[0].fault.empty());
  EXPECT_TRUE(json[1].fault.empty());
}

TEST(QueryReader, WantsAColumnThatIsAnAttribute) {
  EXPECT_THROW(read_all("a,b\n1,2\n", QueryFormat::kCsv), Error);
  EXPECT_TRUE(read_all("", QueryFormat::kCsv).empty());
}

TEST(QueryFromJson, AndFromPairsGiveTheSame) {
  const QueryColumns columns(job());
  EXPECT_THAT(query_from_json("{\"given_name\":\"Ana\",\"dob\":\"1990\"}", columns).texts,
              ElementsAre("Ana", "", "1990"));
  EXPECT_THAT(query_from_pairs({"given_name=Ana", "dob=1990"}, columns).texts,
              ElementsAre("Ana", "", "1990"));
  EXPECT_THROW(query_from_json("[1]", columns), Error);
  EXPECT_THROW(query_from_json("{\"village\":\"x\"}", columns), Error);
  EXPECT_THROW(query_from_pairs({"village=x"}, columns), Error);
  EXPECT_THROW(query_from_pairs({"Ana"}, columns), Error);
}

}  // namespace
}  // namespace tessera
