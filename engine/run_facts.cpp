#include "engine/run_facts.hpp"

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

Json source_json(const SourceFacts& source) {
  return Json{{"name", source.name},
              {"format", source.format},
              {"duplicate_free", source.duplicate_free},
              {"size_bytes", source.size_bytes},
              {"digest", source.digest},
              {"rows_read", source.rows_read},
              {"rows_kept", source.rows_kept},
              {"rows_rejected", source.rows_rejected}};
}

Json cleaning_json(const CleaningFacts& facts) {
  return Json{{"attribute", facts.attribute},   {"filled", facts.filled},
              {"null_words", facts.null_words}, {"placeholders", facts.placeholders},
              {"impossible", facts.impossible}, {"future", facts.future},
              {"coarse", facts.coarse}};
}

Json rule_json(const RuleFacts& rule) {
  return Json{{"rule", rule.rule},
              {"blocks", rule.blocks},
              {"largest_block", rule.largest_block},
              {"blocks_split", rule.blocks_split},
              {"records_without", rule.records_without},
              {"pairs", rule.pairs}};
}

Json not_compared_json(const NotCompared& lost) {
  return Json{{"reason", lost.reason},
              {"rule", lost.rule},
              {"blocks", lost.blocks},
              {"records", lost.records},
              {"pairs", lost.pairs}};
}

template <typename Item, typename ToJson>
Json list_json(const std::vector<Item>& items, ToJson to_json) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(to_json(item));
  return list;
}

Json counts_json(const RunFacts& facts) {
  std::uint64_t read = 0;
  std::uint64_t kept = 0;
  std::uint64_t rejected = 0;
  for (const SourceFacts& source : facts.sources) {
    read += source.rows_read;
    kept += source.rows_kept;
    rejected += source.rows_rejected;
  }
  return Json{{"rows_read", read},
              {"rows_kept", kept},
              {"rows_rejected", rejected},
              {"records_in_no_block", facts.records_in_no_block},
              {"pairs_possible", facts.pairs_possible},
              {"pairs_compared", facts.pairs_compared},
              {"links", facts.links},
              {"review_pairs", facts.review_pairs},
              {"closure_links", facts.closure_links},
              {"components", facts.components},
              {"components_split", facts.components_split},
              {"twins_apart", facts.twins_apart},
              {"links_cut", facts.links_cut},
              {"entities", facts.entities},
              {"largest_entity", facts.largest_entity}};
}

Json share_json(const ResultFacts::Share& of) {
  return Json{{"expected", of.expected}, {"low", of.low}, {"high", of.high}};
}

Json quality_json(const ResultFacts::Quality& quality) {
  const auto group = [](const ResultFacts::QualityGroup& of) {
    return Json{{"by", of.by},
                {"name", of.name},
                {"links", of.links},
                {"precision", share_json(of.precision)},
                {"recall", share_json(of.recall)}};
  };
  return Json{{"links", quality.links},
              {"expected_links", quality.expected_links},
              {"expected_doubtful", quality.expected_doubtful},
              {"expected_below", quality.expected_below},
              {"below_counted", quality.below_counted},
              {"precision", share_json(quality.precision)},
              {"recall", share_json(quality.recall)},
              {"groups", list_json(quality.groups, group)}};
}

Json result_json(const ResultFacts& result) {
  const auto fill = [](const ResultFacts::Fill& of) {
    return Json{{"attribute", of.attribute}, {"records", of.records}};
  };
  const auto bin = [](const ResultFacts::Bin& of) {
    return Json{{"from_bits", of.from_bits}, {"pairs", of.pairs}};
  };
  const auto size = [](const ResultFacts::Size& of) {
    return Json{{"records", of.records},
                {"entities", of.entities},
                {"weakest_bits", of.weakest_bits},
                {"median_bits", of.median_bits},
                {"unlinked", of.unlinked}};
  };
  const auto source_pair = [](const ResultFacts::SourcePair& of) {
    return Json{{"left", of.left},
                {"right", of.right},
                {"links", of.links},
                {"cut", of.cut},
                {"review", of.review}};
  };
  const auto unlinkable = [](const ResultFacts::Unlinkable& of) {
    return Json{{"source", of.source}, {"records", of.records}, {"looked_at", of.looked_at}};
  };
  return Json{{"quality", quality_json(result.quality)},
              {"completeness", list_json(result.completeness, fill)},
              {"weights", list_json(result.weights, bin)},
              {"sizes", list_json(result.sizes, size)},
              {"source_pairs", list_json(result.source_pairs, source_pair)},
              {"unlinkable", list_json(result.unlinkable, unlinkable)}};
}

Json machine_json(const RunFacts::Machine& machine) {
  return Json{
      {"threads", machine.threads},
      {"memory_limit_bytes", machine.memory_limit_bytes},
      {"spilled_bytes", machine.spilled_bytes},
      {"peak_memory_bytes", machine.peak_memory_bytes},
      {"stages", list_json(machine.stages,
                           [](const StageTime& stage) {
                             return Json{{"stage", stage.stage}, {"elapsed_s", stage.elapsed_s}};
                           })},
      {"elapsed_s", machine.elapsed_s}};
}

}  // namespace

std::string_view link_type_name(LinkType link_type) {
  switch (link_type) {
    case LinkType::kLinkAndDedupe:
      return "link_and_dedupe";
    case LinkType::kLinkOnly:
      return "link_only";
    case LinkType::kDedupeOnly:
      return "dedupe_only";
  }
  return "link_and_dedupe";
}

std::string run_json(const RunFacts& facts) {
  Json run{{"version", facts.version},
           {"job_digest", facts.job_digest},
           {"model_digest", facts.model_digest},
           {"seed", facts.seed},
           {"link_type", link_type_name(facts.link_type)},
           {"link_threshold_bits", facts.link_threshold_bits},
           {"review_threshold_bits", facts.review_threshold_bits},
           {"sources", list_json(facts.sources, source_json)},
           {"cleaning", list_json(facts.cleaning, cleaning_json)},
           {"counts", counts_json(facts)},
           {"rules", list_json(facts.rules, rule_json)},
           {"not_compared", list_json(facts.not_compared, not_compared_json)},
           {"result", result_json(facts.result)},
           {"warnings", facts.warnings},
           {"machine", machine_json(facts.machine)}};
  if (facts.index_looked_up) {
    run["index"] = Json{{"records_looked_up", *facts.index_looked_up},
                        {"searches_cut_short", facts.index_not_complete}};
  }
  // Text from outside (names of sources and attributes) might not be UTF-8 in a caller's hands:
  // never throw for it.
  return run.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
