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
  Summary(Store& store, const Plan& plan) : store_(store), plan_(plan) {}

  std::string text() {
    if (plan_.nothing_to_do) return "Nothing to do: all that was loaded and decided is applied\n";
    line("records", plan_.records,
         fmt::format("{} came, changed or went", with_commas(plan_.pending)));
    line("identities", plan_.identities, "");
    line("  new", plan_.minted, joined_sample());
    line("  changed", plan_.changed, "");
    line("  merged", plan_.merged.size(), pairs_sample(plan_.merged, " into "));
    line("  split", plan_.split.size(), pairs_sample(plan_.split, " gives "));
    line("  retired", plan_.retired.size(), sample(plan_.retired));
    line("  restored", plan_.restored.size(), sample(plan_.restored));
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

  std::string identifier(EntityNumber entity) {
    if (entity >= plan_.first_minted) {
      return fmt::format("new {}", entity - plan_.first_minted + 1);
    }
    Statement find = store_.database().prepare("SELECT id FROM entity WHERE n = ?");
    find.bind(0, entity);
    return find.step() ? std::string(find.text(0)) : "?";
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
  std::string out_;
};

}  // namespace

std::string plan_summary(Store& store, const Plan& plan) {
  return Summary(store, plan).text();
}

std::string families_summary(const GroupChanges& families) {
  if (families.source_groups == 0 && families.events == 0) return {};
  std::string text = fmt::format("{:<12} {:>12}  {} of sources", "families",
                                 with_commas(families.groups), with_commas(families.source_groups));
  const std::pair<std::uint64_t, const char*> changes[] = {
      {families.minted, "new"},           {families.merged, "merged"},
      {families.split, "split"},          {families.retired, "retired"},
      {families.restored, "restored"},    {families.joined, "joined by a person"},
      {families.left, "left by a person"}};
  for (const auto& [count, what] : changes) {
    if (count > 0) text += fmt::format(", {} {}", with_commas(count), what);
  }
  return text + "\n";
}

}  // namespace tessera
