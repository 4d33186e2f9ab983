// How far apart two texts are: edit distances, Jaro–Winkler, q-grams, common prefix.
//
// Every function takes code points, either as ASCII text (one byte each) or as char32_t; a mixed
// pair is compared as two WideText, or through PreparedPattern, which takes either kind on its
// right. Texts of up to 64 code points are compared without allocating; longer ones may allocate a
// few rows. All functions are pure, symmetric, and safe on any thread.
//
// The parts that need more than two texts live beside this header and come with it:
// prepared_pattern.hpp (one text against many), letter_bag.hpp (cheap safe bounds), token_sets.hpp
// (lists of tokens).
#pragma once

#include <cstddef>
#include <cstdint>

#include "scoring/letter_bag.hpp"
#include "scoring/prepared_pattern.hpp"
#include "scoring/text_view.hpp"
#include "scoring/token_sets.hpp"

namespace tessera {

/// The least number of insertions, deletions and substitutions that turn `a` into `b`; limit + 1 if
/// it is more than `limit`. Cost: |a| + |b| for up to 64 code points, O(⌈|a| / 64⌉ · |b|) beyond.
/// Source: Levenshtein (1966); computed as Myers (1999), JACM 46(3), in Hyyrö's (2003) form.
std::uint32_t levenshtein(AsciiText a, AsciiText b, std::uint32_t limit = kNoLimit);
std::uint32_t levenshtein(WideText a, WideText b, std::uint32_t limit = kNoLimit);

/// Levenshtein that also counts a swap of neighbours as one edit, no piece being edited twice ("ca"
/// → "abc" is 3): optimal string alignment. limit + 1 if more than `limit`. Cost: as levenshtein up
/// to 64 code points, O(|a| · |b|) beyond. Source: Hyyrö (2003), A bit-vector algorithm for
/// computing Levenshtein and Damerau edit distances.
std::uint32_t osa(AsciiText a, AsciiText b, std::uint32_t limit = kNoLimit);
std::uint32_t osa(WideText a, WideText b, std::uint32_t limit = kNoLimit);

/// Damerau–Levenshtein, unrestricted: swapped neighbours may be edited further ("ca" → "abc" is 2),
/// so it is a metric. limit + 1 if more than `limit`. Cost: O(|a| · |b|) time, O(|b|) memory.
/// Source: Lowrance & Wagner (1975), JACM 22(2); computed in linear space as Zhao & Sahni (2019),
/// BMC Bioinformatics 20.
std::uint32_t damerau_levenshtein(AsciiText a, AsciiText b, std::uint32_t limit = kNoLimit);
std::uint32_t damerau_levenshtein(WideText a, WideText b, std::uint32_t limit = kNoLimit);

/// Jaro similarity in [0, 1]: (m/|a| + m/|b| + (m − t)/m) / 3, where m characters agree no further
/// apart than max(|a|, |b|)/2 − 1 and t of those are half-transpositions, halved and rounded down.
/// 1 for two empty texts, 0 if one is empty. The quotient is rounded once, so equal ratios give
/// equal doubles. Source: Jaro (1989), JASA 84(406).
double jaro(AsciiText a, AsciiText b);
double jaro(WideText a, WideText b);

/// Jaro–Winkler similarity in [0, 1]: jaro + 0.1 · p · (1 − jaro), p the common prefix up to 4;
/// plain jaro at or below 0.7. Source: Winkler (1990), with the boost threshold of his strcmp95
/// program. Cost: |a| + |b| up to 64 code points.
double jaro_winkler(AsciiText a, AsciiText b);
double jaro_winkler(WideText a, WideText b);

/// How many code points the two texts share at their start.
std::size_t longest_common_prefix(AsciiText a, AsciiText b);
std::size_t longest_common_prefix(WideText a, WideText b);

/// How the shared q-grams are set against all of them; A and B are multisets, |·| counts repeats.
enum class QgramMeasure : std::uint8_t {
  kJaccard,  ///< |A ∩ B| / |A ∪ B|
  kDice,     ///< 2 |A ∩ B| / (|A| + |B|)
  kCosine,   ///< |A ∩ B| / √(|A| |B|) (Ochiai)
};

/// Similarity in [0, 1] of the multisets of runs of `q` code points, without padding. A text
/// shorter than q has none: then the answer is 1 if the texts are equal, else 0. REQUIRES: q ≥ 1.
/// Cost: O(n log n), n the longer length. Source: Ukkonen (1992), TCS 92(1), for q-grams as
/// multisets.
double qgram_similarity(AsciiText a, AsciiText b, std::size_t q, QgramMeasure measure);
double qgram_similarity(WideText a, WideText b, std::size_t q, QgramMeasure measure);

/// Whether swapping one pair of neighbouring, different code points turns `a` into `b`.
bool is_one_transposition(AsciiText a, AsciiText b);
bool is_one_transposition(WideText a, WideText b);

/// Whether `initial` is one code point and `name` is longer and starts with it.
bool is_initial_of(AsciiText initial, AsciiText name);
bool is_initial_of(WideText initial, WideText name);

}  // namespace tessera
