// Layout of model.json (keys in this order, two blanks of indent; doubles in the shortest form that
// reads back to the same double; `relations`, `source_pairs` and `h` only where the model has
// them, `weights`, `lambdas` and `log_likelihoods` only where training kept them):
//
//   model      := { "format": "tessera-model", "version": 1, "prior": p,
//                   "relations": [relation …], "source_pairs": [sourcepair …],
//                   "comparisons": [comparison …], "sessions": [session …],
//                   "weights": [weightbin …], "warnings": [text …] }
//   relation   := { "relation": text, "prior": p, "by_chance": b }
//   sourcepair := { "left": text, "right": text, "prior": p, "relation_priors": [p …] }
//   comparison := { "name": text, "tf_exponent": x, "tf_minimum": p, "levels": [level …],
//                   "h": [[p …] …] }
//   level      := { "level": text, "m": p, "u": p, "m_trained": b, "term_frequency": b,
//                   "tf_weight": x }
//   session    := { "rule": text, "pairs": n, "lambda": p, "iterations": n, "converged": b,
//                   "m": [[p …] …], "lambdas": [p …], "log_likelihoods": [x …] }
//   weightbin  := { "from_bits": n, "pairs": n, "expected_matches": x }
//
// with 1 … 16 comparisons, 1 … 15 levels each, one list h per relation, one list m per comparison.
//
// Reading collects every problem before it throws, so that a hand-edited file is put right at once.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "data/error.hpp"
#include "scoring/model.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFormat = "tessera-model";
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kProblemsTold = 10;
constexpr double kMostBits = 1e6;

/// Reads values by place and notes what is wrong with them.
class Reader {
 public:
  /// The member `key` of `object`, or null with a problem noted.
  const Json* member(const Json& object, const std::string& place, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (object.is_object() && found != object.end()) return &*found;
    problem(join(place, key), "is missing");
    return nullptr;
  }

  std::string text(const Json& object, const std::string& place, const char* key) {
    const Json* value = member(object, place, key);
    if (value == nullptr) return {};
    if (value->is_string()) return value->get<std::string>();
    problem(join(place, key), "is not a text");
    return {};
  }

  bool boolean(const Json& object, const std::string& place, const char* key) {
    const Json* value = member(object, place, key);
    if (value == nullptr) return false;
    if (value->is_boolean()) return value->get<bool>();
    problem(join(place, key), "is neither true nor false");
    return false;
  }

  std::uint64_t count(const Json& object, const std::string& place, const char* key,
                      std::uint64_t most) {
    const Json* value = member(object, place, key);
    if (value == nullptr) return 0;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= most) {
      return value->get<std::uint64_t>();
    }
    problem(join(place, key), fmt::format("is not a whole number from 0 to {}", most));
    return 0;
  }

  double number(const Json& object, const std::string& place, const char* key) {
    const Json* value = member(object, place, key);
    return value == nullptr ? 0.0 : number(*value, join(place, key));
  }

  double number(const Json& value, const std::string& place) {
    if (value.is_number()) return value.get<double>();
    problem(place, "is not a number");
    return std::nan("");
  }

  /// Strictly between 0 and 1: weights are logarithms of ratios of these.
  double open_probability(const Json& object, const std::string& place, const char* key) {
    const Json* value = member(object, place, key);
    return value == nullptr ? 0.0 : open_probability(*value, join(place, key));
  }

  double open_probability(const Json& value, const std::string& place) {
    const double p = number(value, place);
    if (!std::isnan(p) && !(p > 0.0 && p < 1.0)) {
      problem(place, fmt::format("is {}; a probability here is over 0 and under 1", p));
    }
    return p;
  }

  double in_range(const Json& object, const std::string& place, const char* key, double least,
                  double most) {
    const double value = number(object, place, key);
    if (!std::isnan(value) && !(value >= least && value <= most)) {
      problem(join(place, key), fmt::format("is {}; it must be {} to {}", value, least, most));
    }
    return value;
  }

  /// The array `key`, its length checked; an empty array if it is none.
  const Json& array(const Json& object, const std::string& place, const char* key,
                    std::size_t least, std::size_t most) {
    static const Json kNone = Json::array();
    const Json* value = member(object, place, key);
    if (value == nullptr) return kNone;
    if (!value->is_array()) {
      problem(join(place, key), "is not a list");
      return kNone;
    }
    if (value->size() >= least && value->size() <= most) return *value;
    problem(join(place, key),
            fmt::format("has {} entries; it must have {} to {}", value->size(), least, most));
    return kNone;
  }

  void problem(const std::string& place, const std::string& fault) {
    if (problems_++ >= kProblemsTold) return;
    if (!told_.empty()) told_ += "; ";
    told_ += place + " " + fault;
  }

  void throw_if_any(const std::string& where) const {
    if (problems_ == 0) return;
    std::string what = told_;
    if (problems_ > kProblemsTold) {
      what += fmt::format("; and {} more", problems_ - kProblemsTold);
    }
    throw Error(ErrorCode::kUsage, where, what + "; put it right or train the model again");
  }

  static std::string join(const std::string& place, const char* key) {
    return place.empty() ? std::string(key) : place + "." + key;
  }

 private:
  std::size_t problems_ = 0;
  std::string told_;
};

std::vector<RelationModel> read_relations(Reader& reader, const Json& json) {
  std::vector<RelationModel> relations;
  if (!json.contains("relations")) return relations;
  const Json& list = reader.array(json, "", "relations", 1, kMaxRelations);
  for (std::size_t k = 0; k < list.size(); ++k) {
    const std::string place = fmt::format("relations[{}]", k);
    relations.push_back({reader.text(list[k], place, "relation"),
                         reader.open_probability(list[k], place, "prior"),
                         reader.boolean(list[k], place, "by_chance")});
  }
  return relations;
}

std::vector<SourcePairPriors> read_source_pairs(Reader& reader, const Json& json,
                                                std::size_t relations) {
  std::vector<SourcePairPriors> pairs;
  if (!json.contains("source_pairs")) return pairs;
  const Json& list = reader.array(json, "", "source_pairs", 1, SIZE_MAX);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = fmt::format("source_pairs[{}]", i);
    SourcePairPriors& pair = pairs.emplace_back();
    pair.left = reader.text(list[i], place, "left");
    pair.right = reader.text(list[i], place, "right");
    pair.prior = reader.open_probability(list[i], place, "prior");
    if (relations == 0) continue;
    const Json& priors = reader.array(list[i], place, "relation_priors", relations, relations);
    for (std::size_t k = 0; k < priors.size(); ++k) {
      pair.relation_priors.push_back(
          reader.open_probability(priors[k], fmt::format("{}.relation_priors[{}]", place, k)));
    }
  }
  return pairs;
}

LevelModel read_level(Reader& reader, const Json& json, const std::string& place) {
  LevelModel level;
  level.text = reader.text(json, place, "level");
  level.m = reader.open_probability(json, place, "m");
  level.u = reader.open_probability(json, place, "u");
  level.m_trained = reader.boolean(json, place, "m_trained");
  level.term_frequency = reader.boolean(json, place, "term_frequency");
  level.tf_weight = reader.in_range(json, place, "tf_weight", 0.0, 100.0);
  return level;
}

// Exactly one level holds for a pair, so m, u and each h sum to 1. What training wrote does; what a
// hand changed may not. Levels that were not trained may hold another program's stand-ins, which do
// not (scoring/splink_settings.cpp); a u may be one even then, so that it is held to less.
void check_sums(Reader& reader, const ComparisonModel& comparison, const std::string& place) {
  constexpr double kRounding = 0.01;
  constexpr double kMostOfU = 1.25;
  double m = 0.0;
  double u = 0.0;
  bool all_trained = !comparison.levels.empty();
  for (const LevelModel& level : comparison.levels) {
    m += level.m;
    u += level.u;
    all_trained = all_trained && level.m_trained;
  }
  const auto tell = [&](const std::string& of, double sum) {
    reader.problem(place,
                   fmt::format("has {} that sum to {:.3g} over its levels, not to 1", of, sum));
  };
  if (all_trained && std::abs(m - 1.0) > kRounding) tell("m", m);
  if (all_trained && u > kMostOfU) tell("u", u);
  for (std::size_t k = 0; k < comparison.h.size(); ++k) {
    const double h = std::accumulate(comparison.h[k].begin(), comparison.h[k].end(), 0.0);
    if (std::abs(h - 1.0) > kRounding) tell(fmt::format("h[{}]", k), h);
  }
}

ComparisonModel read_comparison(Reader& reader, const Json& json, const std::string& place,
                                std::size_t relations) {
  ComparisonModel comparison;
  comparison.name = reader.text(json, place, "name");
  comparison.tf_exponent = reader.in_range(json, place, "tf_exponent", 0.0, 100.0);
  comparison.tf_minimum = reader.in_range(json, place, "tf_minimum", 0.0, 1.0);
  const Json& levels = reader.array(json, place, "levels", 1, kMaxLevels);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    comparison.levels.push_back(
        read_level(reader, levels[i], fmt::format("{}.levels[{}]", place, i)));
  }
  if (!json.is_object() || !json.contains("h")) {
    check_sums(reader, comparison, place);
    return comparison;
  }
  const Json& h = reader.array(json, place, "h", relations, relations);
  for (std::size_t k = 0; k < h.size(); ++k) {
    const std::string here = fmt::format("{}.h[{}]", place, k);
    std::vector<double>& of = comparison.h.emplace_back();
    if (!h[k].is_array() || h[k].size() != levels.size()) {
      reader.problem(here, "is not one number for each level");
      continue;
    }
    for (std::size_t i = 0; i < h[k].size(); ++i) {
      of.push_back(reader.open_probability(h[k][i], fmt::format("{}[{}]", here, i)));
    }
  }
  check_sums(reader, comparison, place);
  return comparison;
}

/// A list of numbers that may be absent.
std::vector<double> read_numbers(Reader& reader, const Json& json, const std::string& place,
                                 const char* key) {
  std::vector<double> numbers;
  if (!json.is_object() || !json.contains(key)) return numbers;
  const Json& all = reader.array(json, place, key, 0, SIZE_MAX);
  for (std::size_t i = 0; i < all.size(); ++i) {
    numbers.push_back(reader.number(all[i], fmt::format("{}.{}[{}]", place, key, i)));
  }
  return numbers;
}

TrainingSession read_session(Reader& reader, const Json& json, const std::string& place,
                             const std::vector<ComparisonModel>& comparisons) {
  TrainingSession session;
  session.rule = reader.text(json, place, "rule");
  session.pairs = reader.count(json, place, "pairs", UINT64_MAX);
  session.lambda = reader.in_range(json, place, "lambda", 0.0, 1.0);
  session.iterations =
      static_cast<std::uint32_t>(reader.count(json, place, "iterations", UINT32_MAX));
  session.converged = reader.boolean(json, place, "converged");
  const Json& all = reader.array(json, place, "m", comparisons.size(), comparisons.size());
  for (std::size_t c = 0; c < all.size(); ++c) {
    const std::string here = fmt::format("{}.m[{}]", place, c);
    std::vector<double>& m = session.m.emplace_back();
    if (!all[c].is_array() || (!all[c].empty() && all[c].size() != comparisons[c].levels.size())) {
      reader.problem(here, "is neither empty nor one number for each level");
      continue;
    }
    for (std::size_t i = 0; i < all[c].size(); ++i) {
      m.push_back(reader.open_probability(all[c][i], fmt::format("{}[{}]", here, i)));
    }
  }
  session.lambdas = read_numbers(reader, json, place, "lambdas");
  session.log_likelihoods = read_numbers(reader, json, place, "log_likelihoods");
  return session;
}

std::vector<WeightBin> read_weights(Reader& reader, const Json& json) {
  std::vector<WeightBin> bins;
  if (!json.contains("weights")) return bins;
  const Json& all = reader.array(json, "", "weights", 0, SIZE_MAX);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string place = fmt::format("weights[{}]", i);
    WeightBin& bin = bins.emplace_back();
    const double from = reader.in_range(all[i], place, "from_bits", -kMostBits, kMostBits);
    bin.from_bits = std::abs(from) <= kMostBits ? static_cast<int>(from) : 0;
    bin.pairs = reader.count(all[i], place, "pairs", UINT64_MAX);
    bin.expected_matches = reader.in_range(all[i], place, "expected_matches", 0.0, 1e300);
  }
  return bins;
}

Json parse(std::string_view text, const std::string& where) {
  try {
    return Json::parse(text);
  } catch (const Json::out_of_range&) {
    throw Error(ErrorCode::kUsage, where, "holds a number beyond any double; put it right");
  } catch (const Json::parse_error& error) {
    throw Error(ErrorCode::kUsage, where,
                fmt::format("not JSON at byte {}; a model is the model.json of a tessera link or "
                            "train run",
                            error.byte));
  }
}

}  // namespace

Model read_model_json(std::string_view text, const std::string& where) {
  const Json json = parse(text, where);
  if (!json.is_object() || json.value("format", Json()) != kFormat) {
    throw Error(ErrorCode::kUsage, where,
                "no tessera model: `format` is not \"tessera-model\"; a model is the model.json "
                "of a tessera link or train run");
  }
  if (json.value("version", Json()) != kVersion) {
    throw Error(ErrorCode::kDamaged, where,
                fmt::format("`version` is not {}, the one that this program reads; train the "
                            "model again or use the program that wrote it",
                            kVersion));
  }
  Reader reader;
  Model model;
  model.prior = reader.open_probability(json, "", "prior");
  model.relations = read_relations(reader, json);
  model.source_pairs = read_source_pairs(reader, json, model.relations.size());
  const Json& comparisons = reader.array(json, "", "comparisons", 1, kMaxComparisons);
  std::set<std::string> names;
  for (std::size_t c = 0; c < comparisons.size(); ++c) {
    const std::string place = fmt::format("comparisons[{}]", c);
    model.comparisons.push_back(
        read_comparison(reader, comparisons[c], place, model.relations.size()));
    if (!names.insert(model.comparisons.back().name).second) {
      reader.problem(place + ".name", "is the name of an earlier comparison too");
    }
  }
  const Json& sessions = reader.array(json, "", "sessions", 0, SIZE_MAX);
  for (std::size_t s = 0; s < sessions.size(); ++s) {
    model.sessions.push_back(
        read_session(reader, sessions[s], fmt::format("sessions[{}]", s), model.comparisons));
  }
  model.weights = read_weights(reader, json);
  const Json& warnings = reader.array(json, "", "warnings", 0, SIZE_MAX);
  for (std::size_t w = 0; w < warnings.size(); ++w) {
    if (!warnings[w].is_string()) {
      reader.problem(fmt::format("warnings[{}]", w), "is not a text");
      continue;
    }
    model.warnings.push_back(warnings[w].get<std::string>());
  }
  reader.throw_if_any(where);
  return model;
}

}  // namespace tessera
