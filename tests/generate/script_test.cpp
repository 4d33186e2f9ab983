#include "generate/script.hpp"

#include <gtest/gtest.h>

#include <map>

#include "data/unicode.hpp"
#include "generate/names.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

const std::map<std::string, Script> kScripts = {
    {"none", Script::kNone},         {"devanagari", Script::kDevanagari},
    {"bengali", Script::kBengali},   {"khmer", Script::kKhmer},
    {"ethiopic", Script::kEthiopic}, {"arabic", Script::kArabic},
    {"cyrillic", Script::kCyrillic}};

TEST(WriteInScript, FollowsTheTable) {
  for (const auto& row : test::read_cases("native_script.tsv")) {
    ASSERT_EQ(row.size(), 4U);
    EXPECT_EQ(write_in_script(row[0], kScripts.at(row[1])), row[2]) << row[0] << ": " << row[3];
  }
}

TEST(WriteInScript, LeavesNoLatinLetterInAnyName) {
  const NameBook book;
  for (std::size_t c = 0; c < kCultures; ++c) {
    const CultureNames& culture = book[static_cast<Culture>(c)];
    if (culture.spec.script == Script::kNone) continue;
    for (const NamePool* pool : {&culture.male, &culture.female, &culture.family}) {
      for (std::size_t i = 0; i < pool->size(); i += 7) {
        const std::string written = write_in_script((*pool)[i], culture.spec.script);
        ASSERT_TRUE(is_utf8(written));
        ASSERT_FALSE(written.empty()) << (*pool)[i];
        for (const char32_t letter : decode_utf8(written)) {
          ASSERT_TRUE(letter >= 0x400 || letter == U' ') << (*pool)[i] << " → " << written;
        }
      }
    }
  }
}

TEST(WithoutDiacritics, KeepsCaseAndPlainLetters) {
  EXPECT_EQ(without_diacritics("Aïssatou Élisabeth N'Diaye"), "Aissatou Elisabeth N'Diaye");
  EXPECT_EQ(without_diacritics("Çiğ"), "Ciğ");  // what the names do not hold stays
  EXPECT_EQ(without_diacritics("कृष्ण"), "कृष्ण");
}

}  // namespace
}  // namespace tessera
