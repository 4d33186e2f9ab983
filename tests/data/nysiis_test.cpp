#include <gtest/gtest.h>

#include "data/phonetic.hpp"
#include "tests/data/phonetic_vectors.hpp"

namespace tessera {
namespace {

TEST(Nysiis, GivesTheCodesOfTheCases) {
  EXPECT_EQ(test::expect_case_codes("nysiis", nysiis), 7U);
}

TEST(Nysiis, MatchesJellyfishOnFiveThousandNames) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const std::size_t compared =
      test::expect_codes({"oracle/name_phonetics.csv.gz", "name", "nysiis_full"}, 0, nysiis);
  EXPECT_EQ(compared, 5000U);
}

TEST(Nysiis, MatchesJellyfishsOwnVectors) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"jellyfish/nysiis.csv", "input", "expected"}, 0, nysiis,
                     {{"ç", "jellyfish keeps it as Ç; folded it is C"}});
}

// Apache reads a W or H behind a vowel as A and drops it behind an A; and SCH inside as SSS, of
// which doubles go. jellyfish, and so this, keeps the vowel itself and both S.
TEST(Nysiis, MatchesApacheWhereTheVariantsAgree) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes(
      {"commons_codec/phonetic.csv", "input", "expected", "nysiis", "full"}, 0, nysiis,
      {{"HEITSCHMIDT", "SCH after T"}, {"BOWMAN", "W after O"}, {"DEUTSCH", "SCH after T"}});
  test::expect_codes({"commons_codec/phonetic.csv", "input", "expected", "nysiis", "strict6"}, 6,
                     nysiis, {{"Brown", "W after O"}, {"Ohlo", "H after O"}});
}

TEST(Nysiis, MatchesTalismanWhereTheVariantsAgree) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"talisman/phonetic.csv", "input", "expected", "nysiis"}, 0, nysiis,
                     {{"Andrew", "W after E at the end"},
                      {"Awale", "W after A, which is then a double"},
                      {"Aegir", "a vowel after the first letter A, which is then a double"},
                      {"Philbert", "Talisman does not read FF as one F"},
                      {"ANANND", "Talisman reads NND as one"}});
}

}  // namespace
}  // namespace tessera
