#include "engine/write_outputs.hpp"

#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "data/error.hpp"
#include "engine/entity_id.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Three records of two sources, two of them one person.
struct SmallJob {
  JobSpec job;
  Table table;
  std::vector<Reject> rejects{{"client", 7, "birth_date", "is no date, or \"none\""}};
  std::vector<Link> links;
  Clusters clusters;
  GoldenTable golden;

  SmallJob() {
    job.link_threshold = {4.0, true};
    job.review_threshold = {0.0, true};
    job.rules.push_back({"soundex(name) + sex", {}});
    AttributeSpec& attribute = job.attributes.emplace_back();
    attribute.name = "name";
    attribute.kind = Kind::kName;
    ComparisonSpec& comparison = job.comparisons.emplace_back();
    comparison.name = "name";
    comparison.levels.push_back({LevelFunction::kExact, 0, 2, "exact"});
    comparison.levels.push_back({LevelFunction::kElse, 0, 2, "else"});
    job.comparisons.push_back(comparison);
    job.comparisons.back().name = "sex, as told";

    for (const char* name : {"client", "civil"}) table.sources.emplace_back().name = name;
    table.row_source = {SourceId{0}, SourceId{0}, SourceId{1}};
    for (const char* id : {"c,1", "c2", "v1"}) table.record_ids.append(id);
    DictionaryBuilder values;
    DictionaryBuilder raw;
    Column& column = table.columns.emplace_back();
    column.name = "name";
    for (const char* name : {"Ana \"Anita\"", "Bo", "Ana \"Anita\""}) {
      column.codes.push_back(values.intern(name));
      column.raw_codes.push_back(raw.intern(name));
    }
    column.values = std::move(values).finish();
    column.raw_values = std::move(raw).finish();

    links = {{0, 1, 0x02, 1.25, kClosureRule}, {0, 2, 0x11, 20.0, 0}};
    clusters.label = {0, 1, 0};
    golden = merge_clusters(table, clusters, job.attributes);
  }

  JobOutput output() const {
    return {job, table, rejects, links, clusters, golden, "{}\n", "[job]\n"};
  }
};

RunFacts facts() {
  RunFacts facts;
  facts.version = "0.1.0";
  return facts;
}

TEST(WriteOutputs, WritesEveryFileOfTheContract) {
  const test::TemporaryFolder folder;
  const SmallJob job;
  write_outputs(folder.path(), job.output(), facts);
  const std::string e0 = entity_id(job.table, 0);
  const std::string e1 = entity_id(job.table, 1);
  const auto text = [&](const char* name) { return text_of(folder.path() / name); };
  EXPECT_EQ(text("crosswalk.csv"), "entity_id,source,record_id\n" + e0 + ",client,\"c,1\"\n" + e1 +
                                       ",client,c2\n" + e0 + ",civil,v1\n");
  EXPECT_EQ(text("golden.csv"), "entity_id,records,sources,name\n" + e0 +
                                    ",2,2,\"Ana \"\"Anita\"\"\"\n" + e1 + ",1,1,Bo\n");
  EXPECT_EQ(text("golden_provenance.csv"), "entity_id,attribute,source,record_id,rule\n" + e0 +
                                               ",name,client,\"c,1\",most_frequent\n" + e1 +
                                               ",name,client,c2,most_frequent\n");
  const std::string header =
      "source_l,record_id_l,source_r,record_id_r,match_weight,match_probability,rule,name,"
      "\"sex, as told\"\n";
  EXPECT_EQ(
      text("links.csv"),
      header + "client,\"c,1\",civil,v1,20.000000,0.999999,soundex(name) + sex,exact,exact\n");
  EXPECT_EQ(text("review.csv"),
            header + "client,\"c,1\",client,c2,1.250000,0.704003,common_neighbours,else,null\n");
  EXPECT_EQ(text("rejects.csv"),
            "source,line,column,reason\nclient,7,birth_date,\"is no date, or \"\"none\"\"\"\n");
  EXPECT_EQ(text("model.json"), "{}\n");
  EXPECT_EQ(text("job.toml"), "[job]\n");
  EXPECT_EQ(nlohmann::json::parse(text("run.json"))["version"], "0.1.0");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 9);
}

TEST(WriteOutputs, AJobThatFailsLeavesTheFolderAsItWas) {
  const test::TemporaryFolder folder;
  folder.write("crosswalk.csv", "old");
  const SmallJob job;
  const auto fail = []() -> RunFacts { throw std::runtime_error("interrupted"); };
  EXPECT_THROW(write_outputs(folder.path(), job.output(), fail), std::runtime_error);
  EXPECT_EQ(text_of(folder.path() / "crosswalk.csv"), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(WriteOutputs, AFolderThatCannotBeWrittenIsAResourceError) {
  const test::TemporaryFolder folder;
  const SmallJob job;
  try {
    write_outputs(folder.write("file", "") / "out", job.output(), facts);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
  }
}

TEST(WriteOutputs, TheSameJobGivesTheSameBytesAtAnyThreadCount) {
  SmallJob job;
  for (Row row = 3; row < 60'000; ++row) {  // many records like the first three
    job.table.row_source.push_back(SourceId{1});
    job.table.record_ids.append("v" + std::to_string(row));
    Column& column = job.table.columns[0];
    column.codes.push_back(column.codes[row % 3]);
    column.raw_codes.push_back(column.raw_codes[row % 3]);
    job.clusters.label.push_back(row / 3 * 3);
    job.links.push_back({row - 1, row, 0x12, static_cast<double>(row % 17) - 0.1, 0});
  }
  job.golden = merge_clusters(job.table, job.clusters, job.job.attributes);
  const auto run = [&](std::size_t threads) {
    const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                            threads);
    const test::TemporaryFolder folder;
    write_outputs(folder.path(), job.output(), facts);
    std::string all;
    for (const char* name :
         {"crosswalk.csv", "golden.csv", "golden_provenance.csv", "links.csv", "review.csv"}) {
      all += text_of(folder.path() / name);
    }
    return all;
  };
  const std::string alone = run(1);
  EXPECT_GT(alone.size(), std::size_t{1} << 20);
  EXPECT_EQ(run(4), alone);
}

}  // namespace
}  // namespace tessera
