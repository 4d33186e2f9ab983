#include "engine/twins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/nicknames.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Pairs = std::vector<std::pair<Row, Row>>;

/// One person of the columns below; given name first.
using Person = std::vector<std::string>;

const std::vector<test::TestColumn> kColumns = {
    {"given_name", Kind::kName},      {"family_name", Kind::kName},
    {"birth_date", Kind::kDate},      {"national_id", Kind::kIdentifier},
    {"household", Kind::kIdentifier}, {"birth_order", Kind::kText}};

Person person(std::string given, std::string number = "", std::string household = "",
              std::string order = "") {
  return {std::move(given),     "munena",        "2007-01-17", std::move(number),
          std::move(household), std::move(order)};
}

JobSpec job_of_columns() {
  JobSpec job;
  for (const test::TestColumn& column : kColumns) {
    job.attributes.emplace_back().name = column.name;
    job.attributes.back().kind = column.kind;
  }
  ComparisonSpec given = preset_comparison(Kind::kName, true);
  given.name = "given_name";
  given.attribute = 0;
  given.swapped_with = 1;
  job.comparisons = {given};
  return job;
}

/// Sources s0 and s1; each holds a person twice at `own` of the rate at which both hold one.
Model model_with(double own) {
  Model model;
  model.source_pairs = {
      {"s0", "s0", own * 1e-5, {}}, {"s0", "s1", 1e-5, {}}, {"s1", "s1", own * 1e-5, {}}};
  return model;
}

Pairs apart(const std::vector<Person>& people, const std::vector<std::uint16_t>& sources,
            double own = 0.1) {
  Table table = test::make_table(kColumns, people, sources);
  for (std::size_t i = 0; i < table.sources.size(); ++i) {
    table.sources[i].name = "s" + std::to_string(i);
  }
  const JobSpec job = job_of_columns();
  const NicknameTable nicknames = NicknameTable::built_in();
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const Model model = model_with(own);
  const TwinSigns signs(table, job, model, comparer);
  EXPECT_TRUE(signs.can_tell());
  std::vector<Row> rows(people.size());
  for (Row row = 0; row < rows.size(); ++row) rows[row] = row;
  return signs.apart_in(rows);
}

struct NameCase {
  const char* left;
  const char* right;
  bool apart;
  const char* why;
};

// Two records of one source of one day. Expected by what the header says of each kind of name.
constexpr NameCase kNames[] = {
    {"sara", "saba", true, "jaro_winkler 0.87: two names"},
    {"hassan", "hussein", true, "names that go together by tradition"},
    {"jean pierre", "jean paul", true, "a word in common, and another each"},
    {"sara", "sarah", false, "one letter at the end: a spelling"},
    {"mohamed", "mohammed", false, "one letter doubled"},
    {"s", "saba", false, "an initial"},
    {"jean", "jean paul", false, "a part of the other"},
    {"mariam", "mimi", true, "no nickname of the table"},
    {"robert", "bob", false, "a nickname"},
    {"munena", "saba", false, "the family name in the given name's column"},
    {"", "saba", false, "nothing to compare"},
    {"sara", "sara", false, "the same"}};

TEST(TwinSigns, TwoNamesInOneSourceAreTwoChildren) {
  for (const NameCase& c : kNames) {
    EXPECT_EQ(!apart({person(c.left), person(c.right)}, {0, 0}).empty(), c.apart)
        << c.left << " – " << c.right << ": " << c.why;
    EXPECT_EQ(!apart({person(c.right), person(c.left)}, {0, 0}).empty(), c.apart) << c.why;
  }
}

TEST(TwinSigns, AcrossSourcesOneNameMayBeMisheard) {
  EXPECT_THAT(apart({person("sara"), person("saba")}, {0, 1}), IsEmpty());
}

TEST(TwinSigns, ASourceFullOfCopiesTellsNothing) {
  EXPECT_THAT(apart({person("sara"), person("saba")}, {0, 0}, 0.5), IsEmpty());
}

TEST(TwinSigns, TwoHouseholdsAreNoSign) {
  EXPECT_THAT(apart({person("sara", "", "h1"), person("saba", "", "h2")}, {0, 0}), IsEmpty());
  EXPECT_THAT(apart({person("sara", "", "h1"), person("saba", "", "h1")}, {0, 0}),
              ElementsAre(std::pair<Row, Row>{0, 1}));
}

// So many people called Sara and Saba in turn, each born on a day of their own.
std::vector<Person> of_many_days(int count) {
  std::vector<Person> people;
  for (int i = 0; i < count; ++i) {
    people.push_back(person(i % 2 == 0 ? "sara" : "saba"));
    people.back()[2] = std::to_string(1901 + i) + "-01-01";
  }
  return people;
}

TEST(TwinSigns, AnotherDayOfACarelessClerkTakesNoSignAway) {
  EXPECT_THAT(apart(of_many_days(2), {0, 0}), ElementsAre(std::pair<Row, Row>{0, 1}));
  EXPECT_THAT(apart(of_many_days(2), {0, 1}), IsEmpty()) << "nor does it make one";
}

TEST(TwinSigns, InALargeComponentOneDayAloneShowsThem) {
  constexpr int kMost = static_cast<int>(TwinSigns::kMostOfAnyDay);
  const auto pairs = [](const std::vector<Person>& people) {
    return apart(people, std::vector<std::uint16_t>(people.size(), 0)).size();
  };
  EXPECT_EQ(pairs(of_many_days(kMost)), std::size_t{kMost / 2 * (kMost / 2)});
  std::vector<Person> more = of_many_days(kMost + 1);
  EXPECT_EQ(pairs(more), 0U);
  more[1][2] = more[0][2];
  EXPECT_EQ(pairs(more), 1U);
}

TEST(TwinSigns, ButOneHouseholdIsTwoChildrenThereToo) {
  EXPECT_THAT(apart({person("sara", "", "h1"), person("saba", "", "h1")}, {0, 0}, 0.5),
              ElementsAre(std::pair<Row, Row>{0, 1}));
}

TEST(TwinSigns, EachNameWrittenAgainIsTwoChildren) {
  const std::vector<Person> both = {person("haile"), person("hailu"), person("haile"),
                                    person("hailu")};
  EXPECT_THAT(apart(both, {0, 0, 1, 1}),
              ElementsAre(std::pair<Row, Row>{0, 1}, std::pair<Row, Row>{2, 3}));
  EXPECT_THAT(apart({both[0], both[1], both[2]}, {0, 0, 1}), IsEmpty()) << "one stands alone";
  EXPECT_THAT(apart(both, {0, 0, 1, 1}, 0.5), IsEmpty()) << "a list full of copies";
}

TEST(TwinSigns, TwoNumbersAndTwoNamesAreTwoChildrenAcrossSources) {
  const auto across = [](const char* left, const char* right, const char* name) {
    return apart({person("haile", left), person(name, right)}, {0, 1});
  };
  EXPECT_THAT(across("63421806198", "46305171310", "hailu"),
              ElementsAre(std::pair<Row, Row>{0, 1}));
  EXPECT_THAT(across("63421806198", "63421806199", "hailu"), IsEmpty()) << "a slip of the pen";
  EXPECT_THAT(across("63421806198", "46305171310", "haile"), IsEmpty()) << "one name";
}

TEST(TwinSigns, OneNumberIsOnePersonWhateverTheNames) {
  EXPECT_THAT(apart({person("sara", "63421806198"), person("saba", "63421806198")}, {0, 0}),
              IsEmpty());
}

TEST(TwinSigns, BirthOrderDecides) {
  EXPECT_THAT(apart({person("", "", "", "1"), person("", "", "", "2")}, {0, 1}),
              ElementsAre(std::pair<Row, Row>{0, 1}));
  EXPECT_THAT(apart({person("", "", "", "1"), person("", "", "", "1")}, {0, 1}), IsEmpty());
}

TEST(FindTwins, LooksWithinComponentsAndLeavesWhatIsDecided) {
  Table table = test::make_table(
      kColumns, {person("sara"), person("saba"), person("sara"), person("saba")}, {0, 0, 0, 1});
  for (std::size_t i = 0; i < table.sources.size(); ++i) {
    table.sources[i].name = "s" + std::to_string(i);
  }
  const JobSpec job = job_of_columns();
  const NicknameTable nicknames = NicknameTable::built_in();
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const Model model = model_with(0.1);
  const TwinSigns signs(table, job, model, comparer);
  const std::vector<Link> links = {{0, 1, 0, 9.0, 0}, {0, 2, 0, 3.0, 0}, {2, 3, 0, 9.0, 0}};
  const auto find = [&](const Pairs& must) {
    return find_twins(signs, members_of_components(component_labels(links, must, 5.0, 4)), must);
  };
  EXPECT_THAT(find({}), ElementsAre(std::pair<Row, Row>{0, 1}));
  EXPECT_THAT(find({{0, 1}}), IsEmpty()) << "a match was decided";
  EXPECT_THAT(find({{0, 2}}), ElementsAre(std::pair<Row, Row>{0, 1}, std::pair<Row, Row>{1, 2}));
}

TEST(TwinSigns, WithoutGivenNameOrBirthDateTheyCannotTell) {
  const Table table = test::make_table({{"full_name", Kind::kName}}, {{"a b"}, {"a c"}}, {0, 0});
  JobSpec job;
  job.attributes.emplace_back().name = "full_name";
  job.comparisons = {preset_comparison(Kind::kName, false)};
  const NicknameTable nicknames = NicknameTable::built_in();
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const Model model;
  const TwinSigns signs(table, job, model, comparer);
  EXPECT_FALSE(signs.can_tell());
  EXPECT_THAT(find_twins(signs, members_of_components(std::vector<Row>{0, 0}), {}), IsEmpty());
}

}  // namespace
}  // namespace tessera
