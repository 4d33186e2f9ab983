#include "scoring/splink_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "data/error.hpp"
#include "scoring/model.hpp"

namespace tessera {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kNotObserved = "level not observed in training dataset";
constexpr double kNotObservedProbability = 1e-6;  // what Splink takes such a level's m and u as
constexpr double kDefaultPrior = 0.0001;          // Splink's, when the model has none

constexpr std::array<std::string_view, 6> kReadSettings = {"comparisons",
                                                           "probability_two_random_records_match",
                                                           "blocking_rules_to_generate_predictions",
                                                           "link_type",
                                                           "unique_id_column_name",
                                                           "source_dataset_column_name"};
/// Settings that say how Splink trains, prints or caches, and nothing about weights.
constexpr std::array<std::string_view, 13> kOtherSettings = {
    "retain_matching_columns",
    "retain_intermediate_calculation_columns",
    "additional_columns_to_retain",
    "em_convergence",
    "max_iterations",
    "bayes_factor_column_prefix",
    "match_weight_column_prefix",
    "term_frequency_adjustment_column_prefix",
    "comparison_vector_value_column_prefix",
    "linker_uid",
    "sql_dialect",
    "settings_uid",
    "cache_uid"};

class SettingsReader {
 public:
  explicit SettingsReader(std::string where) : where_(std::move(where)) {}

  SplinkSettings read(const Json& json) {
    if (!json.is_object() || !json.contains("comparisons") || !json["comparisons"].is_array()) {
      throw Error(ErrorCode::kUsage, where_,
                  "no Splink model: it has no list `comparisons`; save one with Splink's "
                  "save_model_to_json");
    }
    const Json& comparisons = json["comparisons"];
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
      read_comparison(comparisons[i], fmt::format("comparisons[{}]", i));
    }
    read_rules(json);
    read_rest(json);
    return std::move(settings_);
  }

 private:
  [[noreturn]] void fail(const std::string& place, const std::string& fault) const {
    throw Error(ErrorCode::kUsage, where_,
                place + " " + fault + "; save the model again with Splink's save_model_to_json");
  }

  /// The member `key` unless absent or null.
  static const Json* member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }

  static std::string join(const std::string& place, const char* key) {
    return place.empty() ? std::string(key) : place + "." + key;
  }

  std::string text(const Json& object, const std::string& place, const char* key,
                   const std::string& otherwise) const {
    const Json* value = member(object, key);
    if (value == nullptr) return otherwise;
    if (!value->is_string()) fail(join(place, key), "is not a text");
    return value->get<std::string>();
  }

  double number(const Json& object, const std::string& place, const char* key, double otherwise,
                double most) const {
    const Json* value = member(object, key);
    if (value == nullptr) return otherwise;
    if (!value->is_number()) fail(join(place, key), "is not a number");
    const double found = value->get<double>();
    if (found >= 0.0 && found <= most) return found;
    fail(join(place, key), fmt::format("is {}; it must be 0 to {}", found, most));
  }

  bool flag(const Json& object, const std::string& place, const char* key) const {
    const Json* value = member(object, key);
    if (value == nullptr) return false;
    if (!value->is_boolean()) fail(join(place, key), "is neither true nor false");
    return value->get<bool>();
  }

  /// A probability held inside (0, 1), as weights need it; nullopt if absent.
  std::optional<double> probability(const Json& object, const std::string& place, const char* key) {
    const Json* value = member(object, key);
    if (value == nullptr) return std::nullopt;
    if (value->is_string() && value->get<std::string>() == kNotObserved) {
      return kNotObservedProbability;
    }
    const double found = number(object, place, key, 0.0, 1.0);
    // 1 itself: the next double below it changes no weight by 1e-15 bits.
    if (found > 0.0) return std::min(found, std::nextafter(1.0, 0.0));
    settings_.notes.push_back(fmt::format(
        "{}.{} is 0, which would settle every pair at this level for ever; {} is taken instead",
        place, key, kLeastProbability));
    return kLeastProbability;
  }

  SplinkRawLevel read_level(const Json& json, const std::string& place) {
    if (!json.is_object()) fail(place, "is not an object");
    SplinkRawLevel level;
    level.sql = text(json, place, "sql_condition", "");
    if (level.sql.empty()) fail(place + ".sql_condition", "is missing");
    const std::string label = text(json, place, "label_for_charts", "");
    level.place = label.empty() ? place : fmt::format("{} ({})", place, label);
    level.is_null = flag(json, place, "is_null_level");
    if (level.is_null) return level;
    const std::optional<double> m = probability(json, place, "m_probability");
    level.m = m.value_or(0.0);
    level.m_trained = m.has_value();
    level.u = probability(json, place, "u_probability").value_or(0.0);
    level.tf_column = text(json, place, "tf_adjustment_column", "");
    level.tf_weight = number(json, place, "tf_adjustment_weight", 1.0, 100.0);
    level.tf_minimum = number(json, place, "tf_minimum_u_value", 0.0, 1.0);
    level.own_u = flag(json, place, "disable_tf_exact_match_detection");
    return level;
  }

  void read_comparison(const Json& json, const std::string& place) {
    if (!json.is_object()) fail(place, "is not an object");
    SplinkRawComparison comparison;
    comparison.place = place;
    comparison.name = text(json, place, "output_column_name", "");
    const Json* levels = member(json, "comparison_levels");
    if (levels == nullptr || !levels->is_array()) {
      fail(place + ".comparison_levels", "is not a list of levels");
    }
    for (std::size_t i = 0; i < levels->size(); ++i) {
      SplinkRawLevel level =
          read_level((*levels)[i], fmt::format("{}.comparison_levels[{}]", place, i));
      (level.is_null ? comparison.nulls : comparison.levels).push_back(std::move(level));
    }
    if (comparison.levels.empty()) {
      fail(place + ".comparison_levels", "holds no level that is not a null level");
    }
    set_defaults(comparison.levels);
    settings_.comparisons.push_back(std::move(comparison));
  }

  /// What Splink takes for an absent m or u: m 0.95 for the strongest level and the rest shared; u
  /// so that the strongest weighs 10 and the others from 3 down to -5. Source: comparison_level.py
  /// of Splink 5.0.
  static void set_defaults(std::vector<SplinkRawLevel>& levels) {
    constexpr double kExact = 0.95;
    const double others = static_cast<double>(levels.size() - 1);
    for (std::size_t i = 0; i < levels.size(); ++i) {
      const double m = i == 0 ? kExact : (1.0 - kExact) / others;
      const double from_below = others - static_cast<double>(i);
      double weight = 10.0;
      if (i > 0) weight = levels.size() == 2 ? -5.0 : -5.0 + 8.0 * from_below / (others - 1.0);
      if (levels[i].m == 0.0) levels[i].m = m;
      if (levels[i].u == 0.0) levels[i].u = m / std::exp2(weight);
    }
  }

  void read_rules(const Json& json) {
    constexpr const char* kRules = "blocking_rules_to_generate_predictions";
    const Json* rules = member(json, kRules);
    if (rules == nullptr) return;
    if (!rules->is_array()) fail(kRules, "is not a list");
    for (std::size_t i = 0; i < rules->size(); ++i) {
      const Json& from = (*rules)[i];
      SplinkRawRule rule;
      rule.place = fmt::format("{}[{}]", kRules, i);
      if (from.is_string()) rule.sql = from.get<std::string>();
      if (from.is_object()) {
        rule.sql = text(from, rule.place, "blocking_rule", "");
        const Json* arrays = member(from, "arrays_to_explode");
        rule.takes_arrays_apart = arrays != nullptr && arrays->is_array() && !arrays->empty();
      }
      if (rule.sql.empty()) {
        fail(rule.place, "is neither a rule nor an object with a blocking_rule");
      }
      settings_.rules.push_back(std::move(rule));
    }
  }

  void read_rest(const Json& json) {
    constexpr const char* kPrior = "probability_two_random_records_match";
    settings_.prior = number(json, "", kPrior, kDefaultPrior, 1.0);
    if (!(settings_.prior > 0.0 && settings_.prior < 1.0)) {
      fail(kPrior, "must be over 0 and under 1");
    }
    settings_.link_type = text(json, "", "link_type", "link_and_dedupe");
    settings_.unique_id_column = text(json, "", "unique_id_column_name", "unique_id");
    settings_.source_column = text(json, "", "source_dataset_column_name", "");
    const auto listed = [](const auto& names, const std::string& key) {
      return std::find(names.begin(), names.end(), key) != names.end();
    };
    for (const auto& [key, value] : json.items()) {
      if (listed(kReadSettings, key) || listed(kOtherSettings, key)) continue;
      settings_.notes.push_back(fmt::format("{}: a setting that Tessera does not know", key));
    }
  }

  std::string where_;
  SplinkSettings settings_;
};

}  // namespace

SplinkSettings read_splink_settings(std::string_view text, const std::string& where) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::out_of_range&) {
    throw Error(ErrorCode::kUsage, where, "holds a number beyond any double; put it right");
  } catch (const Json::parse_error& error) {
    throw Error(ErrorCode::kUsage, where,
                fmt::format("not JSON at byte {}; save the model with Splink's "
                            "save_model_to_json",
                            error.byte));
  }
  return SettingsReader(where).read(json);
}

}  // namespace tessera
