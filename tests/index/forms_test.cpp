#include "index/forms.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace tessera {
namespace {

bool share(Kind kind, const std::string& a, const std::string& b, FormKind of) {
  const std::vector<Form> left = forms_of(kind, a);
  const std::vector<Form> right = forms_of(kind, b);
  return std::any_of(left.begin(), left.end(), [&](const Form& form) {
    return form.kind == of && std::binary_search(right.begin(), right.end(), form);
  });
}

// All words of `letters` up to a length.
std::vector<std::string> all_words(const std::string& letters, std::size_t longest) {
  std::vector<std::string> words{""};
  for (std::size_t begin = 0, length = 1; length <= longest; ++length) {
    const std::size_t end = words.size();
    for (; begin < end; ++begin) {
      for (const char c : letters) words.push_back(words[begin] + c);
    }
  }
  words.erase(words.begin());
  return words;
}

// What one inserted, left out, replaced or transposed letter makes of a word, by definition.
std::set<std::string> one_edit_away(const std::string& word, const std::string& letters) {
  std::set<std::string> made;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    for (const char c : letters) {
      made.insert(word.substr(0, i) + c + word.substr(i));
      if (i < word.size()) made.insert(word.substr(0, i) + c + word.substr(i + 1));
    }
    if (i < word.size()) made.insert(word.substr(0, i) + word.substr(i + 1));
    if (i + 1 < word.size()) {
      std::string swapped = word;
      std::swap(swapped[i], swapped[i + 1]);
      made.insert(swapped);
    }
  }
  made.erase("");
  return made;
}

TEST(OneLess, FindsEveryWordOneEditAway) {
  const std::string letters = "abc";
  for (const std::string& word : all_words(letters, 5)) {
    for (const std::string& other : one_edit_away(word, letters)) {
      ASSERT_TRUE(share(Kind::kName, word, other, FormKind::kOneLess)) << word << " " << other;
    }
  }
}

TEST(OneLess, FindsEveryEditOfALongWordAndNumber) {
  for (const std::string& other : one_edit_away("nakalembe", "ax")) {
    ASSERT_TRUE(share(Kind::kName, "nakalembe", other, FormKind::kOneLess)) << other;
  }
  for (const std::string& other : one_edit_away("CM7700123", "07")) {
    ASSERT_TRUE(share(Kind::kIdentifier, "CM7700123", other, FormKind::kOneLess)) << other;
  }
}

// By definition: two words share a one-less form if one leaves the other, or a third both.
bool share_by_definition(const std::string& a, const std::string& b) {
  const auto less = [](const std::string& word) {
    std::set<std::string> all{word};
    for (std::size_t i = 0; i < word.size(); ++i)
      all.insert(word.substr(0, i) + word.substr(i + 1));
    return all;
  };
  const std::set<std::string> left = less(a);
  const std::set<std::string> right = less(b);
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& form) { return right.contains(form); });
}

TEST(OneLess, SharesNoMoreThanTheDefinitionSays) {
  const std::vector<std::string> words = all_words("ab", 5);
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      ASSERT_EQ(share(Kind::kIdentifier, a, b, FormKind::kOneLess), share_by_definition(a, b))
          << a << " " << b;
    }
  }
}

TEST(OneLess, LeavesOutCodePointsAndNotBytes) {
  EXPECT_TRUE(share(Kind::kName, "müller", "mller", FormKind::kOneLess));
  EXPECT_TRUE(share(Kind::kName, "ከበደ", "ከደ", FormKind::kOneLess));
  EXPECT_FALSE(share(Kind::kName, "ከበደ", "ደ", FormKind::kOneLess));
}

TEST(OneLess, OfVeryLongWordsOnlyTheWhole) {
  const std::string word(kLongestWithOneLess + 1, 'a');
  EXPECT_EQ(forms_of(Kind::kEmail, word).size(), 1U);
}

TEST(Sounds, AreOfNamesAndPlacesAlone) {
  EXPECT_TRUE(share(Kind::kName, "stephen", "stiven", FormKind::kSound));
  EXPECT_TRUE(share(Kind::kPlace, "kampala", "campala", FormKind::kSound));
  EXPECT_FALSE(share(Kind::kEmail, "stephen", "stiven", FormKind::kSound));
}

TEST(Skeletons, BringScriptsWithoutVowelsTogether) {
  EXPECT_TRUE(share(Kind::kName, "mhmd", "mohamed", FormKind::kSkeleton));
  EXPECT_TRUE(share(Kind::kName, "muhammad", "mohamed", FormKind::kSkeleton));
  EXPECT_FALSE(share(Kind::kName, "mahmud", "ahmad", FormKind::kSkeleton));
}

TEST(DateForms, AreTwoPartsOfThree) {
  const auto near = [](const char* a, const char* b, FormKind of) {
    return share(Kind::kDate, a, b, of);
  };
  EXPECT_TRUE(near("1990-04-05", "1990-04-15", FormKind::kYearMonth));
  EXPECT_TRUE(near("1990-04-05", "1990-07-05", FormKind::kYearDay));
  EXPECT_TRUE(near("1990-04-05", "1909-04-05", FormKind::kMonthDay));
  EXPECT_TRUE(near("1990-04-05", "1990-05-04", FormKind::kDayMonth));
  EXPECT_TRUE(near("1990-04-05", "1990", FormKind::kYear));
  EXPECT_FALSE(near("1990-04-05", "1990-05-06", FormKind::kDayMonth));
  EXPECT_FALSE(near("1990-04-05", "1991-04-06", FormKind::kYearMonth));
}

TEST(Tails, MeetWithAndWithoutACountry) {
  EXPECT_TRUE(share(Kind::kPhone, "256772123456", "0772123456", FormKind::kTail));
  EXPECT_FALSE(share(Kind::kPhone, "256772123456", "256772123457", FormKind::kTail));
}

TEST(FormsOf, AreSortedAndDistinct) {
  for (const Kind kind : {Kind::kName, Kind::kDate, Kind::kPhone, Kind::kSex, Kind::kGeo}) {
    const std::vector<Form> forms = forms_of(kind, kind == Kind::kDate ? "1990-04-04" : "aabbccdd");
    EXPECT_TRUE(std::is_sorted(forms.begin(), forms.end()));
    EXPECT_EQ(std::adjacent_find(forms.begin(), forms.end()), forms.end());
    EXPECT_FALSE(forms.empty());
    EXPECT_TRUE(forms_of(kind, "").empty());
  }
}

}  // namespace
}  // namespace tessera
