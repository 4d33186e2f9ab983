#include "cli/plan_summary.hpp"

#include <fmt/format.h>

#include "cli/console.hpp"
#include "data/count_text.hpp"
#include "registry/records.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

constexpr std::size_t kSamples = 3;

class Summary {
 public:
  Summary(Store& store, const Plan& plan, const GroupPlan& families)
      : store_(store), plan_(plan), families_(families) {}

  std::string text() {
    if (plan_.nothing_to_do) return "Nothing to do: all that was loaded and decided is applied\n";
    line("records", plan_.records,
         fmt::format("{} came, changed or went", with_commas(plan_.pending)));
    line("identities", plan_.identities, "");
    line("  new", plan_.minted, joined_sample());
    line("  changed", plan_.changed, "");
    changes(plan_);
    if (families_.facts.source_groups > 0 || !families_.retired.empty()) families();
    line("for review", plan_.queue_size,
         fmt::format("{} more, {} fewer", with_commas(plan_.queue_added.size()),
                     with_commas(plan_.queue_removed.size())));
    if (!plan_.learned && !plan_.all_because.empty()) {
      out_ += fmt::format("All records are resolved: {}\n", plan_.all_because);
    }
    if (plan_.learned) out_ += "A model is learned from these records and comes into force\n";
    if (plan_.pairs_not_compared > 0) {
      out_ += fmt::format("{} of oversized blocks not compared\n",
                          counted(plan_.pairs_not_compared, "pair"));
    }
    return out_;
  }

 private:
  void line(std::string_view what, std::uint64_t count, const std::string& note) {
    out_ += fmt::format("{:<12} {:>12}{}{}\n", what, with_commas(count), note.empty() ? "" : "  ",
                        note);
  }

  void families() {
    const GroupChanges& facts = families_.facts;
    line("families", facts.groups, fmt::format("{} of sources", with_commas(facts.source_groups)));
    line("  new", facts.minted, new_families_sample());
    line("  changed", facts.changed,
         facts.joined + facts.left == 0
             ? ""
             : fmt::format("joined by {}, left by {}", counted(facts.joined, "person"),
                           counted(facts.left, "person")));
    changes(families_);
    if (facts.unknown > 0) {
      line("  unknown", facts.unknown,
           "members whom no record tells of; they join once a load brings their records");
    }
  }

  // Of persons or families: what became of identifiers.
  template <typename Changes>
  void changes(const Changes& of) {
    line("  merged", of.merged.size(), pairs_sample(of.merged, " into "));
    line("  split", of.split.size(), pairs_sample(of.split, " gives "));
    line("  retired", of.retired.size(), sample(of.retired));
    line("  restored", of.restored.size(), sample(of.restored));
  }

  // A family's number is under 0, and those minted go on downwards.
  std::string identifier(std::int64_t number) {
    if (number > 0 && number >= plan_.first_minted) {
      return fmt::format("new {}", number - plan_.first_minted + 1);
    }
    if (!families_.minted.empty() && number <= families_.minted.front()) {
      return fmt::format("new {}", families_.minted.front() - number + 1);
    }
    Statement find =
        store_.database().prepare(number < 0 ? "SELECT id FROM lasting_group WHERE n = ?"
                                             : "SELECT id FROM entity WHERE n = ?");
    find.bind(0, number);
    return find.step() ? std::string(find.text(0)) : "?";
  }

  std::string new_families_sample() {
    std::string text;
    std::size_t shown = 0;
    Statement find = store_.database().prepare(
        "SELECT s.name, g.id FROM source_group g JOIN source s ON s.n = g.source WHERE g.n = ?");
    for (const auto& [source_group, lasting] : families_.places) {
      if (shown == kSamples || families_.minted.empty()) break;
      if (lasting == 0 || lasting > families_.minted.front()) continue;
      find.bind(0, source_group);
      if (!find.step()) continue;
      text += (shown++ == 0 ? "" : ", ") + std::string(find.text(0)) + ":";
      text += find.text(1);
      find.reset();
    }
    return with_more(text, families_.minted.size());
  }

  std::string joined_sample() {
    std::string text;
    std::size_t shown = 0;
    for (const RecordMove& move : plan_.moves) {
      if (move.to < plan_.first_minted || shown == kSamples) continue;
      text += (shown++ == 0 ? "" : ", ") + record_name(store_, move.row);
    }
    return with_more(text, plan_.minted);
  }

  std::string sample(const std::vector<EntityNumber>& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size() && i < kSamples; ++i) {
      text += (i == 0 ? "" : ", ") + identifier(all[i]);
    }
    return with_more(text, all.size());
  }

  std::string pairs_sample(const std::vector<std::pair<EntityNumber, EntityNumber>>& all,
                           const char* between) {
    std::string text;
    for (std::size_t i = 0; i < all.size() && i < kSamples; ++i) {
      text += (i == 0 ? "" : ", ") + identifier(all[i].first) + between + identifier(all[i].second);
    }
    return with_more(text, all.size());
  }

  static std::string with_more(std::string text, std::uint64_t all) {
    return all > kSamples && !text.empty() ? std::move(text) + ", …" : text;
  }

  Store& store_;
  const Plan& plan_;
  const GroupPlan& families_;
  std::string out_;
};

}  // namespace

std::string plan_summary(Store& store, const Plan& plan, const GroupPlan& families) {
  return Summary(store, plan, families).text();
}

}  // namespace tessera
