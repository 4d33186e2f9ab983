// Rows are looked at word by word, what says most first, each row once. The search ends as soon as
// the words left could not, all together, lift a row not yet seen over the least of the k best
// found: the best k are then exact (R. Fagin, A. Lotem, M. Naor, Optimal aggregation algorithms
// for middleware, 2003: the threshold algorithm). Words that very many records hold are thus
// rarely walked: a row that has nothing else in common is not among the best.
#include "index/nearest.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "data/load_ahead.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

constexpr double kUnitsPerBit = 64.0;
// An error is as rare as one value in some: near words say that much less than equal ones.
constexpr double kNearBits = 2.0;
constexpr std::uint32_t kMostUnits = 0xffffff;
constexpr std::size_t kAhead = 16;

// What agreeing on something that `rows` of all rows have says.
std::uint32_t units_of(std::uint64_t rows, std::uint64_t all, double less_bits) {
  const double bits = std::log2(static_cast<double>(all + 1) /
                                static_cast<double>(std::max<std::uint64_t>(rows, 1))) -
                      less_bits;
  return bits <= 0.0 ? 0 : static_cast<std::uint32_t>(std::llround(bits * kUnitsPerBit));
}

// `*` stands for any letters, none too.
bool fits_pattern(std::string_view text, std::string_view pattern) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;  // the last one met, and where it began to stand
  std::size_t from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool better(const Near& a, const Near& b) {
  return a.likeness != b.likeness ? a.likeness > b.likeness : a.row < b.row;
}

}  // namespace

std::uint32_t own_likeness(const ValueIndex& index, Row row) {
  std::uint32_t sum = 0;
  for (const WordNumber word : index.words_of_row(row)) {
    sum += units_of(index.rows_of_word(word).size(), index.rows(), 0.0);
  }
  return sum;
}

NearestSearch::NearestSearch(const ValueIndex& index)
    : index_(index),
      weight_(index.words(), 0),
      matched_(index.words() / 64 + 1, 0),
      seen_(index.rows(), 0) {}

void NearestSearch::keep(WordNumber word, std::uint32_t units, std::size_t query) {
  if (units == 0) return;
  std::uint32_t& weight = weight_[word];
  if (weight == 0) {
    touched_.push_back(word);
    matched_[word / 64] |= std::uint64_t{1} << (word % 64);
  }
  units = std::min(units, kMostUnits);
  if (units > weight >> 8) weight = units << 8 | static_cast<std::uint32_t>(query);
}

void NearestSearch::match(std::size_t query, std::size_t field, std::string_view text, bool near) {
  const std::vector<Form> forms = forms_of(index_.fields()[field].kind, text);
  for (std::size_t begin = 0, end = 0; begin < forms.size(); begin = end) {
    const FormKind kind = forms[begin].kind;
    std::uint64_t rows = 0;
    alike_.clear();
    for (end = begin; end < forms.size() && forms[end].kind == kind; ++end) {
      index_.for_each_with(field, forms[end], [&](WordNumber word) { alike_.push_back(word); });
    }
    sort_unique(alike_);
    for (const WordNumber word : alike_) {
      const std::uint64_t with = index_.rows_of_word(word).size();
      rows += with;
      if (begin == 0 && index_.text(word) == text) {
        keep(word, units_of(with, index_.rows(), 0.0), query);
      }
    }
    if (!near) break;
    const std::uint32_t units = units_of(rows, index_.rows(), kNearBits);
    for (const WordNumber word : alike_) keep(word, units, query);
  }
}

void NearestSearch::match_pattern(std::size_t query, std::size_t field, std::string_view pattern) {
  std::uint64_t rows = 0;
  alike_.clear();
  for (const WordNumber word : index_.words_of_field(field)) {
    if (!fits_pattern(index_.text(word), pattern)) continue;
    alike_.push_back(word);
    rows += index_.rows_of_word(word).size();
  }
  if (rows >= index_.rows()) return;  // what every record has says nothing
  const std::uint32_t units = units_of(rows, index_.rows(), 0.0);
  for (const WordNumber word : alike_) keep(word, units, query);
}

std::uint32_t NearestSearch::likeness_of(Row row) {
  std::uint32_t sum = 0;
  std::uint64_t used = 0;  // words of the query that this row matches
  for (const WordNumber word : index_.words_of_row(row)) {
    if (((matched_[word / 64] >> (word % 64)) & 1) == 0) continue;
    const std::uint32_t weight = weight_[word];
    const std::uint32_t query = weight & 0xff;
    const std::uint32_t units = weight >> 8;
    const std::uint64_t bit = std::uint64_t{1} << query;
    if ((used & bit) == 0) {
      used |= bit;
      best_[query] = units;
      sum += units;
    } else if (units > best_[query]) {
      sum += units - best_[query];
      best_[query] = units;
    }
  }
  return sum;
}

NearestRows NearestSearch::walk(Row self, const std::vector<bool>& open,
                                const NearestOptions& options) {
  matches_.clear();
  std::sort(touched_.begin(), touched_.end());
  for (const WordNumber word : touched_) {
    matches_.push_back({word, weight_[word] >> 8, weight_[word] & 0xff});
  }
  std::stable_sort(matches_.begin(), matches_.end(),
                   [](const Match& a, const Match& b) { return a.units > b.units; });
  best_.assign(kMostQueryWords, 0);
  // left[q]: the most that words not yet walked can add for word q of the query.
  std::vector<std::uint32_t> left(kMostQueryWords, 0);
  std::vector<std::uint32_t> next(matches_.size());  // what left[q] falls to behind each match
  for (std::size_t m = matches_.size(); m-- > 0;) {
    next[m] = left[matches_[m].query];
    left[matches_[m].query] = matches_[m].units;
  }
  std::uint64_t bound = 0;
  for (const std::uint32_t units : left) bound += units;
  if (++search_ == 0) {
    std::fill(seen_.begin(), seen_.end(), 0);
    search_ = 1;
  }
  NearestRows found;
  std::vector<Near>& heap = found.rows;  // its front is the worst kept
  std::vector<std::uint32_t> best;       // the likeness of the best `sure`: its front is the least
  const std::size_t sure = std::min(options.sure, options.top);
  const bool all_open = std::ranges::find(open, false) == open.end();
  const auto offer = [&](Row row) {
    seen_[row] = search_;
    ++found.looked_at;
    if (row == self) return;
    if (!all_open && !open[static_cast<std::size_t>(index_.source(row))]) return;
    const Near near{row, likeness_of(row)};
    if (heap.size() == options.top) {
      if (!better(near, heap.front())) return;
      std::pop_heap(heap.begin(), heap.end(), better);
      heap.pop_back();
    }
    heap.push_back(near);
    std::push_heap(heap.begin(), heap.end(), better);
    if (best.size() == sure) {
      if (near.likeness <= best.front()) return;
      std::pop_heap(best.begin(), best.end(), std::greater<>());
      best.pop_back();
    }
    best.push_back(near.likeness);
    std::push_heap(best.begin(), best.end(), std::greater<>());
  };
  for (std::size_t m = 0; m < matches_.size() && sure > 0; ++m) {
    if (best.size() == sure && bound < best.front()) break;
    const std::span<const Row> rows = index_.rows_of_word(matches_[m].word);
    for (std::size_t i = 0; i < rows.size() && found.complete; ++i) {
      if (i + 2 * kAhead < rows.size()) {
        index_.prefetch_start(rows[i + 2 * kAhead]);
        load_ahead_to_write(&seen_[rows[i + 2 * kAhead]]);
      }
      if (i + kAhead < rows.size()) index_.prefetch_row(rows[i + kAhead]);
      if (rows[i] >= options.end) break;
      if (seen_[rows[i]] == search_) continue;
      if (found.looked_at == options.most_rows) found.complete = false;
      if (found.complete) offer(rows[i]);
    }
    if (!found.complete) break;
    bound -= matches_[m].units - next[m];
  }
  std::sort(heap.begin(), heap.end(), better);
  return found;
}

void NearestSearch::forget() {
  for (const WordNumber word : touched_) {
    weight_[word] = 0;
    matched_[word / 64] = 0;
  }
  touched_.clear();
}

NearestRows NearestSearch::near_row(Row row, const std::vector<bool>& open,
                                    const NearestOptions& options) {
  const std::span<const WordNumber> words = index_.words_of_row(row);
  for (std::size_t q = 0; q < std::min(words.size(), kMostQueryWords); ++q) {
    match(q, index_.field_of(words[q]), index_.text(words[q]), options.near_words);
  }
  NearestRows found = walk(row, open, options);
  forget();
  return found;
}

NearestRows NearestSearch::near_words(std::span<const QueryWord> words,
                                      const std::vector<bool>& open,
                                      const NearestOptions& options) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const QueryWord& word = words[i];
    const std::size_t query = word.term.value_or(static_cast<std::uint32_t>(i));
    if (query >= kMostQueryWords) continue;
    if (word.is_pattern) {
      match_pattern(query, word.field, word.text);
    } else {
      match(query, word.field, word.text, options.near_words);
    }
  }
  NearestRows found = walk(index_.rows(), open, options);
  forget();
  return found;
}

}  // namespace tessera
