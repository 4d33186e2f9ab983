#include "engine/did_you_mean.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace tessera {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"date", "name", "phone", "postcode"};

std::string meant(std::string_view word) {
  return did_you_mean(word, std::span<const std::string_view>(kKinds)).value_or("");
}

TEST(DidYouMean, FindsOneSlipOfThePen) {
  EXPECT_EQ(meant("dat"), "date");
  EXPECT_EQ(meant("naem"), "name");  // neighbours exchanged: one edit
  EXPECT_EQ(meant("PHONE"), "phone");
  EXPECT_EQ(meant("post_code"), "postcode");
}

TEST(DidYouMean, SaysNothingOfWordsFarAway) {
  EXPECT_EQ(meant("household"), "");
  EXPECT_EQ(meant(""), "");
}

TEST(DidYouMean, TheFirstOfEqualsWins) {
  const std::vector<std::string> names = {"abcx", "abcy"};
  EXPECT_EQ(did_you_mean("abcz", std::span<const std::string>(names)), "abcx");
}

TEST(DidYouMean, CountsCodePointsOfAnyScript) {
  const std::vector<std::string> names = {"ইংরেজি", "নাম"};
  EXPECT_EQ(did_you_mean("নাাম", std::span<const std::string>(names)), "নাম");
}

TEST(DidYouMean, EndsASentence) {
  EXPECT_EQ(did_you_mean_text("dat", std::span<const std::string_view>(kKinds)),
            "; did you mean \"date\"?");
  EXPECT_EQ(did_you_mean_text("household", std::span<const std::string_view>(kKinds)), "");
}

}  // namespace
}  // namespace tessera
