// How right a result should be, without labels: what the pairs' probabilities say of it.
#pragma once

#include <span>
#include <string>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "engine/result_facts.hpp"
#include "scoring/model.hpp"

namespace tessera {

struct ExpectedQualityInput {
  const JobSpec& job;
  const Table& table;
  const Model& model;
  std::span<const Link> links;  ///< Sorted by (left, right); those of the clerical band too.
};

/// Expected precision of the links: the mean of their probabilities. Expected recall: of the
/// matches expected among all pairs compared, the share that is linked; matches under the review
/// threshold are taken from the pairs that training counted (Model::weights; without them the
/// recall is among kept pairs). What blocking never brought together is not in it: `tessera
/// blocking
/// --recall` estimates that.
///
/// Probabilities rest on a model that holds attributes for independent and records for of one sort:
/// on the labelled sets of persons the true error shares lie within a factor of the expected ones
/// (of precision kPrecisionFactor, of recall kRecallFactor) and a remainder (kErrorRemainder),
/// nearly always; that, and the chance of few pairs, is the interval. docs/quality.md has the
/// figures, `bench/accuracy/quality.py` makes them.
///
/// Groups of links: by sources, sex, decade of birth, script, and values missing; a group of under
/// 11 pairs is joined with the others of its kind so small. Deterministic: sums run in the order of
/// the links. Cost: one pass over the links, one over the dictionaries of three columns.
ResultFacts::Quality expected_quality(const ExpectedQualityInput& input);

/// What to tell of a result that is not to be relied on, one sentence; empty where there is nothing
/// to say or links are too few to say it. If less than kLeastLinked of the expected matches are
/// links, the model sees matches everywhere: what is compared hardly tells records apart, as where
/// nobody has a name. Of the labelled sets (docs/quality.md) three are so, whose true precision is
/// 0.06, 0.25 and 1 (at a recall of 0.002); the least of a set of persons is 0.67.
std::string quality_warning(const ResultFacts::Quality& quality);

inline constexpr double kLeastLinked = 0.5;
inline constexpr double kPrecisionFactor = 4.0;
inline constexpr double kRecallFactor = 2.5;
inline constexpr double kErrorRemainder = 0.01;

struct ShareOptions {
  double deviation = 0.0;            ///< The standard deviation of the share by chance.
  double factor = kPrecisionFactor;  ///< At least 1.
};

/// The interval about an expected share: 0 <= low <= expected <= high <= 1.
ResultFacts::Share share_with_interval(double expected, const ShareOptions& options);

}  // namespace tessera
