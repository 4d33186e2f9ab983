#include "registry/identifier.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tessera {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

bool is_good(const std::string& text) {
  return read_identifier(text).fault.empty();
}

std::string without_hyphens(std::string text) {
  std::erase(text, '-');
  return text;
}

// Σ i · v = 1 + 2 · 1 = 3 for values 1, 1, 0, …: 16 c ≡ −3 ≡ 20, and 13 · 20 = 260 = 11 · 23 + 7.
TEST(Identifier, TheCheckLetterIsTheSumWorkedOut) {
  std::array<std::uint8_t, kIdentifierLength - 1> values{};
  values[0] = 1;
  values[1] = 1;
  EXPECT_EQ(identifier_check(values), 7);
  EXPECT_EQ(identifier_text(values), "4433-3333-3333-333D");
}

TEST(Identifier, NoLookAlikesInTheAlphabet) {
  for (const char letter : std::string("0O1IL2Z5S8BUV")) {
    EXPECT_EQ(kIdentifierLetters.find(letter), std::string_view::npos) << letter;
  }
  EXPECT_EQ(std::set<char>(kIdentifierLetters.begin(), kIdentifierLetters.end()).size(), 23U);
}

// The sum is linear, so a substitution at place i by d ≠ 0 changes it by w_i · d whatever the rest:
// over all places and all pairs of letters this is every case there is.
TEST(Identifier, EverySingleSubstitutionIsCaught) {
  IdentifierDraw draw;
  for (int round = 0; round < 20; ++round) {
    const std::string good = without_hyphens(draw.next());
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (const char other : kIdentifierLetters) {
        std::string bad = good;
        bad[at] = other;
        EXPECT_EQ(is_good(bad), other == good[at]) << "letter " << at;
      }
    }
  }
}

// At each two neighbouring places every two letters, the rest drawn at random.
TEST(Identifier, EveryTranspositionIsCaught) {
  IdentifierDraw draw;
  for (std::size_t low = 0; low < kIdentifierLength; ++low) {
    for (std::size_t high = low + 1; high < kIdentifierLength; ++high) {
      for (unsigned a = 0; a < 23; ++a) {
        for (unsigned b = 0; b < 23; ++b) {
          std::string good = without_hyphens(draw.next());
          // Set both letters, then put the sum right at a third place.
          good[low] = kIdentifierLetters[a];
          good[high] = kIdentifierLetters[b];
          std::size_t third = 0;
          while (third == low || third == high) ++third;
          const auto fits =
              std::any_of(kIdentifierLetters.begin(), kIdentifierLetters.end(), [&](char letter) {
                good[third] = letter;
                return is_good(good);
              });
          ASSERT_TRUE(fits);
          std::string bad = good;
          std::swap(bad[low], bad[high]);
          ASSERT_EQ(is_good(bad), a == b) << low << ' ' << high;
        }
      }
    }
  }
}

TEST(Identifier, DrawnOnesAreGoodAndDiffer) {
  IdentifierDraw draw;
  std::set<std::string> seen;
  for (int i = 0; i < 20'000; ++i) {
    const std::string drawn = draw.next();
    ASSERT_EQ(drawn.size(), kIdentifierLength + 3);
    ASSERT_EQ(read_identifier(drawn).identifier, drawn);
    ASSERT_TRUE(seen.insert(drawn).second);
  }
}

// 20,000 draws of 15 letters: each of the 23 is expected 13,043 times, standard deviation 112.
TEST(Identifier, LettersAreDrawnEvenly) {
  IdentifierDraw draw;
  std::array<int, 23> counts{};
  for (int i = 0; i < 20'000; ++i) {
    const std::string drawn = without_hyphens(draw.next());
    for (std::size_t at = 0; at + 1 < drawn.size(); ++at) {
      ++counts[kIdentifierLetters.find(drawn[at])];
    }
  }
  for (const int count : counts) EXPECT_NEAR(count, 13'043, 8 * 112);
}

TEST(Identifier, ReadsWhatPeopleType) {
  EXPECT_EQ(read_identifier(" 4433 3333-33333 33d").identifier, "4433-3333-3333-333D");
}

TEST(Identifier, SaysWhatIsWrong) {
  EXPECT_THAT(read_identifier("4433-3333-3333-333D").fault, IsEmpty());
  EXPECT_THAT(read_identifier("443").fault, HasSubstr("has 3 letters"));
  EXPECT_THAT(read_identifier("44O3-3333-3333-333D").fault, HasSubstr("letter 3 is O"));
  EXPECT_THAT(read_identifier("4433-3333-3333-33é").fault, HasSubstr("neither a letter"));
  EXPECT_THAT(read_identifier("4433-3333-3333-333C").fault, HasSubstr("check letter"));
}

}  // namespace
}  // namespace tessera
