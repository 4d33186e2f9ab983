#include "report/explanation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data/count_text.hpp"
#include "report/text_table.hpp"
#include "scoring/pattern.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBarHalf = 10;  // columns on either side of a bar's middle
constexpr std::size_t kNameColumns = 28;
constexpr std::size_t kValueColumns = 36;
constexpr std::size_t kMostRules = 5;

std::string safe(const std::string& text, std::size_t most = kNameColumns) {
  return printable(text, most);
}

std::string record(const RecordName& name) {
  return safe(name.source, 40) + ":" + safe(name.id, 60);
}

// `+3.20`; `0.00` has no sign.
std::string signed_bits(double bits) {
  const std::string text = fmt::format("{:+.2f}", bits);
  return text == "-0.00" || text == "+0.00" ? "0.00" : text;
}

std::string plain_bits(double bits) {
  const std::string text = fmt::format("{:.2f}", bits);
  return text == "-0.00" ? "0.00" : text;
}

std::string probability_text(double p) {
  return p < 0.0001 ? fmt::format("{:.1e}", p) : fmt::format("{:.4f}", p);
}

const char* verdict_words(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLink:
      return "a link";
    case Verdict::kReview:
      return "doubtful, for review";
    case Verdict::kNoLink:
      return "no link";
  }
  return "";
}

class Page {
 public:
  Page(const Explanation& explanation, const ExplanationTextOptions& options)
      : of_(explanation), options_(options) {}

  std::string text() {
    head();
    waterfall();
    alternatives();
    values();
    found();
    cluster();
    flips();
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  void head() {
    line("{} and {}", record(of_.left), record(of_.right));
    line("{}: one person with a probability of {} ({} bits; a link from {}, review from {})",
         verdict_words(of_.verdict), probability_text(of_.probability), plain_bits(of_.weight_bits),
         plain_bits(of_.link_threshold_bits), plain_bits(of_.review_threshold_bits));
    if (!of_.may_not_be_linked.empty()) {
      line("The job never links them: {}.", safe(of_.may_not_be_linked, 200));
    }
    if (of_.decided_weight_bits &&
        std::abs(*of_.decided_weight_bits - of_.weight_bits) > kSixDecimals) {
      line("The result has them with {} bits: something has changed since.",
           plain_bits(*of_.decided_weight_bits));
    }
  }

  // `----|` or `    |++`, green or red where colours are wanted.
  std::string bar(double bits, double most) const {
    const double share = most > 0 ? std::abs(bits) / most : 0.0;
    const auto length = static_cast<std::size_t>(std::lround(share * kBarHalf));
    const std::string ink(length, bits < 0 ? '-' : '+');
    const std::string blank(kBarHalf - length, ' ');
    const auto inked = [&] {
      if (!options_.colour || length == 0) return ink;
      return (bits < 0 ? "\033[31m" : "\033[32m") + ink + "\033[0m";
    };
    return bits < 0 ? blank + inked() + "|" : std::string(kBarHalf, ' ') + "|" + inked();
  }

  double greatest_bits() const {
    double most = std::max(std::abs(of_.alternatives[0].prior_bits),
                           std::abs(of_.alternatives[0].weight_bits));
    for (const ExplainedComparison& comparison : of_.comparisons) {
      most = std::max(most, std::abs(comparison.bits[0]));
    }
    return std::max({most, std::abs(of_.relations_bits), std::abs(of_.weight_bits)});
  }

  // The likeliest alternative, if that is a relation and not strangers.
  std::size_t nearest() const {
    const auto found = std::ranges::max_element(of_.alternatives, {}, &ExplainedAlternative::share);
    return static_cast<std::size_t>(found - of_.alternatives.begin());
  }

  void waterfall() {
    using enum Align;
    const std::size_t other = nearest();
    TextTable table({kLeft, kLeft, kRight, kRight, kRight, kRight, kRight, kLeft});
    table.add({"evidence", "level", "m", "u", "bits", "of it tf",
               other == 0 ? "" : "if " + safe(of_.alternatives[other].name), ""});
    const double most = greatest_bits();
    const auto against = [&](double bits) { return other == 0 ? "" : signed_bits(bits); };
    const double odds = of_.prior > 0 ? 1 / of_.prior : 0.0;
    table.add({"prior", fmt::format("1 in {:.0f}", odds), "", "",
               signed_bits(of_.alternatives[0].prior_bits), "",
               against(of_.alternatives[other].prior_bits),
               bar(of_.alternatives[0].prior_bits, most)});
    bool guessed = false;
    for (const ExplainedComparison& c : of_.comparisons) {
      const bool null = c.level == kNullLevelText;
      guessed = guessed || !c.m_trained;
      table.add({safe(c.name), safe(c.level) + (c.m_trained ? "" : " *"),
                 null ? "" : fmt::format("{:.4g}", c.m), null ? "" : fmt::format("{:.4g}", c.u),
                 signed_bits(c.bits[0]), c.frequency ? signed_bits(c.tf_bits) : "",
                 against(c.bits[other]), bar(c.bits[0], most)});
    }
    const auto sum = [&](const char* name, double bits, double other_bits, bool with_other) {
      table.add({name, "", "", "", signed_bits(bits), "", with_other ? against(other_bits) : "",
                 bar(bits, most)});
    };
    if (of_.alternatives.size() > 1) {
      sum("against strangers", of_.alternatives[0].weight_bits, of_.alternatives[other].weight_bits,
          true);
      sum("against relations", of_.relations_bits, 0.0, false);
    }
    sum("weight", of_.weight_bits, 0.0, false);
    text_ += "\n" + table.text();
    if (guessed) line("  * no pair in training showed this level: its m is a guess");
  }

  void alternatives() {
    if (of_.alternatives.size() == 1) return;
    std::vector<ExplainedAlternative> sorted = of_.alternatives;
    std::ranges::stable_sort(sorted, std::ranges::greater(), &ExplainedAlternative::share);
    std::string list;
    for (const ExplainedAlternative& of : sorted) {
      if (of.share < 0.005) continue;
      list += fmt::format("{}{} {:.0f} %", list.empty() ? "" : ", ", safe(of.name), of.share * 100);
    }
    line("  If they are two persons, they are: {}.", list);
  }

  std::string value(const ExplainedValue& of) const {
    if (!of.present) {
      return of.as_written.empty() || !options_.show_values
                 ? "(none)"
                 : safe(of.as_written, kValueColumns) + " (unusable)";
    }
    return safe(of.as_written.empty() ? of.as_compared : of.as_written, kValueColumns);
  }

  void values() {
    if (!options_.show_values) {
      line("  Values are hidden: --show-values shows them.");
      return;
    }
    using enum Align;
    TextTable table({kLeft, kLeft, kLeft});
    table.add({"value of", record(of_.left), record(of_.right)});
    for (const ExplainedComparison& comparison : of_.comparisons) {
      table.add({safe(comparison.attribute), value(comparison.left), value(comparison.right)});
    }
    text_ += "\n" + table.text();
  }

  static const char* state_words(KeyState state) {
    switch (state) {
      case KeyState::kAgree:
        return "agrees";
      case KeyState::kDiffer:
        return "differs";
      case KeyState::kMissingLeft:
        return "left has none";
      case KeyState::kMissingRight:
        return "right has none";
      case KeyState::kMissingBoth:
        return "both have none";
    }
    return "";
  }

  void found() {
    const ExplainedBlocking& blocking = of_.blocking;
    text_ += "\n";
    std::string more;
    for (const ExplainedRule& rule : blocking.rules) {
      if (rule.shares_block && rule.rule != blocking.found_by) more += "; " + rule.rule;
    }
    if (!blocking.found_by.empty() && blocking.found_by != "common_neighbours") {
      line("Found by the rule {}{}.", blocking.found_by,
           more.empty() ? "" : ", and by" + more.substr(1));
      return;
    }
    line("No rule brings them together{}.",
         blocking.found_by.empty()
             ? ""
             : "; they were compared because each is linked to a third record");
    near_misses();
    if (blocking.would_find.empty()) {
      if (blocking.found_by.empty()) {
        line("Nor would any single key: they agree on none that tells records apart.");
      }
      return;
    }
    line("These keys would, alone or with one that holds for both:");
    TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
    for (const AgreeingKey& key : blocking.would_find) {
      table.add({key.key, with_commas(key.records), "records have that key"});
    }
    text_ += table.text();
  }

  // The rules that fail by the fewest keys.
  void near_misses() {
    std::vector<const ExplainedRule*> rules;
    for (const ExplainedRule& rule : of_.blocking.rules) rules.push_back(&rule);
    const auto failing = [](const ExplainedRule* rule) {
      return std::ranges::count_if(
          rule->keys, [](const ExplainedKey& key) { return key.state != KeyState::kAgree; });
    };
    std::ranges::stable_sort(rules, {}, failing);
    if (rules.size() > kMostRules) rules.resize(kMostRules);
    TextTable table({Align::kLeft, Align::kLeft});
    for (const ExplainedRule* rule : rules) {
      std::string why;
      for (const ExplainedKey& key : rule->keys) {
        if (key.state == KeyState::kAgree) continue;
        why += (why.empty() ? "" : ", ") + key.key + " " + state_words(key.state);
      }
      if (rule->agrees) why = "agrees, but its block was too large and was split between them";
      table.add({rule->rule, why});
    }
    text_ += table.text();
  }

  std::string chain_text() const {
    const std::vector<ExplainedLink>& chain = of_.cluster.chain;
    std::string text = record(chain.front().left);
    for (const ExplainedLink& link : chain) {
      text += fmt::format(" -[{}]- {}", plain_bits(link.weight_bits), record(link.right));
    }
    return text;
  }

  void cluster() {
    const ExplainedCluster& cluster = of_.cluster;
    switch (cluster.outcome) {
      case Outcome::kUndecided:
        line("The result has no entity for {}: it is not in crosswalk.csv.",
             cluster.left_records == 0 ? record(of_.left) : record(of_.right));
        return;
      case Outcome::kSameEntity:
        line("Both are in one entity of {}, {}.", counted(cluster.left_records, "record"),
             cluster.chain.size() == 1
                 ? std::string("joined by their own link")
                 : "joined through others: " + (cluster.chain.empty() ? "unknown" : chain_text()));
        return;
      case Outcome::kApart:
        line("They are in two entities, of {} and {}; no chain of links connects them.",
             counted(cluster.left_records, "record"), counted(cluster.right_records, "record"));
        return;
      case Outcome::kCut:
        line("They are in two entities, of {} and {}, though links connect them: {}.",
             counted(cluster.left_records, "record"), counted(cluster.right_records, "record"),
             chain_text());
        for (const ExplainedCut& cut : cluster.cuts) cut_lines(cut);
    }
  }

  void cut_lines(const ExplainedCut& cut) {
    line("  Cut between {} and {}, in groups of {} and {}:", record(cut.link.left),
         record(cut.link.right), counted(cut.left_records, "record"),
         counted(cut.right_records, "record"));
    switch (cut.reason) {
      case CutReason::kDuplicateFree:
        line("  {} holds each person once, and each group has a record of it: {} and {}.",
             safe(cut.source), record(cut.conflict->first), record(cut.conflict->second));
        return;
      case CutReason::kCannotLink:
        line("  a decision says that {} and {} are two persons.", record(cut.conflict->first),
             record(cut.conflict->second));
        return;
      case CutReason::kTwins:
        line("  {} and {} are taken for twins: their given names or birth orders differ.",
             record(cut.conflict->first), record(cut.conflict->second));
        return;
      case CutReason::kEvidence:
        line(
            "  over all pairs across them the mean is {} bits and the best link {}; halfway, {}, "
            "is under {}.",
            plain_bits(cut.mean_bits), plain_bits(cut.best_bits),
            plain_bits((cut.mean_bits + cut.best_bits) / 2), plain_bits(of_.link_threshold_bits));
        return;
      case CutReason::kUnknown:
        line(
            "  the pairs across them would not part them now: the groups were parted while a "
            "larger one was taken apart, or the input has changed since.");
    }
  }

  void flips() {
    if (of_.flips.empty()) {
      line("No change of one or two comparisons would change the verdict.");
    }
    for (const ExplainedFlip& flip : of_.flips) {
      std::string changes;
      for (const LevelChange& change : flip.changes) {
        changes += fmt::format("{}{} at `{}` instead of `{}`", changes.empty() ? "" : " and ",
                               safe(change.comparison), safe(change.to), safe(change.from));
      }
      line("Smallest change to be {}: {}, which makes {} bits.", verdict_words(flip.verdict),
           changes, plain_bits(flip.weight_bits));
    }
  }

  static constexpr double kSixDecimals = 1e-6;  // a result's weights are rounded to these

  const Explanation& of_;
  const ExplanationTextOptions& options_;
  std::string text_;
};

}  // namespace

std::string explanation_text(const Explanation& explanation,
                             const ExplanationTextOptions& options) {
  return Page(explanation, options).text();
}

}  // namespace tessera
