#include "engine/read_job.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "data/error.hpp"
#include "engine/config_sections.hpp"

namespace tessera {

JobSpec read_job(const std::filesystem::path& path, std::span<const SourceSpec> files) {
  const std::string name = path.string();
  std::error_code fault;
  const auto type = std::filesystem::status(path, fault).type();
  if (type == std::filesystem::file_type::not_found) {
    throw Error(ErrorCode::kUsage, name,
                "there is no such file; name a config, or leave --config out to have one proposed");
  }
  if (type == std::filesystem::file_type::directory) {
    throw Error(ErrorCode::kUsage, name, "this is a folder; name the config file in it");
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) {
    throw Error(ErrorCode::kResource, name, "this config cannot be read; check its permissions");
  }
  return read_job_text(text, name, path.parent_path(), files);
}

JobSpec read_job_text(std::string_view toml, const std::string& where_name,
                      const std::filesystem::path& folder, std::span<const SourceSpec> files) {
  const ConfigTable tree = read_config_tree(toml, where_name);
  ConfigProblems problems(where_name);
  ConfigReader root(tree, {}, "", problems);

  JobSpec job = read_job_settings(root, folder);
  job.sources = read_source_section(root, folder, files);
  const bool any_updated =
      std::any_of(job.sources.begin(), job.sources.end(),
                  [](const SourceSpec& source) { return !source.updated_column.empty(); });
  AttributeSection attributes = read_attribute_section(root, any_updated);
  BlockingSection blocking = read_blocking_section(root, attributes, problems);
  job.rules = std::move(blocking.rules);
  job.index_rule = std::move(blocking.index_rule);
  job.comparisons = read_comparison_section(root, attributes, problems);
  job.derived = std::move(attributes.derived);
  attributes.specs.resize(attributes.specs.size() - job.derived.size());
  job.attributes = std::move(attributes.specs);
  root.report_unknown();
  if (job.link_type == LinkType::kLinkOnly && job.sources.size() == 1) {
    problems.add(
        root.place_of("job"), "job.link_type",
        "link_only pairs records of different sources, and there is one; add a [[source]], "
        "or write dedupe_only");
  }
  problems.throw_if_any();
  return job;
}

}  // namespace tessera
