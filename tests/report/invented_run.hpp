// A run of two sources, made by hand, with a model; names as given.
#pragma once

#include <string>

#include "engine/run_facts.hpp"
#include "report/evaluation.hpp"
#include "scoring/model.hpp"

namespace tessera::test {

inline RunFacts invented_run(const std::string& first = "clinic",
                             const std::string& rule = "birth_date") {
  RunFacts facts;
  facts.link_threshold_bits = 4.25;
  facts.review_threshold_bits = 0.0;
  facts.links = 1234;
  SourceFacts clinic;
  clinic.name = first;
  clinic.rows_read = 11;
  clinic.rows_kept = 10;
  SourceFacts school;
  school.name = "school";
  school.rows_read = 4;
  school.rows_kept = 4;
  facts.sources = {clinic, school};
  facts.rules = {{.rule = rule, .blocks = 3, .largest_block = 4, .pairs = 7}};
  facts.not_compared = {{"oversized block", "village", 1, 0, 12}};
  facts.result.completeness = {{"phone", {5, 4}}};
  facts.result.weights = {{1, 2}, {9, 5}};
  facts.result.sizes = {{1, 8}, {2, 2, 5.5, 9.5}, {3, 1, 0.0, 0.0, 1}};
  facts.result.source_pairs = {{first, "school", 4, 1, 2}};
  facts.result.unlinkable = {{first, 2, 10}, {"school", 0, 0}};
  return facts;
}

inline Model invented_model(const std::string& comparison = "name",
                            const std::string& rule = "birth_date") {
  Model model;
  model.prior = 1e-4;
  ComparisonModel of;
  of.name = comparison;
  of.levels = {{"exact", 0.8, 0.1, true}, {"else", 0.2, 0.9, true}};
  model.comparisons = {of};
  model.sessions = {{rule, 1000, 0.4, 2, true, {{0.7, 0.3}}, {0.3, 0.35, 0.4}, {-900, -800}},
                    {"phone", 500, 0.2, 1, false, {{0.9, 0.1}}, {0.3, 0.2}, {-100}}};
  model.weights = {{-20, 1'000'000, 0.5}, {8, 90, 89.5}};
  return model;
}

inline Evaluation invented_evaluation(const std::string& first = "clinic") {
  Evaluation evaluation;
  evaluation.sweep = {{0.0, {80, 100, 100}}, {1.0, {79, 90, 100}}, {2.0, {60, 60, 100}}};
  evaluation.at_link_threshold = {1.0, {79, 90, 100}};
  evaluation.best = evaluation.sweep[1];
  evaluation.clusters = {79, 90, 100};
  evaluation.by_source = {{first, "school", {79, 90, 100}, {79, 90, 100}}};
  return evaluation;
}

}  // namespace tessera::test
