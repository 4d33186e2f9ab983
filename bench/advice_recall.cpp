// Whether blocking's advice and its estimate of recall hold, on a linked job with known truth.
//
//   advice_recall FOLDER TRUTH [--budget N]... [--draws N] [--no-search]
//
// FOLDER: --out of a finished `tessera link`. Per budget (default: the pairs that the job compared,
// and a tenth of them) it prints the recall of the advised rules by the truth, and that of the best
// set that a search with the truth at hand finds at the same budget: greedy, then any rule put in
// the place of any other while that helps. Then, over draws of entities with replacement, how often
// the 95 % interval of the estimate holds the recall by the truth, for the job's rules, for the
// advised ones, and for ten sets of four to six of the job's rules drawn at random; the job is
// linked anew by each of those alone, as `tessera blocking --recall` would.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <exception>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "bench/name_errors.hpp"
#include "bench/rule_search.hpp"
#include "engine/advise_rules.hpp"
#include "engine/key_column.hpp"
#include "engine/read_job.hpp"
#include "engine/rule_pairs.hpp"
#include "engine/train.hpp"
#include "report/job_result.hpp"
#include "report/truth.hpp"

namespace tessera::bench {
namespace {

using RowPair = std::pair<Row, Row>;

constexpr std::size_t kRandomSets = 10;

struct Options {
  std::filesystem::path folder;
  std::vector<TruthFile> truth;
  std::vector<std::uint64_t> budgets;
  std::size_t draws = 20;
  bool search = true;
};

std::vector<RowPair> true_pairs(const Truth& truth, const Table& table, const PairSpace& space) {
  std::vector<RowPair> pairs = truth.pairs;
  if (!truth.of_pairs) {
    std::vector<Row> rows;
    for (Row row = 0; row < table.size(); ++row) {
      if (truth.entity[row] != kUnjudged) rows.push_back(row);
    }
    std::ranges::stable_sort(rows, {}, [&](Row row) { return truth.entity[row]; });
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        if (truth.entity[rows[i]] != truth.entity[rows[j]]) break;
        pairs.emplace_back(rows[i], rows[j]);
      }
    }
  }
  std::erase_if(pairs, [&](const RowPair& pair) {
    return !may_be_linked(table, space, pair.first, pair.second);
  });
  return pairs;
}

// Truth that lists pairs across sources alone judges no others: no more do links count.
std::vector<Link> judged_links(const Truth& truth, const Table& table, std::vector<Link> links) {
  const auto across = [&](const auto& pair) {
    return table.row_source[pair.first] != table.row_source[pair.second];
  };
  if (!truth.of_pairs || !std::ranges::all_of(truth.pairs, across)) return links;
  std::erase_if(links, [&](const Link& link) { return !across(RowPair(link.left, link.right)); });
  return links;
}

// Per pair: the parts on which its records agree.
std::vector<PartSet> agreements(std::span<const KeyPart> parts, const Table& table,
                                std::span<const RowPair> pairs) {
  std::vector<PartSet> agreeing(pairs.size(), 0);
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const KeyColumn column(parts[p], table);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (column.agrees(pairs[i].first, pairs[i].second)) agreeing[i] |= PartSet{1} << p;
    }
  }
  return agreeing;
}

struct Measured {
  std::uint64_t pairs = 0;
  double recall = 0.0;
};

// Whether the pairs share a block under some rule, and how many pairs the rules compare.
Measured measure(const JobSpec& job, const Table& table, std::span<const BlockingRule> rules,
                 std::span<const RowPair> pairs) {
  BlockingOptions options;
  options.max_block_records = job.max_block_records;
  const Blocking blocking = block_rows(table, rules, options);
  const std::vector<std::uint64_t> added =
      count_added_pairs(table, blocking, job_space(table, job));
  std::size_t found = 0;
  for (const auto& [left, right] : pairs) found += shares_block(blocking, left, right);
  return {std::reduce(added.begin(), added.end(), std::uint64_t{0}),
          static_cast<double>(found) / static_cast<double>(pairs.size())};
}

// The best set of a search that is within the budget by count, not by samples alone.
std::pair<std::vector<BlockingRule>, Measured> search_best(const Search& search, const JobSpec& job,
                                                           const Table& table,
                                                           std::span<const RowPair> pairs,
                                                           std::uint64_t budget) {
  std::pair<std::vector<BlockingRule>, Measured> best;
  double allowed = static_cast<double>(budget);
  for (int tries = 0; tries < 4; ++tries) {
    const std::vector<BlockingRule> rules = search.best(static_cast<std::uint64_t>(allowed));
    const Measured measured = measure(job, table, rules, pairs);
    if (measured.pairs <= budget && measured.recall > best.second.recall) best = {rules, measured};
    if (measured.pairs <= budget && measured.pairs > budget * 9 / 10) break;
    const double ratio = static_cast<double>(budget) /
                         static_cast<double>(std::max<std::uint64_t>(1, measured.pairs));
    if (ratio > 3.0) break;  // nothing more to be found by rules
    allowed *= ratio < 1.0 ? ratio * 0.98 : ratio;
  }
  return best;
}

std::string names_of(std::span<const BlockingRule> rules) {
  std::string text;
  for (const BlockingRule& rule : rules) text += (text.empty() ? "" : "; ") + rule.text;
  return text;
}

/// Estimates recall from links drawn anew.
using Estimator = std::function<RecallMeasure(std::span<const Link>)>;

// How often the interval holds the truth over draws of entities with replacement: each pair counts
// as often as its first record's entity is drawn (Poisson(1), as in a large bootstrap).
void measure_interval(const JobSpec& job, const std::string& name, const Table& table,
                      std::span<const Link> links, std::span<const RowPair> pairs,
                      std::span<const std::uint32_t> cluster, std::size_t draws,
                      const Estimator& estimator, std::size_t& within, std::size_t& of) {
  const Blocking blocking = block_rows(table, job.rules, {job.max_block_records});
  std::vector<bool> found;
  for (const auto& [left, right] : pairs) found.push_back(shares_block(blocking, left, right));
  std::size_t held = 0;
  std::size_t estimated = 0;
  double estimate = 0.0;
  double truth = 0.0;
  double low = 0.0;  // of the first: the set itself
  double high = 0.0;
  for (std::size_t d = 0; d < draws; ++d) {
    const auto times = [&](Row row) {
      const double u =
          static_cast<double>(mix64(cluster[row] * 0x9e3779b97f4a7c15ULL + d) >> 11) * 0x1p-53;
      double sum = std::exp(-1.0);
      double term = sum;
      int k = 0;
      while (u > sum && k < 12) {
        term /= ++k;
        sum += term;
      }
      return d == 0 ? 1 : k;  // the first draw is the set itself
    };
    std::vector<Link> drawn;
    for (const Link& link : links)
      drawn.insert(drawn.end(), static_cast<std::size_t>(times(link.left)), link);
    double all = 0.0;
    double met = 0.0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const double k = times(pairs[i].first);
      all += k;
      if (found[i]) met += k;
    }
    const RecallMeasure measured = estimator(drawn);
    if (!measured.estimate || all == 0.0) continue;
    if (estimated++ == 0) {
      low = measured.estimate->low;
      high = measured.estimate->high;
    }
    estimate += measured.estimate->recall();
    truth += met / all;
    held += measured.estimate->low <= met / all && met / all <= measured.estimate->high;
  }
  if (estimated == 0) {
    fmt::print("interval | {} | no estimate\n", name);
    return;
  }
  fmt::print(
      "interval | {} | estimate {:.4f} | {:.4f} to {:.4f} | truth {:.4f} | held in {} of {} "
      "draws\n",
      name, estimate / static_cast<double>(estimated), low, high,
      truth / static_cast<double>(estimated), held, estimated);
  within += held;
  of += estimated;
}

int run(const Options& options) {
  JobSpec job = read_job(options.folder / "job.toml", {});
  const JobResult result = read_job_result(options.folder);
  const Truth truth = read_truth(options.truth, result);
  job.review_threshold = {0.1, false};
  const LinkResult linked = run_link(job, {}, std::nullopt, {});
  const Table& table = linked.table;
  const PairSpace space = job_space(table, job);
  const std::vector<RowPair> pairs = true_pairs(truth, table, space);
  const std::vector<KeyPart> parts = advisable_parts(job);
  const std::vector<PartSet> agreeing = agreements(parts, table, pairs);
  const Measured own = measure(job, table, job.rules, pairs);
  fmt::print("{} records, {} true pairs; the job's {} rules: {} pairs, recall {:.4f}\n",
             table.size(), pairs.size(), job.rules.size(), own.pairs, own.recall);
  std::vector<std::uint64_t> budgets = options.budgets;
  if (budgets.empty()) budgets = {own.pairs, own.pairs / 10};
  std::optional<Search> search;
  if (options.search) search.emplace(job, table, agreeing, *std::ranges::max_element(budgets));
  std::vector<BlockingRule> advised_rules;
  for (const std::uint64_t budget : budgets) {
    const RuleAdvice advice = advise_rules(job, table, linked.links, budget);
    std::vector<BlockingRule> rules;
    for (const AdvisedRule& of : advice.rules) rules.push_back(of.rule);
    const Measured advised = measure(job, table, rules, pairs);
    std::string rules_text;
    fmt::print("budget {} | advised {} rules, {} pairs, recall {:.4f}", budget, rules.size(),
               advised.pairs, advised.recall);
    if (search) {
      const auto [best_rules, best] = search_best(*search, job, table, pairs, budget);
      rules_text = names_of(best_rules);
      fmt::print(" | best of {} found: {} rules, {} pairs, recall {:.4f} | difference {:+.4f}",
                 search->size(), best_rules.size(), best.pairs, best.recall,
                 advised.recall - best.recall);
    }
    fmt::print("\n  advised: {}\n", names_of(rules));
    if (!rules_text.empty()) fmt::print("  best: {}\n", rules_text);
    if (advised_rules.empty()) advised_rules = rules;
  }
  if (options.draws == 0) return 0;
  std::size_t within = 0;
  std::size_t of = 0;
  const auto interval = [&](const std::string& name, const std::vector<BlockingRule>& rules,
                            std::span<const Link> links, const Estimator& estimator) {
    JobSpec other = job;
    other.rules = rules;
    measure_interval(other, name, table, links, pairs, truth.entity, options.draws, estimator,
                     within, of);
  };
  const std::vector<Link> judged = judged_links(truth, table, linked.links);
  interval("the job's", job.rules, judged,
           [&](std::span<const Link> links) { return recall_of(job, table, links); });
  interval("advised", advised_rules, judged, [&](std::span<const Link> links) {
    return recall_of_others(job, advised_rules, table, links);
  });
  Draw draw(7);
  for (std::size_t s = 0; s < kRandomSets && job.rules.size() > 6; ++s) {
    JobSpec other = job;
    for (std::size_t i = other.rules.size() - 1; i > 0; --i)
      std::swap(other.rules[i], other.rules[draw.below(i + 1)]);
    other.rules.resize(4 + draw.below(3));
    const std::vector<Link> alone =
        judged_links(truth, table, run_link(other, {}, std::nullopt, {}).links);
    std::string name = fmt::format("drawn {}", s + 1);
    for (const BlockingRule& rule : other.rules) name += "; " + rule.text;
    interval(name, other.rules, alone,
             [&](std::span<const Link> links) { return recall_of(other, table, links); });
  }
  fmt::print(
      "interval held in {} of {} draws, {:.1f} %\n", within, of,
      100.0 * static_cast<double>(within) / static_cast<double>(std::max<std::size_t>(of, 1)));
  return 0;
}

Options read_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--budget" && i + 1 < argc) {
      options.budgets.push_back(std::stoull(argv[++i]));
    } else if (word == "--draws" && i + 1 < argc) {
      options.draws = std::stoul(argv[++i]);
    } else if (word == "--no-search") {
      options.search = false;
    } else if (options.folder.empty()) {
      options.folder = word;
    } else {
      const std::size_t equals = word.find('=');
      const bool named = equals != std::string::npos;
      options.truth.push_back(
          {named ? word.substr(equals + 1) : word, named ? word.substr(0, equals) : ""});
    }
  }
  if (options.truth.empty()) {
    throw std::invalid_argument("advice_recall FOLDER TRUTH... [--budget N]... [--draws N]");
  }
  return options;
}

}  // namespace
}  // namespace tessera::bench

int main(int argc, char** argv) {
  try {
    return tessera::bench::run(tessera::bench::read_options(argc, argv));
  } catch (const std::exception& error) {
    fmt::print(stderr, "advice_recall: {}\n", error.what());
    return 1;
  }
}
