#include "engine/bin_weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "scoring/pair_space.hpp"

namespace tessera {
namespace {

/// Per alternative to a match: strangers, then the relations.
using Bits = std::array<double, 1 + kMaxRelations>;

/// bits[c][level], null 0.
std::vector<std::vector<Bits>> level_tables(const Model& model) {
  std::vector<std::vector<Bits>> tables;
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    std::vector<Bits>& table = tables.emplace_back(1 + model.comparisons[c].levels.size());
    for (unsigned level = 1; level < table.size(); ++level) {
      table[level][0] = model.level_bits(c, level);
      for (std::size_t k = 0; k < model.relations.size(); ++k) {
        table[level][k + 1] = model.related_bits(c, level, k);
      }
    }
  }
  return tables;
}

Bits start_of(const Model& model, const std::string& a, const std::string& b) {
  Bits bits{};
  bits[0] = model.prior_bits();
  for (std::size_t k = 0; k < model.relations.size(); ++k) {
    bits[k + 1] = model.relation_prior_bits(k);
  }
  for (const SourcePairPriors& pair : model.source_pairs) {
    if (!(pair.left == a && pair.right == b) && !(pair.left == b && pair.right == a)) continue;
    bits[0] = bits_from_probability(pair.prior);
    for (std::size_t k = 0; k < pair.relation_priors.size(); ++k) {
      bits[k + 1] = std::log2(pair.prior / pair.relation_priors[k]);
    }
  }
  return bits;
}

}  // namespace

int bin_of(double weight_bits) {
  return static_cast<int>(
      std::clamp(std::floor(weight_bits), -double{kMostBinBits}, double{kMostBinBits}));
}

std::vector<WeightBin> bin_weights(const Model& model, std::span<const SourcePairCounts> candidates,
                                   std::span<const std::string> sources) {
  const std::vector<std::vector<Bits>> tables = level_tables(model);
  const std::size_t alternatives = 1 + model.relations.size();
  std::map<int, WeightBin> bins;
  for (std::size_t high = 0; high < sources.size(); ++high) {
    for (std::size_t low = 0; low <= high; ++low) {
      const std::size_t pair =
          source_pair_number(static_cast<SourceId>(low), static_cast<SourceId>(high));
      if (pair >= candidates.size()) continue;
      const Bits start = start_of(model, sources[low], sources[high]);
      for (const PatternCount& count : candidates[pair].patterns) {
        Bits sums = start;
        for (std::size_t c = 0; c < tables.size(); ++c) {
          const Bits& part = tables[c][level_of(count.pattern, c)];
          for (std::size_t k = 0; k < alternatives; ++k) sums[k] += part[k];
        }
        const double weight_bits = against_all(std::span(sums).first(alternatives));
        WeightBin& bin = bins[bin_of(weight_bits)];
        bin.pairs += count.pairs;
        bin.expected_matches +=
            static_cast<double>(count.pairs) * probability_from_bits(weight_bits);
      }
    }
  }
  std::vector<WeightBin> filled;
  for (auto& [from_bits, bin] : bins) {
    bin.from_bits = from_bits;
    filled.push_back(bin);
  }
  return filled;
}

}  // namespace tessera
