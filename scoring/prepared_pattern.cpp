#include "scoring/prepared_pattern.hpp"

#include <algorithm>
#include <span>

#include "scoring/edit_kernel.hpp"
#include "scoring/jaro_kernel.hpp"
#include "scoring/jaro_short_kernel.hpp"
#include "scoring/pattern_words.hpp"

namespace tessera {
namespace {

template <class Char>
JaroCounts prepared_counts(const PreparedPattern& pattern, WideText text,
                           std::span<const Char> right) {
  if (text.size() > kWordBits || right.size() > kWordBits) return jaro_counts_long(text, right);
  if constexpr (sizeof(Char) == 1) {
    if (fits_short_kernel(text.size(), right.size())) {
      return jaro_counts_short(PatternWords{pattern}, text.size(), right);
    }
  }
  return jaro_counts_word(PatternWords{pattern}, text.size(), right);
}

template <class Char>
double prepared_jaro(const PreparedPattern& pattern, WideText text, std::span<const Char> right) {
  return jaro_score(text.size(), right.size(), prepared_counts(pattern, text, right), 0);
}

template <class Char>
double prepared_jaro_winkler(const PreparedPattern& pattern, WideText text,
                             std::span<const Char> right) {
  return jaro_score(text.size(), right.size(), prepared_counts(pattern, text, right),
                    winkler_prefix(text, right));
}

template <Swaps kSwaps, class Char>
std::uint32_t prepared_edit(const PreparedPattern& pattern, WideText text,
                            std::span<const Char> right, std::uint32_t limit) {
  if (text.size() > kWordBits) return edit_distance<kSwaps>(text, right, limit);
  if (lengths_exceed(text.size(), right.size(), limit)) return limit + 1;
  if (text.empty()) return static_cast<std::uint32_t>(right.size());
  return edit_distance_word<kSwaps>(PatternWords{pattern}, text.size(), right, limit);
}

}  // namespace

void PreparedPattern::clear() {
  for (const char32_t c : WideText(text_).first(long_.empty() ? size_ : 0)) {
    const std::uint32_t in_block = static_cast<std::uint32_t>(c) - block_base_;
    if (in_block < kBlock) block_[in_block] = 0;
    if (c < kDirectCodePoints) low_[c] = 0;
  }
  if (hashed_) {
    keys_.fill(0);
    masks_.fill(0);
    hashed_ = false;
  }
  block_base_ = kNoBlock;
  long_.clear();
  size_ = 0;
}

void PreparedPattern::add(char32_t code_point, std::size_t place) {
  const std::uint64_t bit = std::uint64_t{1} << place;
  const std::uint32_t in_block = static_cast<std::uint32_t>(code_point) - block_base_;
  if (in_block < kBlock) block_[in_block] |= bit;
  if (code_point < kDirectCodePoints) {
    low_[code_point] |= bit;
  } else if (in_block >= kBlock) {
    const std::size_t slot = find_slot(keys_, code_point);
    keys_[slot] = code_point;
    masks_[slot] |= bit;
    hashed_ = true;
  }
}

void PreparedPattern::assign(AsciiText text) {
  clear();
  size_ = text.size();
  if (size_ > kWordBits) {
    long_.assign(text.begin(), text.end());
    return;
  }
  for (std::size_t i = 0; i < size_; ++i) {
    text_[i] = text[i];
    low_[text[i]] |= std::uint64_t{1} << i;
  }
}

void PreparedPattern::assign(WideText text) {
  clear();
  size_ = text.size();
  if (size_ > kWordBits) {
    long_.assign(text.begin(), text.end());
    return;
  }
  const auto beyond_low =
      std::find_if(text.begin(), text.end(), [](char32_t c) { return c >= kDirectCodePoints; });
  if (beyond_low != text.end()) {
    block_base_ = static_cast<std::uint32_t>(*beyond_low) & ~(kBlock - 1);
  }
  for (std::size_t i = 0; i < size_; ++i) {
    text_[i] = text[i];
    add(text[i], i);
  }
}

double PreparedPattern::jaro(AsciiText right) const {
  return prepared_jaro(*this, text(), right);
}

double PreparedPattern::jaro(WideText right) const {
  return prepared_jaro(*this, text(), right);
}

double PreparedPattern::jaro_winkler(AsciiText right) const {
  return prepared_jaro_winkler(*this, text(), right);
}

double PreparedPattern::jaro_winkler(WideText right) const {
  return prepared_jaro_winkler(*this, text(), right);
}

std::uint32_t PreparedPattern::levenshtein(AsciiText right, std::uint32_t limit) const {
  return prepared_edit<Swaps::kNo>(*this, text(), right, limit);
}

std::uint32_t PreparedPattern::levenshtein(WideText right, std::uint32_t limit) const {
  return prepared_edit<Swaps::kNo>(*this, text(), right, limit);
}

std::uint32_t PreparedPattern::osa(AsciiText right, std::uint32_t limit) const {
  return prepared_edit<Swaps::kYes>(*this, text(), right, limit);
}

std::uint32_t PreparedPattern::osa(WideText right, std::uint32_t limit) const {
  return prepared_edit<Swaps::kYes>(*this, text(), right, limit);
}

}  // namespace tessera
