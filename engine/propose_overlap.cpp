#include "engine/propose_overlap.hpp"

#include <algorithm>
#include <string>

#include "data/unicode.hpp"

namespace tessera {
namespace {

std::vector<std::string> sorted_words(std::string_view text) {
  const std::string folded = fold_name(text);
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.size(), folded.find(' ', at));
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

double contained_share(std::span<const SampledFile> files, const SampledColumn& whole,
                       const SampledColumn& part) {
  std::uint64_t both = 0;
  std::uint64_t contained = 0;
  for (std::size_t w = 0; w < whole.files.size(); ++w) {
    const auto at = std::find(part.files.begin(), part.files.end(), whole.files[w]);
    if (at == part.files.end()) continue;
    const std::uint32_t place = part.places[static_cast<std::size_t>(at - part.files.begin())];
    for (const std::vector<std::string>& row : files[whole.files[w]].sample.rows) {
      const std::vector<std::string> outer = sorted_words(row[whole.places[w]]);
      const std::vector<std::string> inner = sorted_words(row[place]);
      if (outer.empty() || inner.empty()) continue;
      ++both;
      contained += std::includes(outer.begin(), outer.end(), inner.begin(), inner.end()) ? 1 : 0;
    }
  }
  return both == 0 ? 0.0 : double(contained) / double(both);
}

}  // namespace tessera
