#include "generate/name_pool.hpp"

#include <algorithm>
#include <unordered_set>

#include "data/check.hpp"

namespace tessera {
namespace {

/// The list, or one empty word for an empty list, so that every grammar has three parts; `_` is an
/// empty word.
std::vector<std::string_view> part(std::string_view text) {
  std::vector<std::string_view> words = split_words(text);
  if (words.empty()) words.emplace_back();
  for (std::string_view& word : words) {
    if (word == "_") word = {};
  }
  return words;
}

/// No letter three times in a row and no four vowels: grammars meet at seams that no language has.
bool is_pronounceable(std::string_view name) {
  int vowels = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i >= 2 && name[i] == name[i - 1] && name[i] == name[i - 2]) return false;
    const bool vowel = std::string_view("aeiou").find(name[i]) != std::string_view::npos;
    vowels = vowel ? vowels + 1 : 0;
    if (vowels > 3) return false;
  }
  return true;
}

/// All names of a grammar with the hash that orders them, at most `wanted` after ordering.
std::vector<std::string> compose(const NameGrammar& grammar, std::size_t wanted) {
  struct Composed {
    std::uint64_t order;
    std::string name;
  };
  std::vector<Composed> all;
  if (grammar.starts.empty()) return {};
  for (const std::string_view start : part(grammar.starts)) {
    for (const std::string_view middle : part(grammar.middles)) {
      for (const std::string_view end : part(grammar.ends)) {
        std::string name;
        name.append(start).append(middle).append(end);
        if (is_pronounceable(name)) all.push_back({hash_bytes(name), std::move(name)});
      }
    }
  }
  std::sort(all.begin(), all.end(), [](const Composed& a, const Composed& b) {
    return a.order != b.order ? a.order < b.order : a.name < b.name;
  });
  if (all.size() > wanted) all.resize(wanted);
  std::vector<std::string> names;
  names.reserve(all.size());
  for (Composed& composed : all) names.push_back(std::move(composed.name));
  return names;
}

}  // namespace

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string draw_composed(const NameGrammar& grammar, Random& random) {
  std::string name;
  for (const std::string_view text : {grammar.starts, grammar.middles, grammar.ends}) {
    const std::vector<std::string_view> words = part(text);
    name.append(words[random.index(words.size())]);
  }
  return name;
}

NamePool::NamePool(const NamePoolOptions& options) {
  std::unordered_set<std::string> seen;
  for (const std::string_view word : split_words(options.common)) {
    if (seen.insert(std::string(word)).second) names_.emplace_back(word);
  }
  for (std::string& name : compose(options.grammar, 2 * options.size)) {
    if (names_.size() >= options.size) break;
    if (seen.insert(name).second) names_.push_back(std::move(name));
  }
  TESSERA_CHECK(!names_.empty());
  build_alias_table(options.offset);
}

void NamePool::build_alias_table(std::uint32_t offset) {
  const std::size_t n = names_.size();
  constexpr std::uint64_t kUnit = std::uint64_t{1} << 36;
  // Each weight times n is shared out so that every slot holds exactly the total: whole numbers,
  // nothing rounded.
  thresholds_.resize(n);
  aliases_.resize(n);
  std::vector<std::uint32_t> small;
  std::vector<std::uint32_t> large;
  for (std::size_t i = 0; i < n; ++i) total_ += kUnit / (i + 1 + offset);
  for (std::size_t i = 0; i < n; ++i) {
    thresholds_[i] = kUnit / (i + 1 + offset) * n;
    aliases_[i] = static_cast<std::uint32_t>(i);
    (thresholds_[i] < total_ ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t poor = small.back();
    const std::uint32_t rich = large.back();
    small.pop_back();
    aliases_[poor] = rich;
    thresholds_[rich] -= total_ - thresholds_[poor];
    if (thresholds_[rich] < total_) {
      large.pop_back();
      small.push_back(rich);
    }
  }
}

std::string_view NamePool::draw(Random& random) const {
  const std::size_t slot = random.index(names_.size());
  const bool keep = random.next() % total_ < thresholds_[slot];
  return names_[keep ? slot : aliases_[slot]];
}

}  // namespace tessera
