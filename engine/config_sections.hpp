// The sections of a config, one function each; read_job.cpp runs them in turn.
//
// Every function notes what is wrong with its section in the problems given and returns what it
// understood, so that the sections after it can still be read; the result counts only if there were
// no problems at all.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "engine/config_reader.hpp"
#include "engine/job.hpp"

namespace tessera {

/// `[job]`: link type, thresholds, seed and limits; lists stay empty. `folder`: what relative paths
/// start from.
JobSpec read_job_settings(ConfigReader& root, const std::filesystem::path& folder);

/// `[[source]]`, then `files` over them: a file of a known name replaces that source's path, a new
/// name adds a source.
std::vector<SourceSpec> read_source_section(ConfigReader& root, const std::filesystem::path& folder,
                                            std::span<const SourceSpec> files);

/// The attributes as far as they were understood.
struct AttributeSection {
  std::vector<AttributeSpec> specs;  ///< Derived ones last, with name and kind alone.
  std::vector<DerivedAttribute> derived;
  std::vector<bool>
      kind_known;  ///< size specs.size(); where not, nothing more is said that rests on the kind.

  bool differs_from(std::uint32_t column, Kind kind) const {
    return kind_known[column] && specs[column].kind != kind;
  }
};

/// `[[attribute]]`. `any_updated`: some source names an `updated` column, so that most_recent can
/// decide something.
AttributeSection read_attribute_section(ConfigReader& root, bool any_updated);

/// Blocking rules as far as they were understood.
struct BlockingSection {
  std::vector<BlockingRule> rules;
  std::optional<IndexRule> index_rule;
};

/// `[blocking]`, over the attributes read.
BlockingSection read_blocking_section(ConfigReader& root, const AttributeSection& attributes,
                                      ConfigProblems& problems);

/// `[[comparison]]`, over the attributes read.
std::vector<ComparisonSpec> read_comparison_section(ConfigReader& root,
                                                    const AttributeSection& attributes,
                                                    ConfigProblems& problems);

/// The two comparisons of a person's given and family name columns, aware of each other: the
/// presets of names, with the level `swapped` after the exact one. given, family: columns.
std::vector<ComparisonSpec> person_name_comparisons(std::span<const AttributeSpec> attributes,
                                                    std::uint32_t given, std::uint32_t family);

/// The preset comparison of one attribute, named after it. kind: the attribute's own, mostly.
ComparisonSpec preset_for(const AttributeSpec& attribute, std::uint32_t column, Kind kind);

/// Words for enumerations, by their numbers: link types, encodings, date orders.
std::span<const std::string_view> link_type_names();
std::span<const std::string_view> encoding_names();
std::span<const std::string_view> date_order_names();

}  // namespace tessera
