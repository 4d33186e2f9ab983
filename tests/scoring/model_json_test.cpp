#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "scoring/model.hpp"
#include "tests/scoring/model_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

Model sample_model() {
  Model model;
  model.prior = 1.0 / 3.0e6;
  model.comparisons = {test::comparison("name", {0.7, 0.2, 0.1}, {0.01, 0.04, 0.95}),
                       test::comparison("ville née", {0.9, 0.1}, {1e-9, 1.0 - 1e-9})};
  model.comparisons[0].tf_exponent = 0.6;
  model.comparisons[0].tf_minimum = 1e-5;
  model.comparisons[0].levels[0].term_frequency = true;
  model.comparisons[0].levels[1].tf_weight = 0.5;
  model.comparisons[1].levels[1].m_trained = false;
  TrainingSession session;
  session.rule = "soundex(name) + \"quoted\"";
  session.pairs = 18'446'744'073'709'551'615U;
  session.lambda = 0.1;
  session.iterations = 12;
  session.converged = true;
  session.m = {{0.7, 0.2, 0.1}, {}};
  model.sessions = {session};
  model.warnings = {"a warning"};
  return model;
}

/// With one relation, and priors of one pair of sources.
Model related_model() {
  Model model = sample_model();
  model.relations = {{"household", 1e-5, false}};
  model.source_pairs = {{"clinic", "school", 1e-6, {2e-6}}};
  return model;
}

std::string message_of(const std::string& text) {
  try {
    read_model_json(text, "model.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(ModelJson, ReadsBackToEqualWeights) {
  test::Uniform uniform(3);
  for (int round = 0; round < 200; ++round) {
    Model model = sample_model();
    model.prior = std::exp2(-60.0 * uniform.next() - 1e-3);
    for (ComparisonModel& c : model.comparisons) {
      for (LevelModel& level : c.levels) {
        level.m_trained = false;  // any stand-in will do
        level.m = std::exp2(-80.0 * uniform.next() - 1e-3);
        level.u = uniform.next() * 0.999 + 1e-12;
      }
    }
    const Model back = read_model_json(model_json(model), "model.json");
    for (const Pattern pattern : {0x00ULL, 0x11ULL, 0x21ULL, 0x13ULL, 0x22ULL}) {
      EXPECT_EQ(back.weight_bits(pattern), model.weight_bits(pattern));  // to the last bit
    }
  }
}

TEST(ModelJson, KeepsEverythingElse) {
  const Model back = read_model_json(model_json(sample_model()), "model.json");
  EXPECT_EQ(back.comparisons[1].name, "ville née");
  EXPECT_EQ(back.comparisons[0].tf_exponent, 0.6);
  EXPECT_EQ(back.comparisons[0].tf_minimum, 1e-5);
  EXPECT_TRUE(back.comparisons[0].levels[0].term_frequency);
  EXPECT_EQ(back.comparisons[0].levels[1].tf_weight, 0.5);
  EXPECT_FALSE(back.comparisons[1].levels[1].m_trained);
  EXPECT_EQ(back.sessions.at(0).pairs, 18'446'744'073'709'551'615U);
  EXPECT_EQ(back.sessions[0].m, sample_model().sessions[0].m);
  EXPECT_EQ(back.warnings, sample_model().warnings);
}

TEST(ModelJson, KeepsRelationsWhereThereAreAny) {
  Model model = sample_model();
  model.relations = {{"household", 1e-5, false}, {"namesakes", 3e-6, true}};
  model.comparisons[0].h = {{0.5, 0.3, 0.2}, {0.1, 0.1, 0.8}};
  const std::string text = model_json(model);
  const Model back = read_model_json(text, "model.json");
  ASSERT_EQ(back.relations.size(), 2U);
  EXPECT_EQ(back.relations[0].name, "household");
  EXPECT_EQ(back.relations[0].prior, 1e-5);
  EXPECT_FALSE(back.relations[0].by_chance);
  EXPECT_TRUE(back.relations[1].by_chance);
  EXPECT_EQ(back.comparisons[0].h, model.comparisons[0].h);
  EXPECT_TRUE(back.comparisons[1].h.empty());
  EXPECT_EQ(back.weight_bits(0x11), model.weight_bits(0x11));
  EXPECT_EQ(model_json(back), text);
  model.comparisons[0].h[1].pop_back();
  EXPECT_THAT(message_of(model_json(model)), HasSubstr("comparisons[0].h[1] is not one number"));
  model.comparisons[0].h = {{0.5, 0.5, 1.0}, {0.1, 0.1, 0.8}};
  EXPECT_THAT(message_of(model_json(model)), HasSubstr("comparisons[0].h[0][2] is 1;"));
}

TEST(ModelJson, KeepsThePriorsOfPairsOfSources) {
  Model model = sample_model();
  model.source_pairs = {{"clinic", "clinic", 1e-7, {}}, {"clinic", "école", 2e-6, {}}};
  const std::string text = model_json(model);
  EXPECT_THAT(text, Not(HasSubstr("relation_priors")));  // there are no relations
  const Model back = read_model_json(text, "model.json");
  ASSERT_EQ(back.source_pairs.size(), 2U);
  EXPECT_EQ(back.source_pairs[1].left, "clinic");
  EXPECT_EQ(back.source_pairs[1].right, "école");
  EXPECT_EQ(back.source_pairs[1].prior, 2e-6);
  EXPECT_EQ(model_json(back), text);
}

TEST(ModelJson, KeepsTheRelationsPriorsOfPairsOfSources) {
  Model model = sample_model();
  model.relations = {{"household", 1e-5, false}, {"twins", 3e-6, false}};
  model.source_pairs = {{"a", "a", 1e-7, {2e-7, 3e-8}}, {"a", "b", 2e-6, {4e-7, 5e-9}}};
  const std::string text = model_json(model);
  const Model back = read_model_json(text, "model.json");
  ASSERT_EQ(back.source_pairs.size(), 2U);
  EXPECT_EQ(back.source_pairs[0].relation_priors, (std::vector<double>{2e-7, 3e-8}));
  EXPECT_EQ(back.source_pairs[1].relation_priors, (std::vector<double>{4e-7, 5e-9}));
  EXPECT_EQ(model_json(back), text);
}

TEST(ModelJson, WritesTheSameBytesAgain) {
  const std::string once = model_json(sample_model());
  EXPECT_EQ(model_json(sample_model()), once);
  EXPECT_EQ(model_json(read_model_json(once, "model.json")), once);
}

TEST(ModelJson, WritesTheseBytes) {
  Model model;
  model.prior = 0.001;
  model.comparisons = {test::comparison("sex", {0.9, 0.1}, {0.5, 0.5})};
  EXPECT_EQ(model_json(model), R"({
  "format": "tessera-model",
  "version": 1,
  "prior": 0.001,
  "comparisons": [
    {
      "name": "sex",
      "tf_exponent": 1.0,
      "tf_minimum": 0.0,
      "levels": [
        {
          "level": "exact",
          "m": 0.9,
          "u": 0.5,
          "m_trained": true,
          "term_frequency": false,
          "tf_weight": 1.0
        },
        {
          "level": "else",
          "m": 0.1,
          "u": 0.5,
          "m_trained": true,
          "term_frequency": false,
          "tf_weight": 1.0
        }
      ]
    }
  ],
  "sessions": [],
  "warnings": []
}
)");
}

TEST(ModelJson, NamesThePlaceOfEveryFault) {
  using Json = nlohmann::ordered_json;
  for (const auto& row : test::read_cases("model_json_faults.tsv")) {
    Json json = Json::parse(model_json(related_model()));
    const Json::json_pointer pointer(row.at(0));
    if (row.at(1) == "remove") {
      json.at(pointer.parent_pointer()).erase(pointer.back());
    } else {
      json[pointer] = Json::parse(row.at(1));
    }
    EXPECT_THAT(message_of(json.dump()), HasSubstr(row.at(2))) << row[0] << " = " << row[1];
  }
}

TEST(ModelJson, TellsAllFaultsAtOnceUpToTen) {
  Model model = sample_model();
  model.prior = 2.0;
  model.comparisons[0].levels[0].m = 0.0;
  const std::string two = message_of(model_json(model));
  EXPECT_THAT(two, HasSubstr("model.json: prior is 2;"));
  EXPECT_THAT(two, HasSubstr("comparisons[0].levels[0].m is 0;"));
  for (int i = 0; i < 13; ++i) model.comparisons[0].levels.push_back({"else", 0.0, 0.5});
  EXPECT_THAT(message_of(model_json(model)), HasSubstr("comparisons[0].levels has 16 entries"));
  model.comparisons[0].levels.pop_back();
  EXPECT_THAT(message_of(model_json(model)), HasSubstr("and 5 more"));
}

TEST(ModelJson, RefusesWhatIsNotJson) {
  EXPECT_THAT(message_of(""), HasSubstr("not JSON at byte"));
  EXPECT_THAT(message_of("{\"prior\": 0.1"), HasSubstr("not JSON at byte"));
  EXPECT_THAT(message_of("[1, 2]"), HasSubstr("no tessera model"));
  EXPECT_THAT(message_of("{\"format\": 1e999}"), HasSubstr("model.json: holds a number beyond"));
}

TEST(ModelJson, EveryTruncationIsRefused) {
  const std::string whole = model_json(sample_model());
  for (std::size_t length = 0; length + 2 < whole.size(); ++length) {
    EXPECT_NE(message_of(whole.substr(0, length)), "no error") << length;
  }
}

TEST(ModelJson, NamesThatAreNotUtf8AreWrittenAsReplacements) {
  Model model = sample_model();
  model.comparisons[0].name = "na\xffme";
  EXPECT_EQ(read_model_json(model_json(model), "m").comparisons[0].name, "na\xEF\xBF\xBDme");
}

}  // namespace
}  // namespace tessera
