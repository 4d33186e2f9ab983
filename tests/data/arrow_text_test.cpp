#include "data/arrow_text.hpp"

#include <arrow/api.h>
#include <arrow/extension/uuid.h>
#include <gtest/gtest.h>

#include <limits>

namespace tessera {
namespace {

std::string text_of(const std::shared_ptr<arrow::Array>& array, std::int64_t row = 0) {
  EXPECT_TRUE(has_text_form(*array->type())) << array->type()->ToString();
  std::string text;
  append_arrow_text(*array, row, text);
  return text;
}

template <typename Builder, typename Value>
std::shared_ptr<arrow::Array> array_of(Builder&& builder, Value value) {
  EXPECT_TRUE(builder.Append(value).ok());
  EXPECT_TRUE(builder.AppendNull().ok());
  return builder.Finish().ValueOrDie();
}

template <typename Builder, typename Value>
std::string one(Value value) {
  const auto array = array_of(Builder(), value);
  EXPECT_EQ(text_of(array, 1), "") << "null is empty";
  return text_of(array);
}

std::string timestamp(arrow::TimeUnit::type unit, const std::string& zone, std::int64_t value) {
  return text_of(array_of(
      arrow::TimestampBuilder(arrow::timestamp(unit, zone), arrow::default_memory_pool()), value));
}

TEST(ArrowText, NumbersArePlain) {
  EXPECT_EQ(one<arrow::Int8Builder>(std::int8_t{-128}), "-128");
  EXPECT_EQ(one<arrow::Int16Builder>(std::int16_t{-32768}), "-32768");
  EXPECT_EQ(one<arrow::Int32Builder>(7), "7");
  EXPECT_EQ(one<arrow::Int64Builder>(std::numeric_limits<std::int64_t>::min()),
            "-9223372036854775808");
  EXPECT_EQ(one<arrow::UInt8Builder>(std::uint8_t{255}), "255");
  EXPECT_EQ(one<arrow::UInt16Builder>(std::uint16_t{65535}), "65535");
  EXPECT_EQ(one<arrow::UInt32Builder>(4294967295U), "4294967295");
  EXPECT_EQ(one<arrow::UInt64Builder>(18446744073709551615ULL), "18446744073709551615");
  EXPECT_EQ(one<arrow::BooleanBuilder>(true), "true");
  EXPECT_EQ(one<arrow::BooleanBuilder>(false), "false");
}

TEST(ArrowText, FloatingPointIsShortest) {
  EXPECT_EQ(one<arrow::DoubleBuilder>(0.1), "0.1");
  EXPECT_EQ(one<arrow::FloatBuilder>(0.1F), "0.1");
  EXPECT_EQ(one<arrow::DoubleBuilder>(1990.0), "1990");
  EXPECT_EQ(one<arrow::DoubleBuilder>(254700000000.0), "254700000000");
  EXPECT_EQ(one<arrow::DoubleBuilder>(1e300), "1e+300");
  EXPECT_EQ(one<arrow::DoubleBuilder>(-0.0), "0");
  EXPECT_EQ(one<arrow::DoubleBuilder>(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(one<arrow::HalfFloatBuilder>(std::uint16_t{0x3E00}), "1.5");
}

TEST(ArrowText, DatesAndTimesAreIso) {
  EXPECT_EQ(one<arrow::Date32Builder>(0), "1970-01-01");
  EXPECT_EQ(one<arrow::Date32Builder>(-1), "1969-12-31");
  EXPECT_EQ(one<arrow::Date32Builder>(11016), "2000-02-29");
  EXPECT_EQ(one<arrow::Date32Builder>(-719528), "0000-01-01");
  EXPECT_EQ(one<arrow::Date64Builder>(11016LL * 86'400'000), "2000-02-29");
  EXPECT_EQ(timestamp(arrow::TimeUnit::SECOND, "", 0), "1970-01-01");
  EXPECT_EQ(timestamp(arrow::TimeUnit::SECOND, "", -1), "1969-12-31T23:59:59");
  EXPECT_EQ(timestamp(arrow::TimeUnit::MILLI, "UTC", 1500), "1970-01-01T00:00:01.5Z");
  EXPECT_EQ(timestamp(arrow::TimeUnit::MICRO, "", 86'400'000'001LL), "1970-01-02T00:00:00.000001");
  EXPECT_EQ(timestamp(arrow::TimeUnit::NANO, "", 951'782'400'000'000'000LL), "2000-02-29");
  EXPECT_EQ(text_of(array_of(arrow::Time32Builder(arrow::time32(arrow::TimeUnit::SECOND),
                                                  arrow::default_memory_pool()),
                             30'600)),
            "08:30:00");
  EXPECT_EQ(text_of(array_of(arrow::Time64Builder(arrow::time64(arrow::TimeUnit::MICRO),
                                                  arrow::default_memory_pool()),
                             1'250'000)),
            "00:00:01.25");
}

TEST(ArrowText, DatesOutsideAllCalendarsAreEmpty) {
  EXPECT_EQ(one<arrow::Date32Builder>(std::numeric_limits<std::int32_t>::max()), "");
  EXPECT_EQ(one<arrow::Date32Builder>(std::numeric_limits<std::int32_t>::min()), "");
}

TEST(ArrowText, TextsComeAsTheyAre) {
  EXPECT_EQ(one<arrow::StringBuilder>("Rémy"), "Rémy");
  EXPECT_EQ(one<arrow::LargeStringBuilder>("Ada"), "Ada");
  EXPECT_EQ(one<arrow::StringViewBuilder>("a text longer than twelve bytes"),
            "a text longer than twelve bytes");
  EXPECT_EQ(one<arrow::BinaryBuilder>("Ada"), "Ada");
  EXPECT_EQ(one<arrow::LargeBinaryBuilder>("Ada"), "Ada");
  EXPECT_EQ(text_of(array_of(arrow::FixedSizeBinaryBuilder(arrow::fixed_size_binary(3)), "Ada")),
            "Ada");
  EXPECT_EQ(text_of(std::make_shared<arrow::NullArray>(2)), "");
}

TEST(ArrowText, DecimalsKeepTheirPlaces) {
  EXPECT_EQ(
      text_of(array_of(arrow::Decimal128Builder(arrow::decimal128(10, 2)), arrow::Decimal128(150))),
      "1.50");
  EXPECT_EQ(
      text_of(array_of(arrow::Decimal256Builder(arrow::decimal256(40, 1)), arrow::Decimal256(-15))),
      "-1.5");
}

TEST(ArrowText, DictionariesGiveTheirValues) {
  arrow::StringDictionaryBuilder builder;
  for (const char* text : {"f", "m", "f"}) ASSERT_TRUE(builder.Append(text).ok());
  const auto array = builder.Finish().ValueOrDie();
  EXPECT_EQ(text_of(array, 1), "m");
  EXPECT_EQ(text_of(array, 2), "f");
}

TEST(ArrowText, ListsAreJoined) {
  const auto values = std::make_shared<arrow::StringBuilder>();
  arrow::ListBuilder builder(arrow::default_memory_pool(), values);
  ASSERT_TRUE(builder.Append().ok());
  ASSERT_TRUE(values->AppendValues({"", "a", "b"}).ok());
  ASSERT_TRUE(values->AppendNull().ok());
  ASSERT_TRUE(values->Append("c").ok());
  ASSERT_TRUE(builder.AppendEmptyValue().ok());
  ASSERT_TRUE(builder.Append().ok());
  ASSERT_TRUE(values->Append("d").ok());
  const auto array = builder.Finish().ValueOrDie();
  EXPECT_EQ(text_of(array, 0), "a|b|c");
  EXPECT_EQ(text_of(array, 1), "");
  EXPECT_EQ(text_of(array, 2), "d");
  EXPECT_EQ(text_of(array->Slice(2), 0), "d");
}

TEST(ArrowText, UuidsHaveTheirUsualForm) {
  const auto storage = array_of(arrow::FixedSizeBinaryBuilder(arrow::fixed_size_binary(16)),
                                "\x12\x34\x56\x78\x9a\xbc\xde\xf0\x11\x22\x33\x44\x55\x66\x77\x88");
  EXPECT_EQ(text_of(arrow::ExtensionType::WrapArray(arrow::extension::uuid(), storage)),
            "12345678-9abc-def0-1122-334455667788");
}

TEST(ArrowText, TypesWithoutTextAreTold) {
  EXPECT_FALSE(has_text_form(*arrow::duration(arrow::TimeUnit::SECOND)));
  EXPECT_FALSE(has_text_form(*arrow::map(arrow::utf8(), arrow::utf8())));
  EXPECT_FALSE(has_text_form(*arrow::list(arrow::list(arrow::utf8()))));
  EXPECT_FALSE(has_text_form(*arrow::struct_({arrow::field("a", arrow::utf8())})));
  EXPECT_FALSE(has_text_form(*arrow::month_interval()));
}

}  // namespace
}  // namespace tessera
