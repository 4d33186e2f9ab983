#include "generate/population_rates.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(Clerks, SharesAndHasteWeighOutToOne) {
  double shares = 0;
  double haste = 0;
  for (const ClerkQuality& clerk : kClerks) {
    shares += clerk.share_percent;
    haste += clerk.share_percent / 100.0 * clerk.factor;
  }
  EXPECT_EQ(shares, 100);
  EXPECT_NEAR(haste, 1, 1e-9);
}

TEST(RegistryRates, RatesTimesHasteStayProbabilities) {
  for (const RegistryRates& rates : kRates) {
    const double hastiest = kClerks.back().factor;
    for (const double rate :
         {rates.typo, rates.ocr, rates.phonetic, rates.initial, rates.date_digit, rates.year_off,
          rates.village_wrong, rates.names_swapped * 3}) {
      EXPECT_GE(rate, 0);
      EXPECT_LT(rate * hastiest, 1);
    }
  }
}

}  // namespace
}  // namespace tessera
