#include "engine/propose_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/invented_files.hpp"

namespace tessera::test {
namespace {

using testing::Contains;
using testing::Each;
using testing::Not;
using testing::StartsWith;

std::vector<ProposedRule> rules_for(const std::vector<SampledFile>& files, std::uint64_t records,
                                    const RuleLimits& limits = {}) {
  const ColumnMapping mapping = map_columns(files);
  std::vector<AttributeSpec> specs;
  for (const MappedAttribute& attribute : mapping.attributes) specs.push_back(attribute.spec);
  const Table table = sample_table(files, mapping.sources, specs);
  RuleCosts costs(table, records);
  return propose_rules(mapping.attributes, mapping.has_person, costs, limits);
}

std::vector<std::string> texts(const std::vector<ProposedRule>& rules) {
  std::vector<std::string> all;
  for (const ProposedRule& rule : rules) all.push_back(rule.rule.text);
  return all;
}

const Columns kPeople = {{"record_id", "key"},   {"first_name", "given"}, {"surname", "family"},
                         {"dob", "iso"},         {"sex", "sex"},          {"phone", "phone"},
                         {"national_id", "nid"}, {"village", "village"}};

TEST(ProposeRules, NumbersAndBirthDatesComeFirst) {
  const std::vector<std::string> rules = texts(rules_for({invented_file(kPeople, 2000)}, 2000));
  ASSERT_GE(rules.size(), 5U);
  EXPECT_EQ(rules[0], "national_id");
  EXPECT_EQ(rules[1], "phone");
  EXPECT_EQ(rules[2], "birth_date");
}

TEST(ProposeRules, FewRecordsAllowBroadRules) {
  EXPECT_THAT(texts(rules_for({invented_file(kPeople, 2000)}, 2000)),
              Contains("soundex(family_name)"));
}

TEST(ProposeRules, ManyRecordsSharpenThem) {
  const std::vector<std::string> rules = texts(rules_for({invented_file(kPeople, 2000)}, 200000));
  EXPECT_THAT(rules, Not(Contains("soundex(family_name)")));
  EXPECT_THAT(rules, Contains(StartsWith("soundex(family_name) + ")));
}

TEST(ProposeRules, StayWithinTheirLimits) {
  const RuleLimits limits{20.0, 50.0};
  for (const std::uint64_t records : {std::uint64_t{2000}, std::uint64_t{1000000}}) {
    double total = 0.0;
    for (const ProposedRule& rule : rules_for({invented_file(kPeople, 2000)}, records, limits)) {
      EXPECT_LE(rule.pairs_per_record, limits.pairs_per_record) << rule.rule.text;
      total += rule.pairs_per_record;
    }
    EXPECT_LE(total, limits.total_pairs_per_record);
  }
}

TEST(ProposeRules, ManySharpRulesFindRoomWhereRecordsAreMany) {
  const std::vector<ProposedRule> rules =
      rules_for({invented_file(kPeople, 2000)}, 1'000'000, {2.5, 30.0});
  EXPECT_GE(rules.size(), 8U);
  EXPECT_THAT(texts(rules), Contains("birth_date + village"));
  EXPECT_THAT(texts(rules), Contains(StartsWith("birth_date + sounds(")));
  for (const ProposedRule& rule : rules) {
    EXPECT_LE(rule.rule.parts.size(), 4U) << rule.rule.text;
  }
}

TEST(ProposeRules, WhatOneOfSeveralSourcesHasMakesNoRule) {
  Columns without_phone = kPeople;
  std::erase_if(without_phone, [](const auto& column) { return column.first == "phone"; });
  SampledFile other = invented_file(without_phone, 2000);
  other.source.name = "other";
  EXPECT_THAT(texts(rules_for({invented_file(kPeople, 2000), other}, 4000)),
              Not(Contains(testing::HasSubstr("phone"))));
}

TEST(ProposeRules, ADistrictStandsInForACity) {
  Columns people = kPeople;
  people.back() = {"district", "village"};
  EXPECT_THAT(texts(rules_for({invented_file(people, 2000)}, 1'000'000, {2.5, 30.0})),
              Contains(StartsWith("district + ")));
}

TEST(ProposeRules, NoRuleRepeatsABroaderOne) {
  const std::vector<std::string> rules = texts(rules_for({invented_file(kPeople, 2000)}, 2000));
  for (const std::string& rule : rules) {
    if (rule != "birth_date") {
      EXPECT_THAT(rule, Not(StartsWith("birth_date")));
    }
    if (rule != "soundex(family_name)") {
      EXPECT_EQ(rule.find("soundex(family_name)"), std::string::npos) << rule;
    }
  }
}

// People whose names are written in nine letters of a script.
std::vector<std::string> rules_of_script(const std::vector<std::string>& letters) {
  SampledFile file = invented_file(kPeople, 2000);
  for (std::size_t i = 0; i < file.sample.rows.size(); ++i) {
    for (const std::size_t column : {1U, 2U}) {
      std::string name;
      for (std::size_t n = i * (column + 4); name.size() < 15; n = n / 9 + 5) {
        name += letters[n % letters.size()];
      }
      file.sample.rows[i][column] = name;
    }
  }
  return texts(rules_for({file}, 2000));
}

TEST(ProposeRules, NamesOfOtherScriptsSoundAsInLatinLetters) {
  const auto bengali = rules_of_script({"ক", "খ", "গ", "ঘ", "চ", "ছ", "জ", "ঝ", "ট"});
  EXPECT_THAT(bengali, Contains(testing::HasSubstr("soundex(family_name)")));
}

TEST(ProposeRules, NamesWithoutLatinLettersAreBlockedByTheirBeginning) {
  const auto sinhala = rules_of_script({"ක", "ග", "ච", "ජ", "ත", "ද", "න", "ප", "ම"});
  EXPECT_THAT(sinhala, Not(Contains(testing::HasSubstr("soundex"))));
  EXPECT_THAT(sinhala, Contains(StartsWith("prefix(family_name,3)")));
}

TEST(ProposeRules, NamesInEitherColumnAreFoundBySound) {
  const std::vector<std::string> rules = texts(rules_for({invented_file(kPeople, 2000)}, 2000));
  EXPECT_THAT(rules, Contains(StartsWith("sorted_sounds(given_name,family_name)")));
}

TEST(ProposeRules, WithoutPersonsValuesAreBlockedOn) {
  const std::vector<std::string> rules = texts(
      rules_for({invented_file({{"c1", "postcode"}, {"c2", "job"}, {"c3", "street"}}, 500)}, 500));
  EXPECT_FALSE(rules.empty());
}

TEST(ProposeRules, TheSharpestStaysWhenAllAreTooBroad) {
  const std::vector<ProposedRule> rules =
      rules_for({invented_file({{"c1", "job"}, {"c2", "village"}}, 500)}, 100000000);
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].rule.parts.size(), 2U);
}

}  // namespace
}  // namespace tessera::test
