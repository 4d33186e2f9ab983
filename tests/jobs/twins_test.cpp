// Twins stay two: on generated registries with many of them, against the same job without what
// tells relatives apart (plain Fellegi–Sunter weights, connected components) at equal recall.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>
#include <sstream>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::ordered_json;

struct Truth {
  std::map<std::string, std::size_t> number;  ///< Of a record, as `source:record_id`.
  std::vector<std::string> entity;            ///< By number.
  std::vector<std::pair<std::string, std::string>> twins;
};

/// Which cluster each record is in, by number.
using Labels = std::vector<std::size_t>;

struct Judged {
  double false_merges = 0;  ///< Share of the twin pairs with records in one cluster.
  double recall = 0;
  double f1 = 0;
};

template <typename Names>
double pairs_within(const Names& names) {
  std::map<typename Names::value_type, double> sizes;
  for (const auto& name : names) ++sizes[name];
  return std::accumulate(sizes.begin(), sizes.end(), 0.0, [](double sum, const auto& size) {
    return sum + size.second * (size.second - 1) / 2;
  });
}

Judged judge(const Truth& truth, const Labels& labels) {
  std::vector<std::pair<std::size_t, std::string>> both;
  std::map<std::string, std::set<std::size_t>> clusters;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    both.emplace_back(labels[i], truth.entity[i]);
    clusters[truth.entity[i]].insert(labels[i]);
  }
  const double right = pairs_within(both);
  Judged judged;
  judged.recall = right / pairs_within(truth.entity);
  const double precision = right / pairs_within(labels);
  judged.f1 = 2 * precision * judged.recall / (precision + judged.recall);
  double merged = 0;
  for (const auto& [one, other] : truth.twins) {
    const auto& there = clusters[other];
    merged += std::any_of(clusters[one].begin(), clusters[one].end(),
                          [&](std::size_t label) { return there.contains(label); });
  }
  judged.false_merges = merged / static_cast<double>(truth.twins.size());
  return judged;
}

Truth read_truth(const std::filesystem::path& folder) {
  Truth truth;
  const auto records = read_test_csv(folder / "truth.csv");
  for (std::size_t i = 1; i < records.size(); ++i) {
    truth.number[records[i][0] + ":" + records[i][1]] = truth.entity.size();
    truth.entity.push_back(records[i][2]);
  }
  const auto pairs = read_test_csv(folder / "twins.csv");
  for (std::size_t i = 1; i < pairs.size(); ++i) truth.twins.emplace_back(pairs[i][0], pairs[i][1]);
  return truth;
}

Labels read_clusters(const Truth& truth, const std::filesystem::path& file) {
  std::map<std::string, std::size_t> names;
  Labels labels(truth.entity.size());
  const auto rows = read_test_csv(file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    labels[truth.number.at(rows[i][1] + ":" + rows[i][2])] =
        names.emplace(rows[i][0], names.size()).first->second;
  }
  return labels;
}

/// The model without relations: its m, u and priors alone.
Json without_relatives(const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& inner : value) list.push_back(without_relatives(inner));
    return list;
  }
  if (!value.is_object()) return value;
  Json object = Json::object();
  for (const auto& [key, inner] : value.items()) {
    if (key != "relations" && key != "relation_priors" && key != "h") {
      object[key] = without_relatives(inner);
    }
  }
  return object;
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Connected components of the strongest links, as many as reach but do not pass the recall.
Labels components(const Truth& truth, const std::filesystem::path& folder, double recall) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> links;
  for (const char* name : {"links.csv", "review.csv"}) {
    const auto rows = read_test_csv(folder / name);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      links.emplace_back(-std::stod(rows[i][4]), truth.number.at(rows[i][0] + ":" + rows[i][1]),
                         truth.number.at(rows[i][2] + ":" + rows[i][3]));
    }
  }
  std::sort(links.begin(), links.end());
  Labels labels(truth.entity.size());
  std::iota(labels.begin(), labels.end(), std::size_t{0});
  std::vector<std::vector<std::size_t>> members(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) members[i] = {i};
  const double wanted = recall * pairs_within(truth.entity);
  double right = 0;
  for (const auto& [weight, left, other] : links) {
    const std::size_t a = labels[left];
    const std::size_t b = labels[other];
    if (a == b) continue;
    double gain = 0;
    for (const std::size_t i : members[a]) {
      for (const std::size_t j : members[b]) gain += truth.entity[i] == truth.entity[j];
    }
    if (right + gain > wanted) break;
    right += gain;
    for (const std::size_t j : members[b]) {
      labels[j] = a;
      members[a].push_back(j);
    }
  }
  return labels;
}

TEST(Twins, AreMergedInUnderATenthOfTheCasesOfAMatcherWithoutTheRules) {
  const TemporaryFolder folder;
  const auto run = [&](const std::vector<std::string>& arguments) {
    const CommandResult result = run_tessera(folder, arguments);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  };
  run({"generate", "--records", "40000", "--seed", "3", "--twins", "0.026", "--out", "."});
  run({"link", "client.csv", "social.csv", "crvs.csv", "--out", "out", "--quiet"});
  const Truth truth = read_truth(folder.path());
  ASSERT_GT(truth.twins.size(), 200U);
  const Judged ours = judge(truth, read_clusters(truth, folder.path() / "out" / "crosswalk.csv"));

  const std::string model = text_of(folder.path() / "out" / "model.json");
  folder.write("plain.json", without_relatives(Json::parse(model)).dump());
  std::string job = text_of(folder.path() / "out" / "job.toml");
  const std::size_t at = job.find("thresholds = ");
  job.replace(at, job.find('\n', at) - at,
              "thresholds = { link = \"30 bits\", review = \"-4 bits\" }");
  folder.write("out/plain.toml", job);
  run({"link", "--config", "out/plain.toml", "--model", "plain.json", "--out", "plain", "--quiet"});
  const Judged plain = judge(truth, components(truth, folder.path() / "plain", ours.recall));

  EXPECT_NEAR(plain.recall, ours.recall, 0.002);
  EXPECT_LT(ours.false_merges, plain.false_merges / 10);
  EXPECT_GT(ours.f1, plain.f1);
  EXPECT_GT(ours.f1, 0.96);
}

}  // namespace
}  // namespace tessera::test
