#include "data/printable.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(Printable, NothingInATextActsOnTheTerminal) {
  EXPECT_EQ(printable("a\033[31mb\nc\x7f", 99), "a\ufffd[31mb\ufffdc\ufffd");
  EXPECT_EQ(printable("\u202eevil\u2066\u200f\u0085", 99), "\ufffdevil\ufffd\ufffd\ufffd");
  EXPECT_EQ(printable("\xff\xfe", 99).find('\xff'), std::string::npos);
  EXPECT_EQ(printable("नेहा ไทย Ngũgĩ", 99), "नेहा ไทย Ngũgĩ");
}

TEST(Printable, LongTextIsCut) {
  EXPECT_EQ(printable("abcdef", 4), "abc…");
  EXPECT_EQ(printable("abcd", 4), "abcd");
}

TEST(Printable, ColumnsAreThoseOfATerminal) {
  EXPECT_EQ(text_columns("Lucía"), 5U);
  EXPECT_EQ(text_columns("张伟"), 4U);
}

}  // namespace
}  // namespace tessera
