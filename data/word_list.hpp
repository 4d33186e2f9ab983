// Sets of folded words, written in the source as one text with `|` between them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace tessera {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept;
};

/// A set of words made for look-ups that mostly fail: few texts pass a filter of 4096 bits, which
/// looks at length and ends; those cost one hash.
class WordSet {
 public:
  void insert(std::string_view word);
  bool contains(std::string_view word) const;
  bool empty() const { return words_.empty(); }

 private:
  std::array<std::uint64_t, 64> filter_{};  // 4096 bits: set where a word's length and ends fall
  std::unordered_set<std::string, TextHash, std::equal_to<>> words_;
};

/// Calls visit(part) for each part of `text` between separators, empty parts left out.
template <typename Visit>
void for_each_part(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) visit(part);
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// The words of a list, each as fold_name leaves it.
WordSet folded_names(std::string_view list);

}  // namespace tessera
