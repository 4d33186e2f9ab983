#include "engine/write_commented_job.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/config_sections.hpp"
#include "engine/toml_text.hpp"

namespace tessera {
namespace {

constexpr std::size_t kColumns = 200;

// An entry of a list, and why it is there beyond what the list's own comment says.
struct Entry {
  std::string toml;
  std::string reason;
};

// The entries of a list, each line with as many as kColumns hold with their reasons, and the
// closing bracket.
std::string packed(const std::vector<Entry>& entries) {
  std::string text;
  for (std::size_t from = 0; from < entries.size();) {
    std::string line;
    std::string left = " ";
    std::vector<std::string> reasons;
    std::size_t to = from;
    for (; to < entries.size(); ++to) {
      const bool last = to + 1 == entries.size();
      const std::string more = left + " " + entries[to].toml + (last ? " ]" : ",");
      std::vector<std::string> with = reasons;
      if (!entries[to].reason.empty() &&
          std::ranges::find(with, entries[to].reason) == with.end()) {
        with.push_back(entries[to].reason);
      }
      const std::string whole =
          with.empty() ? more : fmt::format("{}  # {}", more, fmt::join(with, "; "));
      if (to > from && whole.size() > kColumns) break;
      left = more;
      reasons = std::move(with);
      line = whole;
    }
    text += line + "\n";
    from = to;
  }
  return text;
}

// A comment holds no control characters: a column's name might.
std::string comment_text(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

// All columns that are not used, in one comment.
std::string left_out_comment(const std::vector<std::string>& left_out) {
  if (left_out.empty()) return {};
  return "# " + comment_text(fmt::format("{}", fmt::join(left_out, " "))) + "\n";
}

Entry source_entry(const SourceSpec& source, const std::filesystem::path& folder) {
  std::string toml = fmt::format("{{ name = {}, path = {}", toml_text(source.name),
                                 toml_path(source.path, folder));
  std::vector<std::string> reasons;
  if (source.id_column.empty()) {
    reasons.emplace_back("no column surely names its records: line numbers do");
  } else {
    toml += ", id = " + toml_text(source.id_column);
  }
  if (source.encoding != Encoding::kUtf8) {
    toml +=
        ", encoding = " + toml_text(encoding_names()[static_cast<std::size_t>(source.encoding)]);
  }
  if (source.delimiter) {
    toml += ", delimiter = " + toml_text(std::string(1, *source.delimiter));
  }
  if (source.date_order != DateOrder::kDayMonthYear) {
    toml += ", date_order = " +
            toml_text(date_order_names()[static_cast<std::size_t>(source.date_order)]);
    reasons.emplace_back("its dates tell the order");
  }
  if (!source.updated_column.empty()) {
    toml += ", updated = " + toml_text(source.updated_column);
    reasons.emplace_back("updated: when a record changed");
  }
  return {toml + " }", fmt::format("{}", fmt::join(reasons, "; "))};
}

Entry attribute_entry(const AttributeSpec& attribute, const std::string& reason) {
  std::string toml = fmt::format("{{ name = {}, kind = {}", toml_text(attribute.name),
                                 toml_text(kind_name(attribute.kind)));
  const bool own_name = attribute.columns == std::vector<std::string>{attribute.name};
  if (!attribute.columns.empty() && !(own_name && attribute.parts.empty())) {
    toml += ", columns = " + toml_texts(attribute.columns);
  }
  if (!attribute.parts.empty()) toml += ", parts = " + toml_texts(attribute.parts);
  return {toml + " }", reason};
}

Entry derived_entry(const DerivedAttribute& derived, const JobSpec& job) {
  std::vector<std::string> from;
  for (const std::uint32_t column : derived.first_of) from.push_back(job.column_name(column));
  return {fmt::format("{{ name = {}, kind = {}, first_of = {} }}", toml_text(derived.name),
                      toml_text(kind_name(derived.kind)), toml_texts(from)),
          "sources tell one or the other"};
}

bool same(const ComparisonSpec& a, const ComparisonSpec& b) {
  return a.name == b.name && a.attribute == b.attribute && a.swapped_with == b.swapped_with &&
         a.term_frequency == b.term_frequency &&
         std::ranges::equal(a.levels, b.levels, {}, &LevelSpec::text, &LevelSpec::text);
}

// An attribute as presets look at it, derived or not.
AttributeSpec as_attribute(const JobSpec& job, std::uint32_t column) {
  AttributeSpec attribute;
  attribute.name = job.column_name(column);
  attribute.kind = job.column_kind(column);
  return attribute;
}

bool is_preset(const JobSpec& job, const ComparisonSpec& comparison) {
  const AttributeSpec attribute = as_attribute(job, comparison.attribute);
  return same(comparison, preset_for(attribute, comparison.attribute, attribute.kind));
}

// Whether two comparisons are those of a person's given and family name.
bool is_person(const JobSpec& job, const ComparisonSpec& given, const ComparisonSpec& family) {
  std::vector<AttributeSpec> attributes;
  const auto columns = static_cast<std::uint32_t>(job.attributes.size());
  for (std::uint32_t column = 0; column < columns; ++column) {
    attributes.push_back(as_attribute(job, column));
  }
  if (given.attribute >= columns || family.attribute >= columns) return false;
  const std::vector<ComparisonSpec> preset =
      person_name_comparisons(attributes, given.attribute, family.attribute);
  return same(given, preset[0]) && same(family, preset[1]);
}

Entry comparison_by_hand(const ComparisonSpec& comparison, const JobSpec& job) {
  std::vector<std::string> levels;
  for (const LevelSpec& level : comparison.levels) levels.push_back(level.text);
  std::string toml =
      fmt::format("{{ name = {}, attributes = {}, levels = {}", toml_text(comparison.name),
                  toml_texts({job.column_name(comparison.attribute)}), toml_texts(levels));
  if (comparison.swapped_with) {
    toml += ", swapped_with = " + toml_text(job.column_name(*comparison.swapped_with));
  }
  toml += fmt::format(", term_frequency = {} }}", comparison.term_frequency);
  return {toml, "short codes: alike or not"};
}

std::vector<Entry> comparison_entries(const JobSpec& job) {
  std::vector<Entry> entries;
  for (std::size_t c = 0; c < job.comparisons.size(); ++c) {
    const ComparisonSpec& comparison = job.comparisons[c];
    if (c + 1 < job.comparisons.size() && is_person(job, comparison, job.comparisons[c + 1])) {
      entries.push_back({fmt::format("{{ attributes = {}, kind = \"person_name\" }}",
                                     toml_texts({job.column_name(comparison.attribute),
                                                 job.column_name(job.comparisons[++c].attribute)})),
                         "the names may stand in each other's column"});
    } else if (is_preset(job, comparison)) {
      entries.push_back({fmt::format("{{ attributes = {} }}",
                                     toml_texts({job.column_name(comparison.attribute)})),
                         ""});
    } else {
      entries.push_back(comparison_by_hand(comparison, job));
    }
  }
  return entries;
}

}  // namespace

std::string commented_job_toml(const ProposedJob& proposed, const std::filesystem::path& folder) {
  const JobSpec& job = proposed.job;
  std::string text =
      "# tessera link --config of this links as tessera link would without a config. What is at "
      "its "
      "default is left out.\n" +
      left_out_comment(proposed.left_out);
  std::vector<Entry> sources;
  for (const SourceSpec& source : job.sources) sources.push_back(source_entry(source, folder));
  std::vector<Entry> attributes;
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    attributes.push_back(attribute_entry(job.attributes[a], proposed.attribute_reasons[a]));
  }
  for (const DerivedAttribute& derived : job.derived) {
    attributes.push_back(derived_entry(derived, job));
  }
  std::vector<Entry> rules;
  for (std::size_t r = 0; r < job.rules.size(); ++r) {
    rules.push_back({toml_rule(job.rules[r], job), comment_text(proposed.rule_reasons[r])});
  }
  if (job.link_type != LinkType::kLinkAndDedupe) {
    text += fmt::format("job.link_type = {}  # one file: its records with each other\n",
                        toml_text(link_type_names()[static_cast<std::size_t>(job.link_type)]));
  }
  text += "source = [  # id: a column that is never empty and never repeats\n" + packed(sources);
  text += "attribute = [  # columns whose names say so and whose values fit\n" + packed(attributes);
  text += "comparison = [  # each attribute by the levels of its kind\n" +
          packed(comparison_entries(job));
  text +=
      "blocking.rules = [  # records that agree on all keys of one are compared\n" + packed(rules);
  return text;
}

}  // namespace tessera
