#include "engine/propose_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "data/count_text.hpp"
#include "data/derive.hpp"
#include "data/error.hpp"
#include "engine/doubtful_layout.hpp"
#include "engine/propose_comparisons.hpp"
#include "engine/propose_mapping.hpp"
#include "engine/propose_place.hpp"
#include "engine/propose_sample.hpp"

namespace tessera {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

std::string source_choice(const SourceSpec& source, std::uint64_t rows, bool exact) {
  const std::string id = source.id_column.empty()
                             ? "no column surely names its records, so their line numbers do"
                             : "its records are named by " + source.id_column;
  return fmt::format("{}: {}{}; {}.", source.name, exact ? "" : "about ", counted(rows, "record"),
                     id);
}

std::string date_choice(const SourceSpec& source) {
  const bool month_first = source.date_order == DateOrder::kMonthDayYear;
  return fmt::format("{}: a date such as 05/04/1990 is read {} first.", source.name,
                     month_first ? "month" : "day");
}

std::string attribute_choice(const AttributeSpec& attribute) {
  std::string from = listed(attribute.columns);
  if (!attribute.parts.empty()) {
    from += (from.empty() ? "" : ", else from ") + listed(attribute.parts) + " together";
  }
  return fmt::format("{} ({}) is read from {}.", attribute.name, kind_name(attribute.kind), from);
}

std::vector<std::string> left_out_choices(const std::vector<LeftOut>& left_out) {
  std::vector<std::string> reasons;  // in order of first appearance
  std::map<std::string, std::vector<std::string>> columns;
  for (const LeftOut& left : left_out) {
    if (columns[left.reason].empty()) reasons.push_back(left.reason);
    columns[left.reason].push_back(left.column);
  }
  std::vector<std::string> choices;
  for (const std::string& reason : reasons) {
    choices.push_back(fmt::format("Left out, as {}: {}.", reason, listed(columns[reason])));
  }
  return choices;
}

std::string rule_choice(const ProposedRule& rule) {
  return fmt::format("Records that agree on {} are compared ({}; about {:.1f} pairs a record).",
                     rule.rule.text, rule.reason, rule.pairs_per_record);
}

std::string comparison_choice(const JobSpec& job) {
  std::vector<std::string> names;
  for (const ComparisonSpec& comparison : job.comparisons) names.push_back(comparison.name);
  return fmt::format("Compared: {}.", listed(names));
}

// Whether the sample had the column.
bool drop_column(FileSample& sample, const std::string& name) {
  const auto at = std::find(sample.columns.begin(), sample.columns.end(), name);
  if (at == sample.columns.end()) return false;
  const auto place = at - sample.columns.begin();
  sample.columns.erase(at);
  for (std::vector<std::string>& row : sample.rows) row.erase(row.begin() + place);
  return true;
}

std::vector<SampledFile> sampled(std::span<const SourceSpec> files, const ProposeOptions& options) {
  std::vector<SampledFile> samples;
  for (SourceSpec file : files) {
    file.path = file.path.lexically_normal();  // as read_job has paths
    samples.push_back({file, sample_file(file, options.sample_rows)});
  }
  for (const std::string& name : options.ignore) {
    bool found = false;
    for (SampledFile& file : samples) found = drop_column(file.sample, name) || found;
    if (found) continue;
    throw Error(ErrorCode::kUsage, "--ignore",
                "no file has a column " + name + "; name it as the files' headers do");
  }
  return samples;
}

// What small jobs can afford, large ones cannot: about kAffordablePairs in all, but never less than
// kLeastPairs a record. Of persons much is known, and a dozen sharp rules that fail for different
// reasons find more than three broad ones, so none may take more than its part.
RuleLimits scaled(const RuleLimits& limits, std::uint64_t records, bool has_person) {
  constexpr double kAffordablePairs = 2e7;
  constexpr double kLeastPairs = 30.0;
  const double rules = has_person ? 12.0 : 4.0;
  const double affordable = std::max(
      kLeastPairs, kAffordablePairs / static_cast<double>(std::max<std::uint64_t>(records, 1)));
  RuleLimits out;
  out.total_pairs_per_record = std::min(limits.total_pairs_per_record, affordable);
  out.pairs_per_record = std::min(limits.pairs_per_record, affordable / rules);
  return out;
}

[[noreturn]] void refuse(const ColumnMapping& mapping) {
  std::string text =
      "no column can be used to tell records apart; write a config with [[attribute]] "
      "tables that say what the columns mean";
  for (const std::string& choice : left_out_choices(mapping.left_out)) text += "\n  " + choice;
  throw Error(ErrorCode::kUsage, mapping.sources.front().path.string(), text);
}

}  // namespace

ProposedJob propose_job(std::span<const SourceSpec> files, const ProposeOptions& options) {
  if (files.empty()) {
    throw Error(ErrorCode::kUsage, "files", "there is no file to read; name one as NAME=FILE");
  }
  const std::vector<SampledFile> samples = sampled(files, options);
  const ColumnMapping mapping = map_columns(samples);
  if (mapping.attributes.empty()) refuse(mapping);

  ProposedJob proposed;
  JobSpec& job = proposed.job;
  job.link_type = files.size() == 1 ? LinkType::kDedupeOnly : LinkType::kLinkAndDedupe;
  job.sources = mapping.sources;
  for (const MappedAttribute& attribute : mapping.attributes) {
    job.attributes.push_back(attribute.spec);
    proposed.attribute_reasons.emplace_back(attribute.meaning ? "" : "its values look so");
  }
  std::vector<MappedAttribute> attributes = mapping.attributes;
  if (const auto place = propose_place(mapping.attributes, samples)) {
    job.derived.push_back(*place);
    MappedAttribute& added = attributes.emplace_back(attributes[place->first_of.front()]);
    added.meaning = std::nullopt;
    added.spec = AttributeSpec{};
    added.spec.name = place->name;
    added.spec.kind = place->kind;
  }
  job.comparisons = propose_comparisons(attributes);
  for (const DerivedAttribute& place : job.derived) {
    leave_out_placed(place, mapping.attributes, samples, job.comparisons);
  }

  proposed.choices.push_back(files.size() == 1
                                 ? "One file: its records are compared with each other."
                                 : "Several files: records are compared within and across them.");
  std::uint64_t records = 0;
  for (std::size_t f = 0; f < samples.size(); ++f) {
    const std::uint64_t rows = estimate_rows(samples[f], options.sample_rows);
    records += rows;
    const bool exact = samples[f].sample.rows.size() < options.sample_rows;
    proposed.choices.push_back(source_choice(job.sources[f], rows, exact));
    for (std::string& doubt : doubtful_layout(samples[f])) {
      proposed.doubts.push_back(std::move(doubt));
    }
    if (mapping.dates_need_order[f]) proposed.choices.push_back(date_choice(job.sources[f]));
  }
  for (const AttributeSpec& attribute : job.attributes) {
    proposed.choices.push_back(attribute_choice(attribute));
  }
  for (const DerivedAttribute& place : job.derived) {
    proposed.choices.push_back(fmt::format("{} is {} or, where that is missing, {}.", place.name,
                                           job.column_name(place.first_of.front()),
                                           job.column_name(place.first_of.back())));
  }
  for (std::string& choice : left_out_choices(mapping.left_out)) {
    proposed.left_out.push_back(choice);
    proposed.choices.push_back(std::move(choice));
  }
  Table table = sample_table(samples, job.sources, job.attributes);
  append_derived(job.derived, table);
  RuleCosts costs(table, records);
  for (ProposedRule& rule : propose_rules(attributes, mapping.has_person, costs,
                                          scaled(options.limits, records, mapping.has_person))) {
    proposed.choices.push_back(rule_choice(rule));
    proposed.rule_reasons.push_back(rule.reason);
    job.rules.push_back(std::move(rule.rule));
  }
  if (!options.ignore.empty()) {
    proposed.left_out.push_back("Left out, as you asked: " + listed(options.ignore) + ".");
    proposed.choices.push_back(proposed.left_out.back());
  }
  proposed.choices.push_back(comparison_choice(job));
  return proposed;
}

}  // namespace tessera
