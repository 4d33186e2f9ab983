// Token lists as sets. The soft variant pairs alike tokens by augmenting paths: a token that finds
// its partner taken asks the taker to move on. "m maria" and "maria m" pair equal tokens; "m maria"
// and "maria monica" pair maria with maria and m with monica, though m alone could take either.
#include "scoring/token_sets.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include "scoring/distance.hpp"
#include "scoring/stack_buffer.hpp"

namespace tessera {
namespace {

constexpr std::size_t kInlineTokens = 16;

template <class Char>
using Tokens = StackBuffer<std::span<const Char>, kInlineTokens>;

template <class Char>
bool text_less(std::span<const Char> a, std::span<const Char> b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

template <class Char>
bool text_equal(std::span<const Char> a, std::span<const Char> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// The distinct tokens, sorted, at the front of `sorted`; returns how many.
template <class Char>
std::size_t sort_distinct(std::span<const std::span<const Char>> tokens, Tokens<Char>& sorted) {
  std::copy(tokens.begin(), tokens.end(), sorted.data());
  std::sort(sorted.data(), sorted.data() + sorted.size(), text_less<Char>);
  const auto* end = std::unique(sorted.data(), sorted.data() + sorted.size(), text_equal<Char>);
  return static_cast<std::size_t>(end - sorted.data());
}

double jaccard(std::size_t size_a, std::size_t size_b, std::size_t shared) {
  if (size_a == 0 && size_b == 0) return 1.0;
  return static_cast<double>(shared) / static_cast<double>(size_a + size_b - shared);
}

/// Takes the tokens that both sorted runs hold out of both; returns how many. What is left stays
/// sorted at the front of each.
template <class Char>
std::size_t take_equal(Tokens<Char>& a, std::size_t& size_a, Tokens<Char>& b, std::size_t& size_b) {
  std::size_t shared = 0;
  std::size_t kept_a = 0;
  std::size_t kept_b = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < size_a || j < size_b) {
    if (j == size_b || (i < size_a && text_less(a[i], b[j]))) {
      a[kept_a++] = a[i++];
    } else if (i == size_a || text_less(b[j], a[i])) {
      b[kept_b++] = b[j++];
    } else {
      ++shared;
      ++i;
      ++j;
    }
  }
  size_a = kept_a;
  size_b = kept_b;
  return shared;
}

template <class Char>
bool agree_softly(std::span<const Char> a, std::span<const Char> b) {
  return is_initial_of(a, b) || is_initial_of(b, a) || jaro_winkler(a, b) >= kSoftTokenSimilarity;
}

/// A maximum matching of two token lists of sizes n_a and n_b (Kuhn 1955).
class Matching {
 public:
  template <class Char>
  Matching(Tokens<Char>& a, std::size_t size_a, Tokens<Char>& b, std::size_t size_b)
      : size_b_(size_b), agrees_(size_a * size_b, 0), partner_(size_b, kNobody), asked_(size_b, 0) {
    for (std::size_t i = 0; i < size_a; ++i) {
      for (std::size_t j = 0; j < size_b; ++j) {
        agrees_[i * size_b + j] = agree_softly(a[i], b[j]) ? 1 : 0;
      }
    }
    for (std::size_t i = 0; i < size_a; ++i) {
      std::fill_n(asked_.data(), size_b_, static_cast<unsigned char>(0));
      pairs_ += find_partner(i) ? 1 : 0;
    }
  }

  std::size_t pairs() const { return pairs_; }

 private:
  static constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

  bool find_partner(std::size_t i) {
    for (std::size_t j = 0; j < size_b_; ++j) {
      if (agrees_[i * size_b_ + j] == 0 || asked_[j] != 0) continue;
      asked_[j] = 1;
      if (partner_[j] == kNobody || find_partner(partner_[j])) {
        partner_[j] = i;
        return true;
      }
    }
    return false;
  }

  std::size_t size_b_;
  std::size_t pairs_ = 0;
  StackBuffer<unsigned char, kInlineTokens * kInlineTokens> agrees_;  // size n_a * n_b, row i of a
  StackBuffer<std::size_t, kInlineTokens> partner_;                   // size n_b: of b[j], in a
  StackBuffer<unsigned char, kInlineTokens> asked_;                   // size n_b
};

template <class Char>
double set_similarity(std::span<const std::span<const Char>> a,
                      std::span<const std::span<const Char>> b, bool soft) {
  if (a.size() == 1 && b.size() == 1) {
    return text_equal(a[0], b[0]) || (soft && agree_softly(a[0], b[0])) ? 1.0 : 0.0;
  }
  Tokens<Char> tokens_a(a.size(), {});
  Tokens<Char> tokens_b(b.size(), {});
  const std::size_t size_a = sort_distinct(a, tokens_a);
  const std::size_t size_b = sort_distinct(b, tokens_b);
  std::size_t left_a = size_a;
  std::size_t left_b = size_b;
  std::size_t shared = take_equal(tokens_a, left_a, tokens_b, left_b);
  if (soft && left_a > 0 && left_b > 0) {
    shared += Matching(tokens_a, left_a, tokens_b, left_b).pairs();
  }
  return jaccard(size_a, size_b, shared);
}

template <class Char>
std::size_t count_tokens(std::span<const Char> text) {
  std::size_t tokens = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) ++tokens;
  }
  return tokens;
}

template <class Char>
TokenList<std::span<const Char>> split(std::span<const Char> text) {
  TokenList<std::span<const Char>> tokens(count_tokens(text), {});
  std::size_t start = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ') continue;
    if (i > start) tokens[found++] = text.subspan(start, i - start);
    start = i + 1;
  }
  return tokens;
}

}  // namespace

TokenList<AsciiText> split_tokens(AsciiText text) {
  return split(text);
}
TokenList<WideText> split_tokens(WideText text) {
  return split(text);
}

double token_set_similarity(AsciiTokens a, AsciiTokens b) {
  return set_similarity(a, b, false);
}
double token_set_similarity(WideTokens a, WideTokens b) {
  return set_similarity(a, b, false);
}

double soft_token_set_similarity(AsciiTokens a, AsciiTokens b) {
  return set_similarity(a, b, true);
}
double soft_token_set_similarity(WideTokens a, WideTokens b) {
  return set_similarity(a, b, true);
}

}  // namespace tessera
