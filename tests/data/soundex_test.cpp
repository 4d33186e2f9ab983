#include <gtest/gtest.h>

#include "data/phonetic.hpp"
#include "tests/data/phonetic_vectors.hpp"

namespace tessera {
namespace {

TEST(Soundex, GivesTheCodesOfTheCases) {
  EXPECT_EQ(test::expect_case_codes("soundex", soundex), 12U);
}

TEST(Soundex, MatchesJellyfishOnFiveThousandNames) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const std::size_t compared =
      test::expect_codes({"oracle/name_phonetics.csv.gz", "name", "soundex"}, 0, soundex);
  EXPECT_EQ(compared, 5000U);
}

TEST(Soundex, MatchesJellyfishsOwnVectors) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"jellyfish/soundex.csv", "input", "expected"}, 0, soundex,
                     {{"¿", "a name without a letter has no code here"}});
}

TEST(Soundex, MatchesApache) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const std::size_t compared =
      test::expect_codes({"commons_codec/phonetic.csv", "input", "expected", "soundex"}, 0, soundex,
                         {{"é", "Apache has no code for it; folded it is E"},
                          {"ö", "Apache has no code for it; folded it is O"}});
  EXPECT_EQ(compared, 147U);
}

TEST(Soundex, MatchesTalisman) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"talisman/phonetic.csv", "input", "expected", "soundex"}, 0, soundex);
}

}  // namespace
}  // namespace tessera
