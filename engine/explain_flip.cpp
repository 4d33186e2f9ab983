#include "engine/explain_flip.hpp"

#include <cmath>
#include <optional>
#include <span>

namespace tessera {
namespace {

using Bits = PairWeigher::Bits;

// One comparison at another level: what that adds to the sum against each alternative.
struct Change {
  std::size_t comparison = 0;
  unsigned level = 0;
  Bits bits{};
};

// A way to another verdict.
struct Way {
  double weight_bits = 0.0;
  std::vector<Change> changes;
};

// Weights from this on, or below it.
struct Target {
  Verdict verdict = Verdict::kNoLink;
  double bits = 0.0;
  bool at_least = true;

  bool is_reached(double weight_bits) const { return (weight_bits >= bits) == at_least; }
};

class FlipFinder {
 public:
  FlipFinder(const ExplainInput& input, Pattern pattern, Row left, Row right)
      : input_(input),
        pattern_(pattern),
        left_(left),
        right_(right),
        sums_(input.weigher.start(input.table.row_source[left], input.table.row_source[right])) {
    for (std::size_t c = 0; c < input.model.comparisons.size(); ++c) {
      sums_ = plus(sums_, part(c, level_of(pattern, c)));
    }
    for (std::size_t c = 0; c < input.model.comparisons.size(); ++c) add_changes(c);
  }

  std::optional<Way> find(const Target& target) const {
    std::optional<Way> best;
    for (const Change& change : changes_) consider(target, {change}, best);
    if (best) return best;
    for (const Change& first : changes_) {
      for (const Change& second : changes_) {
        if (first.comparison < second.comparison) consider(target, {first, second}, best);
      }
    }
    return best;
  }

  double weight_bits() const { return weight_of(sums_); }

  ExplainedFlip explain(const Target& target, const Way& way) const {
    ExplainedFlip flip{target.verdict, way.weight_bits, {}};
    for (const Change& change : way.changes) {
      const unsigned now = level_of(pattern_, change.comparison);
      flip.changes.push_back({input_.model.comparisons[change.comparison].name,
                              level_text(change.comparison, now),
                              level_text(change.comparison, change.level), change.bits[0]});
    }
    return flip;
  }

 private:
  Bits plus(const Bits& a, const Bits& b, double sign = 1.0) const {
    Bits sum = a;
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += sign * b[k];
    return sum;
  }

  double weight_of(const Bits& sums) const {
    return against_all(std::span(sums).first(input_.weigher.alternatives()));
  }

  std::string level_text(std::size_t c, unsigned level) const {
    return level == kNullLevel ? std::string(kNullLevelText)
                               : input_.model.comparisons[c].levels[level - 1].text;
  }

  // What comparison c would add at a level.
  Bits part(std::size_t c, unsigned level) const {
    const std::vector<Code>& codes = input_.weigher.comparer().column(c).codes;
    const Code a = codes[left_] != kMissing ? codes[left_] : codes[right_];
    const Code b = codes[right_] != kMissing ? codes[right_] : a;
    if (level == kNullLevel) return input_.weigher.bits_at(c, kNullLevel, 0.0);
    if (a != kMissing) return input_.weigher.part_bits(c, level, a, b);
    const unsigned exact = input_.weigher.comparer().exact_level(c);
    const double u = input_.model.comparisons[c].levels[(exact != 0 ? exact : level) - 1].u;
    return input_.weigher.bits_at(c, level, -std::log2(u));
  }

  void add_changes(std::size_t c) {
    const unsigned now = level_of(pattern_, c);
    const RecordComparer& comparer = input_.weigher.comparer();
    const unsigned swapped = comparer.has_swap(c) ? comparer.swapped_level(c) : 0;
    const auto levels = static_cast<unsigned>(input_.model.comparisons[c].levels.size());
    for (unsigned level = 0; level <= levels; ++level) {
      if (level == now || (level != 0 && level == swapped)) continue;
      changes_.push_back({c, level, plus(part(c, level), part(c, now), -1.0)});
    }
  }

  void consider(const Target& target, std::vector<Change> changes, std::optional<Way>& best) const {
    Bits sums = sums_;
    for (const Change& change : changes) sums = plus(sums, change.bits);
    const double weight = weight_of(sums);
    if (!target.is_reached(weight)) return;
    const double now = weight_bits();
    if (!best || std::abs(weight - now) < std::abs(best->weight_bits - now)) {
      best = Way{weight, std::move(changes)};
    }
  }

  const ExplainInput& input_;
  Pattern pattern_;
  Row left_;
  Row right_;
  Bits sums_;
  std::vector<Change> changes_;
};

std::vector<Target> targets_of(double weight_bits, double link_bits, double review_bits) {
  const bool has_band = review_bits < link_bits;
  const Target link{Verdict::kLink, link_bits, true};
  const Target no_link{Verdict::kNoLink, review_bits, false};
  const Target to_review_up{Verdict::kReview, review_bits, true};
  const Target to_review_down{Verdict::kReview, link_bits, false};
  switch (verdict_of(weight_bits, link_bits, review_bits)) {
    case Verdict::kLink:
      return {has_band ? to_review_down : no_link};
    case Verdict::kReview:
      return {link, no_link};
    case Verdict::kNoLink:
      return {has_band ? to_review_up : link};
  }
  return {};
}

}  // namespace

std::vector<ExplainedFlip> find_flips(const ExplainInput& input, Pattern pattern, Row left,
                                      Row right) {
  const FlipFinder finder(input, pattern, left, right);
  const double link = input.job.link_threshold.bits();
  const double review = std::min(link, input.job.review_threshold.bits());
  std::vector<ExplainedFlip> flips;
  for (const Target& target : targets_of(finder.weight_bits(), link, review)) {
    const std::optional<Way> way = finder.find(target);
    if (!way) continue;
    flips.push_back(finder.explain(target, *way));
    flips.back().verdict = verdict_of(way->weight_bits, link, review);
  }
  return flips;
}

}  // namespace tessera
