#include "exchange/import.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "exchange/record.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

void person(Import& import, std::string_view id, std::string_view name, std::string_view updated,
            std::string_view phone = "") {
  Record row(import, CanonicalTable::kPerson, id);
  row.set("family_name", name, "t");
  row.set("updated_at", updated, "t");
  row.set("phone", phone, "t");
  row.add();
}

TEST(Import, TheNewestOfSeveralRowsStandsAndNothingOfTheOthersIsLost) {
  Import import;
  person(import, "p1", "Old", "2020-01-01", "111");
  person(import, "p1", "New", "2021-01-01");
  import.finish();
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson),
            std::vector<std::string>{
                "record_id=p1 | family_name=New | phone=111 | updated_at=2021-01-01"});
  const std::vector<std::string> details = table_lines(import, CanonicalTable::kDetail);
  ASSERT_EQ(details.size(), 2U);
  EXPECT_NE(details[0].find("name=family_name | value=Old"), std::string::npos);
  EXPECT_EQ(import.remarks().at("rows of one person made one"), 1U);
}

TEST(Import, EqualRowsAreOneWithoutARemark) {
  Import import;
  person(import, "p1", "A", "");
  person(import, "p1", "A", "");
  import.finish();
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), 1U);
  EXPECT_TRUE(import.remarks().empty());
}

TEST(Import, TheOrderOfRowsDoesNotMatter) {
  struct Row {
    const char *id, *name, *updated;
  };
  std::vector<Row> rows = {{"p2", "B", "2020-01-01"},
                           {"p1", "A", ""},
                           {"p2", "C", "2022-01-01"},
                           {"p2", "D", "2022-01-01"},
                           {"p3", "E", "2020-01-01"}};
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.name[0] < b.name[0]; });
  std::string first;
  do {
    Import import;
    for (const Row& row : rows) person(import, row.id, row.name, row.updated);
    import.finish();
    const std::string text = import_text(import);
    if (first.empty()) first = text;
    ASSERT_EQ(text, first);
  } while (std::next_permutation(rows.begin(), rows.end(),
                                 [](const Row& a, const Row& b) { return a.name[0] < b.name[0]; }));
}

TEST(Import, AFamilyGetsTheHeadThatAMemberTells) {
  Import import;
  Record(import, CanonicalTable::kFamily, "f1").add();
  add_membership(import, "f1", "p1", "", "t");
  add_membership(import, "f1", "p2", "HEAD", "t");
  add_membership(import, "f1", "p1", "child", "t");  // the role comes from elsewhere
  add_membership(import, "", "p1", "child", "t");
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kFamily, "f1", "head_id"), "p2");
  EXPECT_EQ(table_lines(import, CanonicalTable::kMembership),
            (std::vector<std::string>{"family_id=f1 | member_id=p1 | role=child",
                                      "family_id=f1 | member_id=p2 | role=head"}));
}

TEST(Import, ARelationFindsTheRecordBehindAnIdentifierIfThereIsOne) {
  Import import;
  const auto holds = [&](const char* id, const char* value) {
    IdentifierFacts facts;
    facts.owner_id = id;
    facts.code = "UIN";
    facts.value = value;
    add_identifier(import, facts, nullptr);
  };
  holds("mother", "1");
  holds("a", "2");
  holds("b", "2");
  for (const char* value : {"1", "2", "3"}) {
    RelationFacts facts;
    facts.record_id = std::string("child") + value;
    facts.relation = "mother";
    facts.related_code = "UIN";
    facts.related_identifier = value;
    add_relation(import, facts);
  }
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "child1", "related_id"), "mother");
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "child2", "related_id"), "");  // of two
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "child3", "related_id"), "");  // of none yet
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "child3", "related_identifier"), "3");
}

TEST(Import, AReferenceByAnIdentifierLeadsToItsRecord) {
  Import import;
  person(import, "uuid-1", "A", "");
  person(import, "uuid-2", "B", "");
  for (const auto& [owner, value] : {std::pair<const char*, const char*>{"uuid-1", "0709"},
                                     {"uuid-1", "both"},
                                     {"uuid-2", "both"}}) {
    IdentifierFacts facts;
    facts.owner_id = owner;
    facts.code = "CHFID";
    facts.value = value;
    add_identifier(import, facts, nullptr);
  }
  for (const char* patient : {"0709", "both", "uuid-2", "unknown"}) {
    Record claim(import, CanonicalTable::kClaim, std::string("claim-") + patient);
    claim.set("patient_id", patient, "t");
    claim.add();
  }
  import.finish();
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "claim-0709", "patient_id"), "uuid-1");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "claim-both", "patient_id"), "both");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "claim-uuid-2", "patient_id"), "uuid-2");
  EXPECT_EQ(cell(import, CanonicalTable::kClaim, "claim-unknown", "patient_id"), "unknown");
  EXPECT_EQ(import.remarks().at("references by an identifier led to their record"), 1U);
}

TEST(Import, ARowUnpacksToItsTexts) {
  EXPECT_EQ(unpack_row("a\x1f\x1f"
                       "b"),
            (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(unpack_row(""), std::vector<std::string_view>{""});
}

}  // namespace
}  // namespace tessera::test
