#include <gtest/gtest.h>

#include "data/phonetic.hpp"
#include "tests/data/phonetic_vectors.hpp"

namespace tessera {
namespace {

/// The second reading as other libraries give it: the first where there is no other.
std::string alternate_of(const DoubleMetaphone& code) {
  return code.alternate.empty() ? code.primary : code.alternate;
}

TEST(DoubleMetaphone, GivesTheCodesOfTheCases) {
  const auto both = [](const std::string& name) {
    const DoubleMetaphone code = double_metaphone(name);
    return code.alternate.empty() ? code.primary : code.primary + "|" + code.alternate;
  };
  EXPECT_EQ(test::expect_case_codes("double_metaphone", both), 10U);
}

TEST(DoubleMetaphone, MatchesAPortOfTheOriginalOnFiveThousandNames) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const std::string file = "oracle/name_phonetics.csv.gz";
  const std::size_t compared =
      test::expect_codes({file, "name", "double_metaphone_primary"}, 0,
                         [](const std::string& name) { return double_metaphone(name).primary; });
  EXPECT_EQ(compared, 5000U);
  test::expect_codes({file, "name", "double_metaphone_alternate"}, 0,
                     [](const std::string& name) { return alternate_of(double_metaphone(name)); });
}

TEST(DoubleMetaphone, MatchesApacheAndTalismanCutAtFour) {
  TESSERA_SKIP_WITHOUT_VECTORS();
  const auto primary = [](const std::string& name) { return double_metaphone(name, 4).primary; };
  const auto alternate = [](const std::string& name) {
    return alternate_of(double_metaphone(name, 4));
  };
  for (const std::string file : {"commons_codec/phonetic.csv", "talisman/phonetic.csv"}) {
    const std::string variant = file.starts_with("commons") ? "both" : "";
    const std::size_t compared =
        test::expect_codes({file, "input", "expected", "double_metaphone", variant}, 0, primary);
    EXPECT_GT(compared, 100U) << file;
    test::expect_codes({file, "input", "expected_alternate", "double_metaphone", variant}, 0,
                       alternate);
  }
  test::expect_codes(
      {"commons_codec/phonetic.csv", "input", "expected", "double_metaphone", "primary"}, 0,
      primary);
}

TEST(DoubleMetaphone, HasNoAlternateOnceTheCutMakesBothEqual) {
  const DoubleMetaphone uncut = double_metaphone("françois");
  EXPECT_EQ(uncut.primary, "FRNS");
  EXPECT_EQ(uncut.alternate, "FRNSS");
  const DoubleMetaphone cut = double_metaphone("françois", 4);
  EXPECT_EQ(cut.primary, "FRNS");
  EXPECT_EQ(cut.alternate, "");
}

}  // namespace
}  // namespace tessera
