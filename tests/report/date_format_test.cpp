#include "report/date_format.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(DateFormat, NamesTheForm) {
  const std::pair<const char*, const char*> kCases[] = {
      {"1990-04-05", "yyyy-mm-dd"},
      {"1990/4/5", "yyyy/mm/dd"},
      {"19900405", "yyyymmdd"},
      {"1990", "yyyy"},
      {"1990-04", "yyyy-mm"},
      {"04/1990", "mm/yyyy"},
      {"25/04/1990", "dd/mm/yyyy"},
      {"5/25/1990", "mm/dd/yyyy"},
      {"05.04.1990", "nn.nn.yyyy"},
      {"25.4.90", "dd.mm.yy"},
      {"05-Apr-1990", "dd-mon-yyyy"},
      {"5 avril 1990", "dd mon yyyy"},
      {"1990-04-05T00:00:00", "yyyy-mm-dd and time"},
      {"1990-04-05 12:30", "yyyy-mm-dd and time"},
      {"२५/०४/१९९०", "dd/mm/yyyy"},  // Devanagari digits
      {"32874", "other"},
      {"unknown", "other"},
      {"", "other"},
      {"1/2/3/4", "other"},
      {"999999999999999999999/1/1990", "other"},
      {":", "other"},
  };
  for (const auto& [text, format] : kCases) EXPECT_EQ(date_format(text), format) << text;
}

}  // namespace
}  // namespace tessera
