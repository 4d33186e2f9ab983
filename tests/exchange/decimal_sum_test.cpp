#include "exchange/decimal_sum.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tessera::test {
namespace {

std::string sum_of(std::initializer_list<const char*> values) {
  DecimalSum sum;
  for (const char* value : values) EXPECT_TRUE(sum.add(value)) << value;
  return sum.text();
}

TEST(DecimalSum, IsExactWhereFloatingPointIsNot) {
  EXPECT_EQ(sum_of({}), "0");
  EXPECT_EQ(sum_of({"0.1", "0.2"}), "0.3");
  EXPECT_EQ(sum_of({"21100.0", "-0.50", ""}), "21099.5");
  EXPECT_EQ(sum_of({"-.25"}), "-0.25");
  EXPECT_EQ(sum_of({"9000000000000", "0.000001"}), "9000000000000.000001");
  EXPECT_EQ(sum_of({"1.2500000000"}), "1.25") << "zeros behind six places say nothing";
}

TEST(DecimalSum, RefusesWhatItCannotHoldAndStaysAsItWas) {
  DecimalSum sum;
  ASSERT_TRUE(sum.add("1.5"));
  for (const char* bad : {"1e3", "abc", "1.2.3", "-", ".", "0.0000001", "99999999999999",
                          "9223372036854775807", "123456789012345678901234567890", " 1"}) {
    EXPECT_FALSE(sum.add(bad)) << bad;
  }
  EXPECT_EQ(sum.text(), "1.5");
}

TEST(DecimalSum, AgreesWithIntegerArithmetic) {
  std::mt19937_64 draw(3);
  DecimalSum sum;
  std::int64_t cents = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto value = static_cast<std::int64_t>(draw() % 2000001) - 1000000;
    cents += value;
    const std::string digits = std::to_string(std::abs(value) + 1000);  // at least four
    const std::string plain =
        std::to_string(std::abs(value) / 100) + "." + digits.substr(digits.size() - 2);
    ASSERT_TRUE(sum.add((value < 0 ? "-" : "") + plain));
  }
  DecimalSum whole;
  for (int i = 0; i < 100; ++i) whole.add(sum.text());
  EXPECT_EQ(whole.text(), std::to_string(cents));
}

}  // namespace
}  // namespace tessera::test
