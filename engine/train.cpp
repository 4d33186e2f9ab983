// Random pairs are not all of different persons, candidate pairs not all of one, and members of a
// household are like neither: the unknowns — m, h, u and the priors — are each estimated with the
// others held. Rounds: u from the shares among random pairs, less the matches and household pairs
// that the priors say are in them; m, h and the priors by EM over all candidate pairs with u fixed
// (scoring/mixture.hpp). EM starts from the sessions: one per rule, on the rule's own pairs. Three
// rounds settle them: the matches among random pairs are few, so each round's correction is far
// smaller than the last.
#include "engine/train.hpp"

#include <tbb/parallel_invoke.h>

#include <algorithm>

#include "engine/bin_weights.hpp"
#include "engine/count_patterns.hpp"
#include "engine/propose_names.hpp"
#include "scoring/em.hpp"
#include "scoring/frequencies.hpp"
#include "scoring/mixture.hpp"
#include "scoring/prior.hpp"
#include "scoring/sessions.hpp"

namespace tessera {
namespace {

constexpr int kRounds = 2;
constexpr std::uint64_t kRandomPairs = 300'000;
constexpr double kStartLambda = 0.3;
// A session must have seen enough pairs to say anything.
constexpr std::uint64_t kLeastSessionPairs = 50;
// Weight of the starting values in each level's M-step, in pairs: keeps a level that hardly occurs
// from 0.
constexpr double kPseudoPairs = 1.0;
// Drawn pairs of a class that a pair of sources must be expected to have for a share of its own.
constexpr double kShrinkDrawnPairs = 20.0;

// Most matches agree: start_m puts 0.8 on the first level and halves the rest from level to level,
// `else` getting as much as the middle ones: disagreement is what errors leave.
std::vector<double> start_m(std::size_t levels) {
  if (levels == 1) return {1.0};
  std::vector<double> m(levels, 0.0);
  m[0] = 0.8;
  double rest = 0.2;
  for (std::size_t i = 1; i + 1 < levels; ++i) {
    m[i] = rest / 2;
    rest -= m[i];
  }
  m[levels - 1] = rest;
  return m;
}

std::vector<bool> fixed_by(const BlockingRule& rule, std::span<const ComparisonSpec> comparisons) {
  std::vector<bool> fixed;
  for (const ComparisonSpec& comparison : comparisons) {
    fixed.push_back(std::any_of(rule.parts.begin(), rule.parts.end(), [&](const KeyPart& part) {
      return part.attribute == comparison.attribute || part.with == comparison.attribute;
    }));
  }
  return fixed;
}

bool compares_nicknames(const ComparisonSpec& comparison) {
  return std::any_of(
      comparison.levels.begin(), comparison.levels.end(),
      [](const LevelSpec& level) { return level.function == LevelFunction::kNickname; });
}

// A config may compare given names without nicknames; then the attribute's name tells.
bool is_called_given(const JobSpec& job, const ComparisonSpec& comparison) {
  const auto meaning = meaning_of_name(job.column_name(comparison.attribute));
  return meaning && meaning->meaning == Meaning::kGivenName;
}

// What related persons share, by kind. Relations need an attribute that tells their members apart:
// without given names and birth dates there is none, and no relations.
std::vector<RelationRole> relation_roles(const JobSpec& job) {
  std::vector<RelationRole> roles;
  bool told_apart = false;
  for (const ComparisonSpec& comparison : job.comparisons) {
    RelationRole role = RelationRole::kOpen;
    switch (job.column_kind(comparison.attribute)) {
      case Kind::kSex:
        role = RelationRole::kGiven;
        break;
      case Kind::kName:
        role = compares_nicknames(comparison) || is_called_given(job, comparison)
                   ? RelationRole::kGiven
                   : RelationRole::kFamily;
        break;
      case Kind::kDate:
        role = RelationRole::kBirth;
        break;
      case Kind::kPhone:
        role = RelationRole::kHousehold;
        break;
      case Kind::kPlace:
      case Kind::kPostcode:
      case Kind::kAddress:
      case Kind::kGeo:
        role = RelationRole::kPlace;
        break;
      default:
        break;
    }
    told_apart = told_apart || role == RelationRole::kBirth || role == RelationRole::kGiven;
    roles.push_back(role);
  }
  return told_apart ? roles : std::vector<RelationRole>();
}

class Trainer {
 public:
  Trainer(const WalkedTable& walked, const JobSpec& job, const RecordComparer& comparer)
      : job_(job),
        comparer_(comparer),
        space_(walked.space()),
        possible_(possible_pairs(space_)),
        model_(untrained_model(job.comparisons)) {
    tbb::parallel_invoke(
        [&] {
          rules_ = count_patterns(walked, comparer, {.seed = job.seed});
          owned_ = owned_patterns(rules_, space_);
        },
        [&] { sampled_ = sample_levels(walked, comparer, kRandomPairs, job.seed); });
  }

  Model run() {
    estimate_all_u();
    run_sessions();
    model_.prior = estimate_prior(all_patterns(owned_), model_.comparisons, possible_).prior;
    for (int round = 0; round < kRounds; ++round) {
      estimate_all_u();
      run_mixture();
    }
    model_.weights = bin_weights(model_, owned_, source_names());
    return std::move(model_);
  }

 private:
  void estimate_all_u() {
    for (std::size_t c = 0; c < model_.comparisons.size(); ++c) {
      ComparisonModel& comparison = model_.comparisons[c];
      LevelShares shares;
      if (comparer_.exact_level(c) == 1) {
        shares.exact_share = count_equal_pairs(comparer_.column(c), space_).probability();
      }
      shares.sampled.assign(
          sampled_[c].begin(),
          sampled_[c].begin() + static_cast<std::ptrdiff_t>(comparison.levels.size()));
      add_known_pairs(comparison, shares);
      shares.distinct_values = comparer_.column(c).values.size() - 1;
      const std::vector<double> u = estimate_u(shares);
      for (std::size_t i = 0; i < u.size(); ++i) comparison.levels[i].u = u[i];
    }
  }

  // Random pairs that are not of strangers: the matches, and the related pairs with their own
  // shares of levels.
  void add_known_pairs(const ComparisonModel& comparison, LevelShares& shares) const {
    shares.prior = model_.prior;
    for (const RelationModel& relation : model_.relations) shares.prior += relation.prior;
    for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
      const LevelModel& level = comparison.levels[i];
      double pairs = model_.prior * level.m;
      for (std::size_t k = 0; k < model_.relations.size(); ++k) {
        pairs += model_.relations[k].prior * (comparison.h.empty() ? level.u : comparison.h[k][i]);
      }
      shares.m.push_back(shares.prior > 0.0 ? pairs / shares.prior : level.m);
    }
  }

  void run_sessions() {
    std::vector<SessionResult> sessions;
    for (std::size_t r = 0; r < job_.rules.size(); ++r) {
      if (rules_[r].pairs < kLeastSessionPairs) continue;
      SessionResult session;
      session.rule = job_.rules[r].text;
      session.pairs = rules_[r].pairs;
      session.fixed = fixed_by(job_.rules[r], job_.comparisons);
      EmOptions options;
      options.fix_m = session.fixed;
      options.pseudo_pairs = kPseudoPairs;
      options.keep_history = true;
      session.result = estimate_m(rules_[r].all, model_.comparisons, kStartLambda, options);
      sessions.push_back(std::move(session));
    }
    const double prior = model_.prior;
    model_ = combine_sessions(
        model_.comparisons, prior > 0 ? prior : 1.0 / static_cast<double>(possible_ + 1), sessions);
  }

  // Personal comparisons start afresh: where a rule's pairs are mostly of related persons, its
  // session has learned that they differ.
  void run_mixture() {
    MixtureOptions options;
    options.roles = relation_roles(job_);
    std::vector<ComparisonModel> start = model_.comparisons;
    for (std::size_t c = 0; c < options.roles.size(); ++c) {
      const RelationRole role = options.roles[c];
      if (role != RelationRole::kGiven && role != RelationRole::kSex &&
          role != RelationRole::kBirth) {
        continue;
      }
      const std::vector<double> m = start_m(start[c].levels.size());
      for (std::size_t i = 0; i < m.size(); ++i) start[c].levels[i].m = m[i];
    }
    for (const RulePatterns& rule : rules_) {
      // A drawn pair stands for `one_in`: shares rest on so many fewer.
      options.shrink_pairs =
          std::max(options.shrink_pairs, kShrinkDrawnPairs * static_cast<double>(rule.one_in));
    }
    MixtureResult mixture = estimate_mixture(owned_, start, model_.prior, options);
    model_.prior = mixture.prior;
    model_.relations = std::move(mixture.relations);
    model_.comparisons = std::move(mixture.comparisons);
    set_source_pairs(mixture.source_pairs);
  }

  std::vector<std::string> source_names() const {
    std::vector<std::string> names;
    for (const SourceSpec& source : job_.sources) names.push_back(source.name);
    return names;
  }

  void set_source_pairs(const std::vector<SourcePairShares>& shares) {
    model_.source_pairs.clear();
    const std::size_t sources = space_.source_begin.size() - 1;
    for (std::size_t low = 0; low < sources && sources > 1; ++low) {
      for (std::size_t high = low; high < sources; ++high) {
        const auto a = static_cast<SourceId>(low);
        const auto b = static_cast<SourceId>(high);
        if (possible_pairs(space_, a, b) == 0) continue;
        const SourcePairShares& pair = shares[source_pair_number(a, b)];
        model_.source_pairs.push_back(
            {job_.sources[low].name, job_.sources[high].name, pair.prior, pair.relation_priors});
      }
    }
  }

  const JobSpec& job_;
  const RecordComparer& comparer_;
  const PairSpace& space_;
  std::uint64_t possible_;
  Model model_;
  std::vector<RulePatterns> rules_;
  std::vector<SourcePairCounts> owned_;
  std::vector<std::vector<std::uint64_t>> sampled_;
};

}  // namespace

Model untrained_model(std::span<const ComparisonSpec> comparisons) {
  Model model;
  for (const ComparisonSpec& spec : comparisons) {
    ComparisonModel comparison;
    comparison.name = spec.name;
    const std::vector<double> m = start_m(spec.levels.size());
    for (std::size_t i = 0; i < spec.levels.size(); ++i) {
      LevelModel level;
      level.text = spec.levels[i].text;
      level.m = m[i];
      level.u = 1.0 / static_cast<double>(spec.levels.size());
      level.term_frequency =
          spec.term_frequency && spec.levels[i].function == LevelFunction::kExact;
      comparison.levels.push_back(std::move(level));
    }
    model.comparisons.push_back(std::move(comparison));
  }
  return model;
}

std::vector<BlockingRule> training_rules(const JobSpec& job, const Table& table) {
  const std::vector<RelationRole> roles = relation_roles(job);
  std::optional<std::uint32_t> given;
  std::optional<std::uint32_t> family;
  std::optional<std::uint32_t> place;
  for (std::size_t c = 0; c < roles.size(); ++c) {
    const std::uint32_t column = job.comparisons[c].attribute;
    const bool name = job.column_kind(column) == Kind::kName;
    if (roles[c] == RelationRole::kGiven && name && !given) given = column;
    if (roles[c] == RelationRole::kFamily && !family) family = column;
    // The finest place: a village before a district.
    if (roles[c] == RelationRole::kPlace &&
        (!place || table.columns[column].values.size() > table.columns[*place].values.size())) {
      place = column;
    }
  }
  std::vector<BlockingRule> rules;
  for (const std::optional<std::uint32_t>& with : {place, given}) {
    if (!family || !with) continue;
    BlockingRule& rule = rules.emplace_back();
    rule.parts = {{KeyFunction::kValue, *with, 0}, {KeyFunction::kValue, *family, 0}};
    rule.text = job.column_name(*with) + " + " + job.column_name(*family);
  }
  return rules;
}

Model train_model(const WalkedTable& walked, const JobSpec& job, const RecordComparer& comparer) {
  return Trainer(walked, job, comparer).run();
}

PairSpace job_space(const Table& table, const JobSpec& job) {
  const PairScope scope = job.link_type == LinkType::kLinkOnly     ? PairScope::kAcrossSources
                          : job.link_type == LinkType::kDedupeOnly ? PairScope::kWithinSource
                                                                   : PairScope::kAnyPair;
  return pair_space(table, scope, true);
}

}  // namespace tessera
