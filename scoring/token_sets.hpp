// How alike two lists of tokens are, whatever their order: "maria del carmen" and "carmen maria".
#pragma once

#include <cstddef>
#include <span>

#include "scoring/stack_buffer.hpp"
#include "scoring/text_view.hpp"

namespace tessera {

/// Tokens of a text, each a view into it.
using AsciiTokens = std::span<const AsciiText>;
using WideTokens = std::span<const WideText>;

/// Tokens just split; up to 16 without allocating.
template <class Text>
using TokenList = StackBuffer<Text, 16>;

/// The runs of `text` between blanks (U+0020), in order. The views live as long as the text.
TokenList<AsciiText> split_tokens(AsciiText text);
TokenList<WideText> split_tokens(WideText text);

/// Two tokens agree softly from this Jaro–Winkler similarity on.
inline constexpr double kSoftTokenSimilarity = 0.9;

/// Jaccard similarity |A ∩ B| / |A ∪ B| of the sets of distinct tokens, in [0, 1]. 1 if both lists
/// are empty, 0 if one is. Cost: O(n log n) for n tokens. Source: Jaccard (1901).
double token_set_similarity(AsciiTokens a, AsciiTokens b);
double token_set_similarity(WideTokens a, WideTokens b);

/// As token_set_similarity, where two tokens also agree when their jaro_winkler is at least
/// kSoftTokenSimilarity or one is the initial of the other ("m" and "maria"). Equal tokens pair
/// first; of the others each takes one partner at most and the most pairs are made, so the order of
/// tokens does not matter. M pairs give M / (|A| + |B| − M). Cost: O(|A| · |B|) comparisons of
/// tokens. Source of the idea: soft token sets, Cohen, Ravikumar & Fienberg (2003), IIWeb; the
/// pairs are a maximum bipartite matching (Kuhn 1955).
double soft_token_set_similarity(AsciiTokens a, AsciiTokens b);
double soft_token_set_similarity(WideTokens a, WideTokens b);

}  // namespace tessera
