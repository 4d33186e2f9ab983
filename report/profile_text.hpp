// A profile as lines for people, and the words that its pages share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "report/profile.hpp"

namespace tessera {

/// Per file a table of its columns, then what may mislead, the forms of its dates and its scripts.
/// Without control characters whatever the files hold.
std::string profile_text(std::span<const FileReport> files, const ProfileOptions& options);

/// `66.7 %`; never 0 or 100 for what only rounds to it.
std::string percent_text(std::uint64_t part, std::uint64_t whole);

/// `Thilila (387), Thylila (3)`: at most `most` values, shortened, made safe to show.
std::string counted_list(const std::vector<CountedText>& values, std::size_t most);

/// `Latin 99.8 %, Arabic 0.2 %`.
std::string share_list(const std::vector<CountedText>& names);

}  // namespace tessera
