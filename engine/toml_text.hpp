// Pieces of TOML as configs write them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "blocking/rule.hpp"
#include "engine/job.hpp"

namespace tessera {

/// A basic string: quotes, backslashes and control characters escaped.
std::string toml_text(std::string_view text);

/// `["a", "b"]`.
std::string toml_texts(const std::vector<std::string>& items);

/// A path as a basic string, relative to `folder` unless that is empty.
std::string toml_path(const std::filesystem::path& path, const std::filesystem::path& folder);

/// A rule as the list of its keys: `["soundex(family_name)", "year(birth_date)"]`.
std::string toml_rule(const BlockingRule& rule, const JobSpec& job);

}  // namespace tessera
