#include "engine/read_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "data/error.hpp"
#include "tests/engine/job_cases.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(ReadJob, ReadsTheSoundConfig) {
  const JobSpec job = read_job_text(sound_config(), "job.toml", "folder");
  EXPECT_EQ(job.seed, 7U);
  ASSERT_EQ(job.sources.size(), 2U);
  EXPECT_EQ(job.sources[0].path, "folder/client.csv");
  EXPECT_EQ(job.sources[0].id_column, "record_id");
  EXPECT_EQ(job.sources[1].id_column, "");
  ASSERT_EQ(job.attributes.size(), 4U);
  EXPECT_THAT(job.attributes[0].columns, ElementsAre("first_name", "given_name"));
  EXPECT_THAT(job.attributes[1].columns, ElementsAre("family_name"));
  ASSERT_EQ(job.rules.size(), 2U);
  EXPECT_EQ(job.rules[0].text, "birth_date + prefix(family_name,2)");
  ASSERT_EQ(job.comparisons.size(), 4U);
  EXPECT_EQ(job.comparisons[3].name, "village");
}

TEST(ReadJob, EveryBadConfigIsToldWithItsPlace) {
  for (const std::vector<std::string>& row : read_cases("bad_configs.tsv")) {
    ASSERT_EQ(row.size(), 4U);
    EXPECT_EQ(complaint(config_with(row[0], row[1])), row[2]) << row[3];
  }
}

TEST(ReadJob, AllProblemsComeInOneErrorInTextOrder) {
  std::string toml = config_with("seed = 7", "sead = 7");
  toml.replace(toml.find("kind = \"place\""), 14, "kind = \"plaice\"");
  toml.replace(toml.find("year(birth_date)"), 16, "yaer(birth_date)");
  const std::string told = complaint(toml);
  EXPECT_THAT(told, HasSubstr("job.toml:4:1: job.sead: "));
  EXPECT_THAT(told, HasSubstr("\njob.toml:31:8: attribute[3].kind: "));
  EXPECT_THAT(told, HasSubstr("\njob.toml:34:76: blocking.rules[1]: "));
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 2);
}

TEST(ReadJob, AnEmptyConfigLacksEverything) {
  const std::string told = complaint("");
  for (const char* part : {"source: ", "attribute: ", "blocking: ", "comparison: "}) {
    EXPECT_THAT(told, HasSubstr(part));
  }
}

TEST(ReadJob, FilesOfTheCommandLineWinOverPaths) {
  SourceSpec client;
  client.name = "client";
  client.path = "elsewhere.csv";
  SourceSpec social;
  social.name = "social";
  social.path = "social.csv";
  const JobSpec job =
      read_job_text(sound_config(), "job.toml", "folder", std::vector{client, social});
  ASSERT_EQ(job.sources.size(), 3U);
  EXPECT_EQ(job.sources[0].path, "elsewhere.csv");
  EXPECT_EQ(job.sources[0].id_column, "record_id");
  EXPECT_EQ(job.sources[1].path, "folder/civil.csv");
  EXPECT_EQ(job.sources[2].name, "social");
}

TEST(ReadJob, LinkOnlyNeedsTwoSources) {
  std::string toml = config_with("[[source]]\nname = \"civil\"\npath = \"civil.csv\"\n", "");
  EXPECT_EQ(complaint(toml), "");
  toml.replace(toml.find("link_and_dedupe"), 15, "link_only");
  EXPECT_THAT(complaint(toml), HasSubstr("job.toml:1:1: job.link_type: link_only pairs"));
}

TEST(ReadJob, PathsStartFromTheConfigsFolder) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("job.toml", sound_config());
  EXPECT_EQ(read_job(path).sources[0].path, folder.path() / "client.csv");
}

TEST(ReadJob, AMissingConfigAndAFolderAreUsageErrors) {
  const TemporaryFolder folder;
  for (const std::filesystem::path& path : {folder.path() / "none.toml", folder.path()}) {
    try {
      read_job(path);
      ADD_FAILURE() << path;
    } catch (const Error& fault) {
      EXPECT_EQ(fault.code(), ErrorCode::kUsage);
      EXPECT_EQ(fault.where(), path.string());
    }
  }
}

// The TOML examples of a page: what stands between ```toml and ```.
std::vector<std::string> examples_of(const std::string& page) {
  std::vector<std::string> examples;
  for (std::size_t at = page.find("```toml\n"); at != std::string::npos;
       at = page.find("```toml\n", at)) {
    at += 8;
    const std::size_t end = page.find("```", at);
    examples.push_back(page.substr(at, end - at));
    at = end + 3;
  }
  return examples;
}

TEST(ReadJob, EveryExampleOfTheReferenceIsSound) {
  std::ifstream file(std::filesystem::path(TESSERA_SOURCE_DIR) / "docs" / "config.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::vector<std::string> examples = examples_of(page);
  ASSERT_GE(examples.size(), 6U);
  // An example that shows one section is completed with the sound config's others.
  for (const std::string& example : examples) {
    std::string toml = example;
    const auto lacks = [&](const std::string& header) {
      return ("\n" + toml).find("\n" + header) == std::string::npos;
    };
    if (lacks("[[source]]")) toml += "\n[[source]]\nname = \"client\"\npath = \"client.csv\"\n";
    if (lacks("[[attribute]]")) {
      for (const auto& [name, kind] : {std::pair("given_name", "name"),
                                       {"family_name", "name"},
                                       {"birth_date", "date"},
                                       {"sex", "sex"},
                                       {"village", "place"},
                                       {"national_id", "identifier"}}) {
        toml += std::string("\n[[attribute]]\nname = \"") + name + "\"\nkind = \"" + kind + "\"\n";
      }
    }
    const bool has_birth_date = toml.find("name = \"birth_date\"") != std::string::npos;
    const std::string any = has_birth_date ? "birth_date" : "full_name";
    if (lacks("[blocking]")) toml += "\n[blocking]\nrules = [[\"" + any + "\"]]\n";
    if (lacks("[[comparison]]")) toml += "\n[[comparison]]\nattributes = [\"" + any + "\"]\n";
    EXPECT_EQ(complaint(toml), "") << example;
  }
}

}  // namespace
}  // namespace tessera::test
