#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scoring/model.hpp"
#include "tests/scoring/model_support.hpp"

namespace tessera {
namespace {

Model trained_model() {
  Model model;
  model.prior = 1e-4;
  model.comparisons = {test::comparison("name", {0.7, 0.2, 0.1}, {0.01, 0.04, 0.95})};
  TrainingSession session;
  session.rule = "year(birth_date)";
  session.pairs = 12;
  session.lambda = 0.25;
  session.iterations = 2;
  session.m = {{0.7, 0.2, 0.1}};
  session.lambdas = {0.3, 0.27, 0.25};
  session.log_likelihoods = {-31.5, -30.25};
  model.sessions = {session};
  model.weights = {{-12, 18'446'744'073'709'551'615U, 0.125}, {7, 3, 2.9}};
  return model;
}

TEST(WriteModelJson, WhatTrainingSawReadsBack) {
  const Model model = read_model_json(model_json(trained_model()), "model.json");
  EXPECT_EQ(model.sessions[0].lambdas, trained_model().sessions[0].lambdas);
  EXPECT_EQ(model.sessions[0].log_likelihoods, trained_model().sessions[0].log_likelihoods);
  EXPECT_EQ(model.weights, trained_model().weights);
}

TEST(WriteModelJson, WhatTrainingDidNotKeepIsLeftOut) {
  Model model = trained_model();
  model.weights.clear();
  model.sessions[0].lambdas.clear();
  model.sessions[0].log_likelihoods.clear();
  const auto json = nlohmann::json::parse(model_json(model));
  EXPECT_FALSE(json.contains("weights"));
  EXPECT_FALSE(json["sessions"][0].contains("lambdas"));
  EXPECT_FALSE(json["sessions"][0].contains("log_likelihoods"));
  EXPECT_EQ(model_json(read_model_json(json.dump(), "model.json")), model_json(model));
}

}  // namespace
}  // namespace tessera
