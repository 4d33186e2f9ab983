#include "cli/link_summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/console.hpp"
#include "data/count_text.hpp"
#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "engine/expected_quality.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

std::string source_lines(const RunFacts& facts) {
  std::string text;
  for (const SourceFacts& source : facts.sources) {
    text += fmt::format("  {:<14} {:>12} records", source.name, with_commas(source.rows_kept));
    if (source.rows_rejected > 0) {
      text += fmt::format(", {} rejected", with_commas(source.rows_rejected));
    }
    text += fmt::format("  ({})\n", source.format);
  }
  return text;
}

std::string uncompared_lines(const RunFacts& facts) {
  std::string text;
  for (const NotCompared& lost : facts.not_compared) {
    text += fmt::format("  not compared   {:>12} pairs of rule {}: {}\n", with_commas(lost.pairs),
                        lost.rule, lost.reason);
  }
  if (facts.records_in_no_block > 0) {
    text += fmt::format("  in no block    {:>12} {}\n", with_commas(facts.records_in_no_block),
                        facts.records_in_no_block == 1 ? "record" : "records");
  }
  return text;
}

std::string quality_line(const ResultFacts::Quality& quality) {
  if (quality.links == 0) return {};
  const auto share = [](const ResultFacts::Share& of) {
    return fmt::format("{:.1f} % ({:.1f} to {:.1f})", 100 * of.expected, 100 * of.low,
                       100 * of.high);
  };
  return fmt::format("Expected without labels: precision {}, recall of what was compared {}\n",
                     share(quality.precision), share(quality.recall));
}

}  // namespace

std::uint64_t doubtful_in_one_entity(std::span<const Link> links, const Clusters& clusters,
                                     double link_bits) {
  return static_cast<std::uint64_t>(std::ranges::count_if(links, [&](const Link& link) {
    return link.weight_bits < link_bits && clusters.label[link.left] == clusters.label[link.right];
  }));
}

std::string link_summary(const RunFacts& facts, const std::filesystem::path& folder,
                         std::uint64_t doubtful_settled) {
  std::uint64_t records = 0;
  for (const SourceFacts& source : facts.sources) records += source.rows_kept;
  std::string text = fmt::format("{} from {}\n", counted(records, "record"),
                                 counted(facts.sources.size(), "source"));
  text += source_lines(facts);
  const double share = facts.pairs_possible == 0
                           ? 0.0
                           : 100.0 * static_cast<double>(facts.pairs_compared) /
                                 static_cast<double>(facts.pairs_possible);
  text +=
      fmt::format("{} compared, {:.3g} % of all\n", counted(facts.pairs_compared, "pair"), share);
  text += uncompared_lines(facts);
  text += fmt::format("{}, {} for review\n", counted(facts.links, "link"),
                      counted(facts.review_pairs, "doubtful pair"));
  if (doubtful_settled > 0) {
    text += fmt::format("  {} of the doubtful pairs lie within one entity all the same\n",
                        with_commas(doubtful_settled));
  }
  text += quality_line(facts.result.quality);
  if (const std::string warning = quality_warning(facts.result.quality); !warning.empty()) {
    text += "  But " + warning + '\n';
  }
  text += fmt::format("{}, the largest of {}\n", counted(facts.entities, "entity", "entities"),
                      counted(facts.largest_entity, "record"));
  if (facts.links_cut > 0) {
    text += fmt::format(
        "  {} of the links have their records in two entities: what else is known "
        "speaks against them\n",
        with_commas(facts.links_cut));
  }
  text += fmt::format("{}, {} peak memory, {}\n", duration_text(facts.machine.elapsed_s),
                      size_text(facts.machine.peak_memory_bytes),
                      counted(facts.machine.threads, "thread"));
  text += fmt::format("Files in {}: golden.csv, crosswalk.csv, links.csv, review.csv, …\n",
                      folder.string());
  return text;
}

void write_rejects_alone(const std::filesystem::path& folder, std::span<const Reject> rejects) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault) throw Error(ErrorCode::kResource, folder.string(), fault.message());
  write_rejects(folder / "rejects.csv", rejects);
}

void write_rejects(const std::filesystem::path& path, std::span<const Reject> rejects) {
  CsvWriter csv(path);
  constexpr std::string_view kHeader[] = {"source", "line", "column", "reason"};
  csv.row(kHeader);
  for (const Reject& reject : rejects) {
    csv.field(reject.source);
    csv.field(reject.line);
    csv.field(reject.column);
    csv.field(reject.reason);
    csv.end_row();
  }
  csv.commit();
}

}  // namespace tessera
