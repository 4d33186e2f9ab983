#include "engine/propose_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "engine/read_job.hpp"
#include "engine/write_job.hpp"
#include "scoring/pattern.hpp"
#include "tests/engine/invented_files.hpp"
#include "tests/engine/job_cases.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

SourceSpec source(const std::string& name, const std::filesystem::path& path) {
  SourceSpec spec;
  spec.name = name;
  spec.path = path;
  return spec;
}

// `given_name=first_name birth_date=by+bm+bd sex=sex,gender`: each attribute with its columns and
// its parts.
std::string summary(const JobSpec& job) {
  std::string text;
  for (const AttributeSpec& attribute : job.attributes) {
    text += (text.empty() ? "" : " ") + attribute.name + "=";
    std::string from;
    for (const std::string& column : attribute.columns) from += (from.empty() ? "" : ",") + column;
    std::string parts;
    for (const std::string& part : attribute.parts) parts += (parts.empty() ? "" : "+") + part;
    if (!from.empty() && !parts.empty()) from += ",";
    text += from + parts;
  }
  return text;
}

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.size(), text.find(at, begin));
    if (end > begin) pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pieces;
}

// What every proposal promises.
void expect_sound(const ProposedJob& proposed) {
  const JobSpec& job = proposed.job;
  EXPECT_FALSE(job.rules.empty());
  EXPECT_FALSE(job.comparisons.empty());
  EXPECT_LE(job.comparisons.size(), kMaxComparisons);
  EXPECT_FALSE(proposed.choices.empty());
  const std::string toml = job_toml(job);
  EXPECT_THAT(differences(job, read_job_text(toml, "job.toml")), IsEmpty()) << toml;
}

TEST(ProposeJob, OneFileIsDeduplicatedSeveralAreLinked) {
  const TemporaryFolder folder;
  const Columns columns = {{"id", "key"}, {"first_name", "given"}, {"dob", "iso"}};
  const SourceSpec a = source("a", folder.write("a.csv", invented_csv(columns, 50)));
  const SourceSpec b = source("b", folder.write("b.csv", invented_csv(columns, 60)));
  EXPECT_EQ(propose_job(std::vector{a}).job.link_type, LinkType::kDedupeOnly);
  EXPECT_EQ(propose_job(std::vector{a, b}).job.link_type, LinkType::kLinkAndDedupe);
}

// The same people under the names of several registries: one job.
TEST(ProposeJob, ManyStylesOfNamesGiveOneMapping) {
  const TemporaryFolder folder;
  const std::vector<Columns> styles = {
      {{"record_id", "key"},
       {"given_name", "given"},
       {"family_name", "family"},
       {"birth_date", "iso"},
       {"sex", "sex"},
       {"phone", "phone"},
       {"village", "village"}},
      {{"ID", "key"},
       {"FirstName", "given"},
       {"LastName", "family"},
       {"DateOfBirth", "dmy"},
       {"Gender", "sexcode"},
       {"Mobile No", "phone"},
       {"Village Name", "village"}},
      {{"No Dossier ID", "key"},
       {"Prénom", "given"},
       {"Nom", "family"},
       {"Date de naissance", "dmy"},
       {"Sexe", "sex"},
       {"Portable", "phone"},
       {"Hameau", "village"}},
      {{"identificador_id", "key"},
       {"Nombres", "given"},
       {"Apellidos", "family"},
       {"Fecha de nacimiento", "compact"},
       {"Sexo", "sexcode"},
       {"Celular", "phone"},
       {"Aldea", "village"}},
  };
  for (const Columns& columns : styles) {
    const auto path = folder.write("people.csv", invented_csv(columns, 200));
    const ProposedJob proposed = propose_job(std::vector{source("people", path)});
    std::string expected;
    const std::vector<std::string> names = {"given_name", "family_name", "birth_date",
                                            "sex",        "phone",       "village"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      expected += (i == 0 ? "" : " ") + names[i] + "=" + columns[i + 1].first;
    }
    EXPECT_EQ(summary(proposed.job), expected);
    EXPECT_EQ(proposed.job.sources[0].id_column, columns[0].first);
    expect_sound(proposed);
  }
}

// One file tells where people live, the other where they were born.
TEST(ProposeJob, PlacesOfDifferentFilesAreJoined) {
  const TemporaryFolder folder;
  const auto with = [](const char* place) {
    return Columns{{"id", "key"}, {"first_name", "given"}, {"dob", "iso"}, {place, "village"}};
  };
  const SourceSpec a = source("a", folder.write("a.csv", invented_csv(with("village"), 200)));
  const SourceSpec b = source("b", folder.write("b.csv", invented_csv(with("birth_place"), 200)));
  const ProposedJob proposed = propose_job(std::vector{a, b});
  ASSERT_EQ(proposed.job.derived.size(), 1U);
  EXPECT_EQ(proposed.job.derived[0].name, "place");
  EXPECT_THAT(proposed.choices,
              Contains("place is village or, where that is missing, birth_place."));
  EXPECT_THAT(proposed.choices, Contains("Compared: given_name, birth_date and place."));
  expect_sound(proposed);
  EXPECT_TRUE(propose_job(std::vector{a}).job.derived.empty());
}

TEST(ProposeJob, EveryChoiceIsSaid) {
  const TemporaryFolder folder;
  const auto path = folder.write(
      "people.csv", invented_csv({{"first_name", "given"}, {"dob", "mdy"}, {"x9", "digits"}}, 100));
  const std::vector<std::string> choices = propose_job(std::vector{source("people", path)}).choices;
  EXPECT_THAT(choices, Contains("people: 100 records; no column surely names its records, so their "
                                "line numbers do."));
  EXPECT_THAT(choices, Contains("people: a date such as 05/04/1990 is read month first."));
  EXPECT_THAT(choices, Contains("given_name (name) is read from first_name."));
  EXPECT_THAT(choices, Contains("Left out, as their meaning is not known: x9."));
  EXPECT_THAT(choices, Contains(HasSubstr("Records that agree on birth_date")));
  EXPECT_THAT(choices, Contains("Compared: given_name and birth_date."));
}

TEST(ProposeJob, NoChoiceHoldsAValue) {
  const TemporaryFolder folder;
  const Columns columns = {{"id", "key"},
                           {"first_name", "given"},
                           {"surname", "family"},
                           {"dob", "iso"},
                           {"village", "village"}};
  const auto path = folder.write("people.csv", invented_csv(columns, 100));
  for (const std::string& choice : propose_job(std::vector{source("s", path)}).choices) {
    for (std::uint32_t i = 0; i < 100; ++i) {
      for (const auto& [name, property] : columns) {
        EXPECT_THAT(choice, testing::Not(HasSubstr(invented(property, i) + " ")));
      }
    }
  }
}

TEST(ProposeJob, IgnoredColumnsAreNeitherEvidenceNorIds) {
  const TemporaryFolder folder;
  const auto path = folder.write(
      "people.csv", invented_csv({{"id", "key"}, {"first_name", "given"}, {"dob", "iso"}}, 100));
  ProposeOptions options;
  options.ignore = {"id", "dob"};
  const ProposedJob proposed = propose_job(std::vector{source("people", path)}, options);
  EXPECT_EQ(summary(proposed.job), "given_name=first_name");
  EXPECT_EQ(proposed.job.sources[0].id_column, "");
  EXPECT_THAT(proposed.choices, Contains("Left out, as you asked: id and dob."));
  options.ignore = {"none"};
  EXPECT_THROW(propose_job(std::vector{source("people", path)}, options), Error);
}

TEST(ProposeJob, AFileWithoutUsableColumnsIsRefused) {
  const TemporaryFolder folder;
  const auto path = folder.write("x.csv", invented_csv({{"id", "key"}, {"age", "age"}}, 20));
  try {
    propose_job(std::vector{source("x", path)});
    ADD_FAILURE();
  } catch (const Error& fault) {
    EXPECT_EQ(fault.code(), ErrorCode::kUsage);
    EXPECT_THAT(fault.what(), HasSubstr("an age changes with the day of asking"));
  }
}

TEST(ProposeJob, AFileOfOneRecordGivesAJob) {
  const TemporaryFolder folder;
  const auto path = folder.write("x.csv", "name,dob\nAmina Banda,1990-04-05\n");
  expect_sound(propose_job(std::vector{source("x", path)}));
}

TEST(ProposeJob, NoFilesAreAUsageError) {
  EXPECT_THROW(propose_job(std::vector<SourceSpec>{}), Error);
}

// Each labelled set: its columns go where a person who reads its description would put them. What
// is not named in the last column but one is not used, among it the columns that hold the answer.
TEST(ProposeJob, LabelledSetsAreMappedAsTheyAreDescribed) {
  const std::optional<std::filesystem::path> shared = shared_data();
  if (!shared) GTEST_SKIP() << "the folder shared/data with labelled sets is absent";
  for (const std::vector<std::string>& row : read_cases("proposed_jobs.tsv")) {
    ASSERT_EQ(row.size(), 5U);
    std::vector<SourceSpec> files;
    for (const std::string& file : split(row[1], ' ')) {
      files.push_back(
          source("s" + std::to_string(files.size()), *shared / "linkage" / row[0] / file));
    }
    const ProposedJob proposed = propose_job(files);
    EXPECT_EQ(summary(proposed.job), row[3]) << row[0] << " " << row[1];
    std::string ids;
    for (const SourceSpec& file : proposed.job.sources) {
      ids += (ids.empty() ? "" : ",") + (file.id_column.empty() ? "-" : file.id_column);
    }
    EXPECT_EQ(ids, row[2]) << row[0];
    expect_sound(proposed);
  }
}

}  // namespace
}  // namespace tessera::test
