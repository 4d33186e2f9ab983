// Texts drawn with Zipf-like frequencies: a few are very common, most are rare.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.hpp"

namespace tessera {

/// Parts from which names are composed: start + middle + end, each list separated by blanks. A list
/// may be empty; the word `_` stands for an empty part.
struct NameGrammar {
  std::string_view starts{};
  std::string_view middles{};
  std::string_view ends{};
};

struct NamePoolOptions {
  std::string_view common;   ///< Written by hand, blank-separated, the most frequent first.
  NameGrammar grammar{};     ///< Fills the pool up after the common ones.
  std::size_t size = 0;      ///< Names wanted; fewer where the grammar has no more.
  std::uint32_t offset = 1;  ///< q of the weight 1 / (rank + q): the larger, the flatter the head.
};

/// Distinct names by rank. The share of rank r (from 1) is proportional to 1 / (r + q), the
/// Zipf–Mandelbrot law with exponent 1, in whole numbers so that draws agree on every machine.
/// Immutable. Sources: G. K. Zipf (1949), Human Behavior and the Principle of Least Effort; the
/// draw is the alias method of M. D. Vose (1991), IEEE Trans. Software Eng. 17(9).
class NamePool {
 public:
  /// Composed names come in an order scattered by a fixed hash, so that rank and spelling are
  /// unrelated. Throws nothing; a pool without any name is a bug.
  explicit NamePool(const NamePoolOptions& options);

  /// A name, drawn by frequency. Valid as long as the pool. Cost: one table read.
  std::string_view draw(Random& random) const;

  std::size_t size() const { return names_.size(); }
  std::string_view operator[](std::size_t rank) const { return names_[rank]; }

 private:
  void build_alias_table(std::uint32_t offset);

  std::vector<std::string> names_;         // by rank
  std::vector<std::uint64_t> thresholds_;  // size n: keep this name below it, else take the alias
  std::vector<std::uint32_t> aliases_;     // size n
  std::uint64_t total_ = 0;                // sum of weights: the range of thresholds
};

/// A composed name drawn evenly from a grammar. REQUIRES: grammar.starts is not empty.
std::string draw_composed(const NameGrammar& grammar, Random& random);

/// The blank-separated words of `text`, in order. Views into `text`.
std::vector<std::string_view> split_words(std::string_view text);

}  // namespace tessera
