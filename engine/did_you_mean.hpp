// The nearest of the names that are known, for messages about one that is not.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tessera {

/// The candidate nearest to `word` by edit distance (a swap of neighbours counts as one edit, case
/// is ignored), if it is near enough to be meant: at most a third of the longer text's letters
/// away, at least 1. The first of equals wins. Cost: one bounded distance per candidate.
std::optional<std::string> did_you_mean(std::string_view word,
                                        std::span<const std::string> candidates);
std::optional<std::string> did_you_mean(std::string_view word,
                                        std::span<const std::string_view> candidates);

/// `; did you mean "x"?` when there is a near candidate, else nothing: to end a message with.
std::string did_you_mean_text(std::string_view word, std::span<const std::string> candidates);
std::string did_you_mean_text(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tessera
