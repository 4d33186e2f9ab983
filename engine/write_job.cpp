#include "engine/write_job.hpp"

#include <fmt/format.h>

#include "engine/config_sections.hpp"
#include "engine/merge.hpp"
#include "engine/toml_text.hpp"

namespace tessera {
namespace {

template <typename Items, typename Write>
std::string list_of(const Items& items, Write write) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ", ";
    out += write(item);
  }
  return out + "]";
}

// Shortest digits that read back to the same double.
std::string threshold_text(const Threshold& threshold) {
  return threshold.in_bits ? fmt::format("\"{} bits\"", threshold.value)
                           : fmt::format("{}", threshold.value);
}

std::string job_section(const JobSpec& job, const std::filesystem::path& folder) {
  std::string out = "[job]\n";
  out += fmt::format("link_type = {}\n",
                     toml_text(link_type_names()[static_cast<std::size_t>(job.link_type)]));
  out += fmt::format("thresholds = {{ link = {}, review = {} }}\n",
                     threshold_text(job.link_threshold), threshold_text(job.review_threshold));
  out += fmt::format("seed = {}\n", job.seed);
  if (!job.today.empty()) out += fmt::format("today = {}\n", toml_text(job.today));
  out += fmt::format("max_rejected_share = {}\n", job.max_rejected_share);
  out += fmt::format("max_block_records = {}\n", job.max_block_records);
  if (!job.nickname_file.empty()) {
    out += fmt::format("nicknames = {}\n", toml_path(job.nickname_file, folder));
  }
  return out;
}

std::string source_section(const SourceSpec& source, const std::filesystem::path& folder) {
  std::string out = "\n[[source]]\n";
  out += fmt::format("name = {}\n", toml_text(source.name));
  out += fmt::format("path = {}\n", toml_path(source.path, folder));
  if (!source.id_column.empty()) out += fmt::format("id = {}\n", toml_text(source.id_column));
  out += fmt::format("duplicate_free = {}\n", source.duplicate_free);
  out += fmt::format("encoding = {}\n",
                     toml_text(encoding_names()[static_cast<std::size_t>(source.encoding)]));
  if (source.delimiter) {
    out += fmt::format("delimiter = {}\n", toml_text(std::string(1, *source.delimiter)));
  }
  out += fmt::format("date_order = {}\n",
                     toml_text(date_order_names()[static_cast<std::size_t>(source.date_order)]));
  if (!source.updated_column.empty()) {
    out += fmt::format("updated = {}\n", toml_text(source.updated_column));
  }
  return out;
}

std::string attribute_section(const AttributeSpec& attribute) {
  std::string out = "\n[[attribute]]\n";
  out += fmt::format("name = {}\n", toml_text(attribute.name));
  out += fmt::format("kind = {}\n", toml_text(kind_name(attribute.kind)));
  if (!attribute.columns.empty()) out += "columns = " + toml_texts(attribute.columns) + "\n";
  if (!attribute.parts.empty()) out += "parts = " + toml_texts(attribute.parts) + "\n";
  if (!attribute.rules.empty()) {
    out +=
        "rules = " +
        list_of(attribute.rules,
                [](const CleaningRule& rule) {
                  return "[" + toml_text(rule.pattern) + ", " + toml_text(rule.replacement) + "]";
                }) +
        "\n";
  }
  if (!attribute.null_words.empty())
    out += "null_words = " + toml_texts(attribute.null_words) + "\n";
  if (!attribute.survivorship.empty()) {
    out += "survivorship = " +
           list_of(attribute.survivorship,
                   [](Survivorship rule) { return toml_text(survivorship_name(rule)); }) +
           "\n";
  }
  return out;
}

std::string derived_section(const DerivedAttribute& derived, const JobSpec& job) {
  std::string out = "\n[[attribute]]\n";
  out += fmt::format("name = {}\n", toml_text(derived.name));
  out += fmt::format("kind = {}\n", toml_text(kind_name(derived.kind)));
  return out + "first_of = " +
         list_of(derived.first_of,
                 [&](std::uint32_t column) { return toml_text(job.column_name(column)); }) +
         "\n";
}

std::string blocking_section(const JobSpec& job) {
  std::string out = "\n[blocking]\nrules = [\n";
  for (const BlockingRule& rule : job.rules) {
    out += "  " + toml_rule(rule, job) + ",\n";
  }
  if (job.index_rule) out += "  [" + toml_text(job.index_rule->text) + "],\n";
  return out + "]\n";
}

std::string comparison_section(const ComparisonSpec& comparison, const JobSpec& job) {
  std::string out = "\n[[comparison]]\n";
  out += fmt::format("name = {}\n", toml_text(comparison.name));
  out += fmt::format("attributes = [{}]\n", toml_text(job.column_name(comparison.attribute)));
  out += "levels = " +
         list_of(comparison.levels, [](const LevelSpec& level) { return toml_text(level.text); }) +
         "\n";
  if (comparison.swapped_with) {
    out += fmt::format("swapped_with = {}\n", toml_text(job.column_name(*comparison.swapped_with)));
  }
  out += fmt::format("term_frequency = {}\n", comparison.term_frequency);
  return out;
}

}  // namespace

std::string job_toml(const JobSpec& job, const std::filesystem::path& folder) {
  std::string out = job_section(job, folder);
  for (const SourceSpec& source : job.sources) out += source_section(source, folder);
  for (const AttributeSpec& attribute : job.attributes) out += attribute_section(attribute);
  for (const DerivedAttribute& derived : job.derived) out += derived_section(derived, job);
  out += blocking_section(job);
  for (const ComparisonSpec& comparison : job.comparisons) {
    out += comparison_section(comparison, job);
  }
  return out;
}

}  // namespace tessera
