#include "engine/splink_job.hpp"

#include <algorithm>

#include "scoring/splink_model.hpp"

namespace tessera {
namespace {

bool is_date_function(LevelFunction function) {
  return function == LevelFunction::kDateOneEdit || function == LevelFunction::kDateSwap ||
         function == LevelFunction::kDateCoarse || function == LevelFunction::kDateWithinDays ||
         function == LevelFunction::kDateWithinMonths ||
         function == LevelFunction::kDateWithinYears;
}

class Builder {
 public:
  std::uint32_t attribute(const std::string& name) {
    const auto same = [&](const AttributeSpec& spec) { return spec.name == name; };
    const auto found = std::find_if(job.attributes.begin(), job.attributes.end(), same);
    if (found != job.attributes.end()) {
      return static_cast<std::uint32_t>(found - job.attributes.begin());
    }
    AttributeSpec spec;
    spec.name = name;
    spec.columns = {name};
    job.attributes.push_back(std::move(spec));
    return static_cast<std::uint32_t>(job.attributes.size() - 1);
  }

  void add_comparison(const SplinkComparison& from) {
    ComparisonSpec comparison;
    comparison.name = from.name;
    comparison.attribute = attribute(from.attribute);
    if (!from.swapped_with.empty()) comparison.swapped_with = attribute(from.swapped_with);
    comparison.levels = from.levels;
    comparison.term_frequency = from.term_frequency;
    if (std::any_of(from.levels.begin(), from.levels.end(),
                    [](const LevelSpec& level) { return is_date_function(level.function); })) {
      job.attributes[comparison.attribute].kind = Kind::kDate;
    }
    job.comparisons.push_back(std::move(comparison));
  }

  // False if a part of the rule has no counterpart.
  bool add_rule(const std::vector<std::string>& parts) {
    BlockingRule rule;
    for (const std::string& text : parts) {
      const std::optional<KeyPartText> split = split_key_part(text);
      const std::optional<KeyFunction> function =
          split ? key_function_from_name(split->function) : std::nullopt;
      if (!function) return false;
      const KeyPart part{*function, attribute(split->attribute), split->length.value_or(0)};
      if (!rule.text.empty()) rule.text += " + ";
      rule.text += key_part_text(part, split->attribute);
      rule.parts.push_back(part);
    }
    job.rules.push_back(std::move(rule));
    return true;
  }

  JobSpec job;
};

}  // namespace

bool is_splink_json(std::string_view text) {
  return text.find("\"comparison_levels\"") != std::string_view::npos;
}

SplinkJob splink_job(std::string_view text, const std::string& where,
                     std::span<const SourceSpec> sources) {
  SplinkModel splink = read_splink_model(text, where);
  SplinkJob out;
  Builder builder;
  for (const SplinkComparison& comparison : splink.comparisons) builder.add_comparison(comparison);
  for (const std::vector<std::string>& rule : splink.rules) {
    if (!builder.add_rule(rule)) {
      splink.not_carried_over.push_back(
          "a blocking rule has a part that no key function expresses");
    }
  }
  out.job = std::move(builder.job);
  out.job.link_type = splink.scope == PairScope::kAcrossSources  ? LinkType::kLinkOnly
                      : splink.scope == PairScope::kWithinSource ? LinkType::kDedupeOnly
                                                                 : LinkType::kLinkAndDedupe;
  for (SourceSpec source : sources) {
    if (source.id_column.empty()) source.id_column = splink.unique_id_column;
    out.job.sources.push_back(std::move(source));
  }
  out.model = std::move(splink.model);
  out.not_carried_over = std::move(splink.not_carried_over);
  return out;
}

}  // namespace tessera
