#include "exchange/families.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

// The person of a letter; x was rejected.
PersonNumber person(char letter) {
  return letter == 'x' || letter == ' ' ? kNobody : letter;
}

// A family whose members are letters: the same letter in any source is one person.
SourceFamily family(std::string source, std::string id, std::string_view people, char head,
                    std::string updated = "") {
  SourceFamily out;
  out.source = std::move(source);
  out.id = std::move(id);
  if (head != ' ') out.head = std::string(1, head);
  out.updated_at = std::move(updated);
  for (const char c : people) {
    out.members.push_back({std::string(1, c), c == head ? "head" : "", person(c)});
  }
  out.head_person = person(head);
  return out;
}

// `head:members(source:id source:id)`, sorted.
std::vector<std::string> linked(const std::vector<SourceFamily>& families) {
  std::vector<std::string> out;
  for (const GoldenFamily& golden : link_families(families)) {
    std::string text;
    if (golden.head != kNobody) text += static_cast<char>(golden.head);
    text += ":";
    for (const GoldenFamily::Member& member : golden.members) {
      text += static_cast<char>(member.person);
    }
    std::vector<std::string> names;
    for (const std::size_t i : golden.groups) {
      names.push_back(families[i].source + families[i].id);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) text += " " + name;
    out.push_back(std::move(text));
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(Families, TwoThatShareMostPersonsAreOne) {
  EXPECT_EQ(linked({family("A", "1", "abc", 'a'), family("B", "7", "bcd", 'b')}),
            (std::vector<std::string>{"a:abcd A1 B7"}));
}

TEST(Families, OnePersonWhoMovedJoinsNothing) {
  EXPECT_EQ(linked({family("A", "1", "abc", 'a'), family("B", "7", "cde", 'd')}),
            (std::vector<std::string>{"a:abc A1", "d:cde B7"}));
}

TEST(Families, APersonAloneGoesToTheFamilyThatHoldsHer) {
  EXPECT_EQ(linked({family("A", "1", "abc", 'a'), family("B", "7", "b", 'b')}),
            (std::vector<std::string>{"a:abc A1 B7"}));
}

TEST(Families, TwoOfOneSourceStayTwoHoweverTheyAreShared) {
  // B's one family overlaps both of A's: it goes to the closer one.
  EXPECT_EQ(linked({family("A", "1", "abc", 'a'), family("A", "2", "def", 'd'),
                    family("B", "7", "abcde", 'a')}),
            (std::vector<std::string>{"a:abcde A1 B7", "d:def A2"}));
}

TEST(Families, AFamilyThatASourceHoldsTwiceIsOne) {
  EXPECT_EQ(linked({family("A", "1", "abc", 'a'), family("A", "2", "abc", 'a')}),
            (std::vector<std::string>{"a:abc A1 A2"}));
}

TEST(Families, TheHeadIsWhomMostNameAndElseTheNewest) {
  EXPECT_EQ(linked({family("A", "1", "ab", 'a'), family("B", "1", "ab", 'b'),
                    family("C", "1", "ab", 'b')})
                .front(),
            "b:ab A1 B1 C1");
  EXPECT_EQ(
      linked({family("A", "1", "ab", 'a', "2020"), family("B", "1", "ab", 'b', "2024")}).front(),
      "b:ab A1 B1");
  EXPECT_EQ(linked({family("A", "1", "ab", ' ')}).front(), ":ab A1");
}

TEST(Families, RolesAreWhatMostSayAndOnlyOneIsHead) {
  SourceFamily one = family("A", "1", "abc", 'a');
  one.members[1].role = "spouse";
  SourceFamily two = family("B", "1", "abc", 'b', "2019");
  two.members[0].role = "parent";
  one.updated_at = "2020";
  const std::vector<SourceFamily> both = {one, two};
  const std::vector<GoldenFamily> golden = link_families(both);
  ASSERT_EQ(golden.size(), 1U);
  ASSERT_EQ(golden[0].members.size(), 3U);
  EXPECT_EQ(golden[0].members[0].role, "head");
  EXPECT_EQ(golden[0].members[1].role, "spouse");
  EXPECT_EQ(golden[0].members[2].role, "");
  EXPECT_EQ(golden[0].members[1].groups, 2U);
}

TEST(Families, RejectedRecordsAreInNoFamily) {
  EXPECT_EQ(linked({family("A", "1", "abx", 'x')}), (std::vector<std::string>{":ab A1"}));
}

TEST(Families, TheOrderOfFamiliesDoesNotMatter) {
  std::vector<SourceFamily> families = {family("A", "1", "abc", 'a'), family("A", "2", "cde", 'c'),
                                        family("B", "1", "abd", 'a'), family("B", "2", "cd", 'd'),
                                        family("C", "1", "abcde", 'e')};
  const std::vector<std::string> first = linked(families);
  std::sort(families.begin(), families.end(),
            [](const SourceFamily& a, const SourceFamily& b) { return a.id < b.id; });
  for (int i = 0; i < 5; ++i) {
    std::rotate(families.begin(), families.begin() + 1, families.end());
    EXPECT_EQ(linked(families), first);
    std::vector<SourceFamily> reversed(families.rbegin(), families.rend());
    EXPECT_EQ(linked(reversed), first);
  }
}

TEST(Families, AnIdStaysAsLongAsItsLeastFamilyDoes) {
  const std::vector<SourceFamily> one = {family("A", "1", "ab", 'a')};
  const std::vector<SourceFamily> two = {family("A", "1", "abc", 'b'), family("B", "1", "ab", 'a')};
  EXPECT_EQ(link_families(one)[0].id, link_families(two)[0].id);
  EXPECT_EQ(link_families(one)[0].id.size(), 17U);
}

TEST(Families, WhoseMembershipEndedIsNoMemberAndAFamilyIsWholeByItsSize) {
  const TemporaryFolder folder;
  const auto person = folder.write("person.csv", "record_id\n");
  EXPECT_FALSE(has_family_files(person));
  folder.write("family.csv", "family_id,head_id,updated_at,size\nf1,1,,2\nf2,3,,2\nf3,4,,\n");
  folder.write("membership.csv",
               "family_id,member_id,role,end\nf1,1,head,\nf1,2,child,\nf1,9,child,2020-01-01\n"
               "f2,3,head,\nf3,4,head,\n");
  EXPECT_TRUE(has_family_files(person));
  const std::vector<SourceFamily> families = read_source_families("a", person);
  ASSERT_EQ(families.size(), 3U);
  EXPECT_EQ(families[0].members.size(), 2U);
  EXPECT_TRUE(families[0].whole);
  EXPECT_FALSE(families[1].whole);  // has a member more than the file lists
  EXPECT_FALSE(families[2].whole);  // does not say
}

TEST(Families, AreReadFromBesideThePersons) {
  const TemporaryFolder folder;
  const auto person = folder.write("person.csv", "record_id\n1\n");
  EXPECT_TRUE(read_source_families("s", person).empty());
  folder.write("family.csv", "family_id,head_id,updated_at\nf1,,2020-01-01\nf0,9,\n");
  folder.write("membership.csv", "family_id,member_id,role\nf1,1,head\nf1,2,child\nf2,3,\n");
  const std::vector<SourceFamily> families = read_source_families("s", person);
  ASSERT_EQ(families.size(), 3U);
  EXPECT_EQ(families[0].head, "9");
  EXPECT_EQ(families[1].head, "1");
  EXPECT_EQ(families[1].members.size(), 2U);
  EXPECT_EQ(families[2].id, "f2");
  EXPECT_TRUE(read_source_families("s", folder.path() / "other.csv").empty());
  folder.write("membership.csv", "family_id,member\nf1,1\n");
  EXPECT_THROW(read_source_families("s", person), Error);
}

}  // namespace
}  // namespace tessera::test
