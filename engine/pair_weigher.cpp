#include "engine/pair_weigher.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "data/check.hpp"
#include "scoring/frequencies.hpp"

namespace tessera {
namespace {

// Whether related persons share the attribute: otherwise their h is u, and a rare value tells them
// apart as it does strangers.
bool has_own_h(const ComparisonModel& comparison, std::size_t relation) {
  if (comparison.h.empty()) return false;
  for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
    const double u = comparison.levels[i].u;
    if (std::abs(comparison.h[relation][i] - u) > 1e-12 + 1e-9 * u) return true;
  }
  return false;
}

constexpr double kNone = -std::numeric_limits<double>::infinity();

std::vector<double> column_rarity_bits(const Column& column, double tf_minimum) {
  std::vector<double> bits = term_frequencies(column);
  for (double& tf : bits) tf = tf > 0.0 ? -std::log2(std::max(tf, tf_minimum)) : 0.0;
  return bits;
}

// log2 of the prior odds against strangers, then against each relation.
PairWeigher::Bits prior_bits(double prior, std::span<const double> relation_priors) {
  PairWeigher::Bits bits{};
  bits[0] = bits_from_probability(prior);
  for (std::size_t k = 0; k < relation_priors.size(); ++k) {
    bits[k + 1] = std::log2(prior / relation_priors[k]);
  }
  return bits;
}

std::vector<PairWeigher::Bits> start_bits(const Model& model, const Table& table) {
  std::vector<double> relation_priors;
  for (const RelationModel& relation : model.relations) relation_priors.push_back(relation.prior);
  std::vector<PairWeigher::Bits> bits(count_source_pairs(table.sources.size()),
                                      prior_bits(model.prior, relation_priors));
  const auto named = [&](const std::string& name) {
    const auto is_named = [&](const SourceFacts& source) { return source.name == name; };
    return static_cast<std::size_t>(std::ranges::find_if(table.sources, is_named) -
                                    table.sources.begin());
  };
  for (const SourcePairPriors& pair : model.source_pairs) {
    const std::size_t left = named(pair.left);
    const std::size_t right = named(pair.right);
    if (std::max(left, right) >= table.sources.size()) continue;  // a source of another job
    const auto a = static_cast<SourceId>(left);
    const auto b = static_cast<SourceId>(right);
    bits[source_pair_number(a, b)] = prior_bits(pair.prior, pair.relation_priors);
  }
  return bits;
}

}  // namespace

PairWeigher::PairWeigher(const Model& model, const Table& table, const RecordComparer& comparer)
    : comparer_(&comparer),
      alternatives_(1 + model.relations.size()),
      table_(&table),
      start_(start_bits(model, table)) {
  TESSERA_CHECK(model.comparisons.size() == comparer.comparisons());
  TESSERA_CHECK(model.relations.size() <= kMaxRelations);
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) parts_.push_back(make_part(model, c));
}

PairWeigher::Part PairWeigher::make_part(const Model& model, std::size_t c) const {
  const ComparisonModel& comparison = model.comparisons[c];
  const unsigned exact = comparer_->exact_level(c);
  Part part;
  part.exact = exact;
  part.levels = static_cast<unsigned>(comparison.levels.size());
  part.counts_rarity[0] = true;
  for (std::size_t k = 0; k < model.relations.size(); ++k) {
    part.counts_rarity[k + 1] = model.relations[k].by_chance || !has_own_h(comparison, k);
  }
  for (unsigned level = 1; level <= comparison.levels.size(); ++level) {
    const LevelModel& of = comparison.levels[level - 1];
    if (of.term_frequency) {
      const double u = comparison.levels[(exact != 0 ? exact : level) - 1].u;
      part.adjusted[level] = comparison.tf_exponent * of.tf_weight;
      part.base_bits[level] = part.adjusted[level] * std::log2(u);
      if (part.rarity_bits.empty()) {
        part.rarity_bits = column_rarity_bits(comparer_->column(c), comparison.tf_minimum);
      }
    }
    for (std::size_t k = 0; k < alternatives_; ++k) {
      part.level_bits[k][level] =
          k == 0 ? model.level_bits(c, level) : model.related_bits(c, level, k - 1);
    }
  }
  return part;
}

PairWeigher::Bits PairWeigher::bits_at(std::size_t c, unsigned level, double rarity_bits) const {
  const Part& part = parts_[c];
  const double adjustment = part.base_bits[level] + part.adjusted[level] * rarity_bits;
  Bits bits{};
  for (std::size_t k = 0; k < alternatives_; ++k) {
    bits[k] = part.level_bits[k][level] + (part.counts_rarity[k] ? adjustment : 0.0);
  }
  return bits;
}

PairWeigher::Bits PairWeigher::part_bits(std::size_t c, unsigned level, Code left,
                                         Code right) const {
  const Part& part = parts_[c];
  // The more frequent of the two values says what agreement is worth.
  const double rarity =
      part.adjusted[level] == 0.0 ? 0.0 : std::min(part.rarity_bits[left], part.rarity_bits[right]);
  return bits_at(c, level, rarity);
}

PairWeigher::Bits PairWeigher::best_bits(std::size_t c, LevelSet levels, double rarity_bits) const {
  const Part& part = parts_[c];
  Bits best;
  best.fill(kNone);
  for (unsigned level = 1; level <= part.levels; ++level) {
    if (level == part.exact || ((levels >> (level - 1)) & 1) == 0) continue;
    const Bits bits = bits_at(c, level, rarity_bits);
    for (std::size_t k = 0; k < alternatives_; ++k) best[k] = std::max(best[k], bits[k]);
  }
  return best;
}

double PairWeigher::rarest_bits(std::size_t c) const {
  const std::vector<double>& bits = parts_[c].rarity_bits;
  return bits.empty() ? 0.0 : *std::max_element(bits.begin(), bits.end());
}

double PairWeigher::weight_bits(Pattern pattern, const Code* left, const Code* right, SourceId a,
                                SourceId b) const {
  Bits sums = start(a, b);
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const Bits part = part_bits(c, level_of(pattern, c), left[c], right[c]);
    for (std::size_t k = 0; k < alternatives_; ++k) sums[k] += part[k];
  }
  return alternatives_ == 1 ? sums[0] : against_all(std::span(sums).first(alternatives_));
}

double PairWeigher::weight_bits(Pattern pattern, Row left, Row right) const {
  std::array<Code, kMaxComparisons> of_left;
  std::array<Code, kMaxComparisons> of_right;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const std::vector<Code>& codes = comparer_->column(c).codes;
    of_left[c] = codes[left];
    of_right[c] = codes[right];
  }
  return weight_bits(pattern, of_left.data(), of_right.data(), table_->row_source[left],
                     table_->row_source[right]);
}

}  // namespace tessera
