// Whether the quality that is expected without labels holds group by group, and the plan of a check
// by hand its ±2 %, on a linked job with known truth: tables of docs/quality.md.
//
//   quality_groups FOLDER TRUTH...
//
// FOLDER: --out of a finished `tessera link`; it is linked again. Per way of grouping: how many
// groups there are and in how many the interval holds the precision and the recall (among the pairs
// kept) that the truth gives, and how wide the intervals are in the median; those that fail, one by
// one. Then the plan: pairs to judge, and in how many of 2,000 draws by it the estimate is within
// two points of the truth; then the same in two steps, more being judged where more are wrong.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bench/name_errors.hpp"
#include "engine/expected_quality.hpp"
#include "engine/pipeline.hpp"
#include "engine/read_job.hpp"
#include "report/job_result.hpp"
#include "report/sampling_plan.hpp"
#include "report/truth.hpp"

namespace tessera::bench {
namespace {

constexpr int kDraws = 2000;
constexpr double kHalfWidth = 0.02;
// A group of few is joined with others by whoever groups; so often is each pair put in, that none
// is.
constexpr std::size_t kCopies = 11;

using Quality = ResultFacts::Quality;
using Counts = std::map<std::pair<std::string, std::string>, double>;

/// Of the pairs kept, those that the truth judges.
struct Judged {
  std::vector<Link> links;
  std::vector<bool> is_true;
};

Judged judge(const Truth& truth, const Table& table, const std::vector<Link>& links) {
  const auto across = [&](Row left, Row right) {
    return table.row_source[left] != table.row_source[right];
  };
  const bool only_across =
      truth.of_pairs && std::ranges::all_of(truth.pairs, [&](const std::pair<Row, Row>& pair) {
        return across(pair.first, pair.second);
      });
  Judged judged;
  for (const Link& link : links) {
    const std::uint32_t left = truth.entity[link.left];
    const std::uint32_t right = truth.entity[link.right];
    if (left == kUnjudged || right == kUnjudged) continue;
    if (only_across && !across(link.left, link.right)) continue;
    judged.links.push_back(link);
    judged.is_true.push_back(
        truth.of_pairs ? std::ranges::binary_search(truth.pairs, std::pair(link.left, link.right))
                       : left == right);
  }
  return judged;
}

// How many links each group has, by the program's own grouping.
Counts count_groups(const ExpectedQualityInput& input) {
  Counts counts;
  const Quality quality = expected_quality(input);
  counts[{"all", ""}] = static_cast<double>(quality.links) / kCopies;
  for (const ResultFacts::QualityGroup& group : quality.groups) {
    counts[{group.by, group.name}] = static_cast<double>(group.links) / kCopies;
  }
  return counts;
}

struct Held {
  std::size_t precision = 0;
  std::size_t recall = 0;
  std::size_t groups = 0;
  std::vector<double> precision_widths;
  std::vector<double> recall_widths;
};

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::ranges::sort(values);
  return values[values.size() / 2];
}

bool holds(const ResultFacts::Share& share, double true_share) {
  return share.low - 1e-9 <= true_share && true_share <= share.high + 1e-9;
}

void hold_groups(const Quality& quality, const Counts& linked, const Counts& kept) {
  std::map<std::string, Held> by;
  const auto hold = [&](const std::string& sort, const std::string& name, std::uint64_t links,
                        const ResultFacts::Share& precision, const ResultFacts::Share& recall) {
    const auto found = linked.find({sort, name});
    const auto all = kept.find({sort, name});
    const double right = found == linked.end() ? 0.0 : found->second;
    if (links == 0 || all == kept.end() || all->second == 0.0) return;
    const double true_precision = right / static_cast<double>(links);
    const double true_recall = right / all->second;
    Held& held = by[sort];
    ++held.groups;
    const bool precise = holds(precision, true_precision);
    const bool complete = sort == "all" || holds(recall, true_recall);
    held.precision += precise;
    held.recall += complete;
    held.precision_widths.push_back(precision.high - precision.low);
    held.recall_widths.push_back(recall.high - recall.low);
    if (precise && complete) return;
    fmt::print(
        "  outside: {} {}: {} links; precision {:.4f} ({:.4f} to {:.4f}), truly {:.4f}; "
        "recall {:.4f} ({:.4f} to {:.4f}), truly {:.4f}\n",
        sort, name, links, precision.expected, precision.low, precision.high, true_precision,
        recall.expected, recall.low, recall.high, true_recall);
  };
  hold("all", "", quality.links, quality.precision, quality.recall);
  for (const ResultFacts::QualityGroup& group : quality.groups) {
    hold(group.by, group.name, group.links, group.precision, group.recall);
  }
  for (const auto& [sort, held] : by) {
    fmt::print(
        "{} | groups {} | precision holds in {} | recall holds in {} | widths {:.4f}, {:.4f}\n",
        sort, held.groups, held.precision, sort == "all" ? "-" : std::to_string(held.recall),
        median(held.precision_widths), median(held.recall_widths));
  }
}

struct Found {
  double judged = 0.0;
  double right = 0.0;
};

// Draws from the stratum without replacement; twice: more where more are wrong than allowed.
Found judge_stratum(const Stratum& plan, std::vector<bool>& stratum, bool twice, Draw& draw) {
  Found found;
  std::size_t next = 0;
  const auto judge = [&](std::size_t up_to) {
    for (; next < std::min(up_to, stratum.size()); ++next) {
      const std::size_t other = next + draw.below(stratum.size() - next);
      const bool taken = stratum[other];
      stratum[other] = stratum[next];
      stratum[next] = taken;
      found.right += taken;
    }
    found.judged = static_cast<double>(next);
  };
  judge(plan.to_judge);
  const auto wrong = static_cast<std::uint64_t>(found.judged - found.right);
  if (twice) judge(judge_in_all(plan, wrong));
  return found;
}

void hold_plan(const Judged& judged, double link_bits) {
  std::map<int, std::uint64_t> bins;
  for (const Link& link : judged.links) {
    if (link.weight_bits >= link_bits) ++bins[static_cast<int>(std::floor(link.weight_bits))];
  }
  std::vector<LinkBin> links;
  for (const auto& [bits, pairs] : bins) links.push_back({bits, pairs});
  const SamplingPlan plan = plan_sample(links, link_bits, kHalfWidth);
  std::vector<std::vector<bool>> strata(plan.strata.size());
  double right = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < judged.links.size(); ++i) {
    const double bits = judged.links[i].weight_bits;
    if (bits < link_bits) continue;
    ++all;
    right += judged.is_true[i];
    for (std::size_t s = 0; s < strata.size(); ++s) {
      if (bits >= plan.strata[s].to_bits && s + 1 < strata.size()) continue;
      strata[s].push_back(judged.is_true[i]);
      break;
    }
  }
  Draw draw(11);
  for (const bool twice : {false, true}) {
    int within = 0;
    double pairs = 0.0;
    for (int d = 0; d < kDraws && all > 0; ++d) {
      double estimate = 0.0;
      for (std::size_t s = 0; s < strata.size(); ++s) {
        const Found found = judge_stratum(plan.strata[s], strata[s], twice, draw);
        pairs += found.judged;
        if (found.judged > 0) {
          estimate += found.right / found.judged * static_cast<double>(strata[s].size());
        }
      }
      within += std::abs(estimate - right) / all <= kHalfWidth;
    }
    fmt::print("plan{} | {:.0f} of {} links to judge | within 2 points in {:.1f} % of {} draws\n",
               twice ? " in two steps" : "", pairs / kDraws, all, 100.0 * within / kDraws, kDraws);
  }
}

int run(const std::filesystem::path& folder, const std::vector<TruthFile>& files) {
  const JobSpec job = read_job(folder / "job.toml", {});
  const JobResult result = read_job_result(folder);
  const Truth truth = read_truth(files, result);
  const LinkResult linked = run_link(job, {}, std::nullopt, {});
  const Judged judged = judge(truth, linked.table, linked.links);
  const double link_bits = job.link_threshold.bits();
  std::vector<Link> found;  // the true ones that are linked
  std::vector<Link> kept;   // the true ones that are kept, as if all were linked
  for (std::size_t i = 0; i < judged.links.size(); ++i) {
    Link link = judged.links[i];
    if (!judged.is_true[i]) continue;
    if (link.weight_bits >= link_bits) found.insert(found.end(), kCopies, link);
    link.weight_bits = std::max(link.weight_bits, link_bits);
    kept.insert(kept.end(), kCopies, link);
  }
  const auto input = [&](std::span<const Link> links) {
    return ExpectedQualityInput{job, linked.table, linked.model, links};
  };
  hold_groups(expected_quality(input(judged.links)), count_groups(input(found)),
              count_groups(input(kept)));
  hold_plan(judged, link_bits);
  return 0;
}

}  // namespace
}  // namespace tessera::bench

int main(int argc, char** argv) {
  try {
    std::vector<tessera::TruthFile> truth;
    for (int i = 2; i < argc; ++i) {
      const std::string word = argv[i];
      const std::size_t equals = word.find('=');
      const bool named = equals != std::string::npos;
      truth.push_back(
          {named ? word.substr(equals + 1) : word, named ? word.substr(0, equals) : ""});
    }
    if (truth.empty()) throw std::invalid_argument("quality_groups FOLDER TRUTH...");
    return tessera::bench::run(argv[1], truth);
  } catch (const std::exception& error) {
    fmt::print(stderr, "quality_groups: {}\n", error.what());
    return 1;
  }
}
