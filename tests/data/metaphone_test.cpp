#include <gtest/gtest.h>

#include "data/phonetic.hpp"
#include "tests/data/phonetic_vectors.hpp"

namespace tessera {
namespace {

TEST(Metaphone, GivesTheCodesOfTheCases) {
  EXPECT_EQ(test::expect_case_codes("metaphone", metaphone), 6U);
}

TEST(Metaphone, MatchesJellyfishOnFiveThousandNames) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const std::size_t compared =
      test::expect_codes({"oracle/name_phonetics.csv.gz", "name", "metaphone"}, 0, metaphone);
  EXPECT_EQ(compared, 5000U);
}

TEST(Metaphone, MatchesJellyfishsOwnVectors) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"jellyfish/metaphone.csv", "input", "expected"}, 0, metaphone);
}

// Apache cuts at 4, drops S before CE, CI and CY, takes CH in SCH for K, drops an initial or a
// medial H behind G, and is silent on GN before ED.
TEST(Metaphone, MatchesApacheWhereTheVariantsAgree) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"commons_codec/phonetic.csv", "input", "expected", "metaphone"}, 4, metaphone,
                     {{"SCIENCE", "SC before I"},
                      {"SCENE", "SC before E"},
                      {"SCY", "SC before Y"},
                      {"SIGNED", "GNED"},
                      {"GHENT", "GH before a vowel"},
                      {"SCHEDULE", "SCH"},
                      {"SCHEMATIC", "SCH"},
                      {"DISCHARGE", "SCH"},
                      {"WHY", "WH before Y"}});
}

TEST(Metaphone, MatchesTalisman) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  test::expect_codes({"talisman/phonetic.csv", "input", "expected", "metaphone"}, 0, metaphone);
}

}  // namespace
}  // namespace tessera
