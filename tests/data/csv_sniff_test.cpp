#include "data/csv_sniff.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(CsvSniff, EachDelimiterIsTold) {
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::string text = "id?name?born\n1?Ada?1990-01-02\n";
    for (char& c : text) c = c == '?' ? delimiter : c;
    EXPECT_EQ(sniff_delimiter(text, true), delimiter);
  }
}

TEST(CsvSniff, OtherDelimitersInTheTextDoNotMislead) {
  EXPECT_EQ(sniff_delimiter("id;name;note\n1;Ada;tall, thin, old\n2;Bo;a, b, c\n", true), ';');
  EXPECT_EQ(sniff_delimiter("id,name\n1,\"a;b;c\"\n2,\"d;e;f\"\n", true), ',');
  EXPECT_EQ(sniff_delimiter("id|name, first\n1|Ada, x\n2|Bo\n", true), '|');
}

TEST(CsvSniff, CountThatHoldsInMostRowsWins) {
  EXPECT_EQ(sniff_delimiter("a,b;c,d\n1,2;3\n4,5;6\n7;8\n", true), ';');
}

TEST(CsvSniff, MoreFieldsWinWhereBothFit) {
  EXPECT_EQ(sniff_delimiter("a,b;c;d\n1,2;3;4\n", true), ';');
}

TEST(CsvSniff, OneColumnIsComma) {
  EXPECT_EQ(sniff_delimiter("name\nAda\n", true), ',');
  EXPECT_EQ(sniff_delimiter("", true), ',');
}

TEST(CsvSniff, RowCutAtTheEndDoesNotCount) {
  EXPECT_EQ(sniff_delimiter("a;b,c;d\n1;2,3;4\n5;6", false), ';');
}

}  // namespace
}  // namespace tessera
