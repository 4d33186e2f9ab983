#include "report/evaluation_text.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "data/count_text.hpp"
#include "data/csv_writer.hpp"    // append_csv_field
#include "engine/write_rows.hpp"  // append_six_decimals

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

std::string share(std::optional<double> value) {
  return value ? fmt::format("{:.4f}", *value) : "-";
}

Json json_of(std::optional<double> value) {
  return value ? Json(*value) : Json(nullptr);
}

// ---- the table

constexpr const char* kScoreHeader =
    "                              precision  recall      F1   true positives        found       "
    "actual\n";

std::string score_line(const std::string& name, const PairScore& score) {
  return fmt::format("{:<30}{:>9}{:>8}{:>8}{:>17}{:>13}{:>13}\n", name, share(score.precision()),
                     share(score.recall()), share(score.f1()), score.true_positives, score.found,
                     score.actual);
}

std::string truth_lines(const Evaluation& evaluation) {
  std::string text = fmt::format(
      "Truth      {}: {}; {} of {} judged, {}, {} found\n", counted(evaluation.truth_rows, "row"),
      evaluation.truth_of_pairs ? "pairs" : "entities", evaluation.records_judged,
      counted(evaluation.records, "record"),
      counted(evaluation.true_entities, "true entity", "true entities"), evaluation.entities);
  const auto tell = [&](std::uint64_t count, const char* what) {
    if (count != 0) text += fmt::format("           {} {}\n", count, what);
  };
  tell(evaluation.truth_bad_rows, "rows could not be read");
  tell(evaluation.truth_unknown_records,
       "record ids are not in crosswalk.csv: not counted as missed");
  tell(evaluation.truth_ambiguous_records,
       "record ids stand in several sources: add a column source to the truth");
  tell(evaluation.truth_repeated_rows, "rows say again what another said");
  tell(evaluation.truth_contradicting_rows,
       "rows give another entity to a record: the first counts");
  text += fmt::format("Scope      {}", scope_name(evaluation.scope));
  if (evaluation.truth_of_pairs) {
    text += "; the pairs listed are the true ones, and their connected components for B-cubed";
  }
  text += "\n";
  tell(evaluation.pairs_not_judged, "scored pairs lie outside it or have a record not judged");
  return text;
}

std::string pair_lines(const Evaluation& evaluation) {
  std::string text = "\nPairs by threshold (match weight in bits)\n";
  text += kScoreHeader;
  for (const ThresholdScore& point : evaluation.sweep) {
    text += score_line(fmt::format("  {:>6.0f}", point.threshold_bits), point.score);
  }
  text += score_line(
      fmt::format("  {:>6.2f}  link threshold", evaluation.at_link_threshold.threshold_bits),
      evaluation.at_link_threshold.score);
  if (evaluation.best) {
    text += score_line(fmt::format("  {:>6.2f}  best F1", evaluation.best->threshold_bits),
                       evaluation.best->score);
  }
  text += fmt::format(
      "  Pairs under the review threshold ({:.2f} bits) are not kept by a job: the "
      "sweep ends there.\n",
      evaluation.review_threshold_bits);
  return text;
}

std::string cluster_lines(const Evaluation& evaluation) {
  std::string text = "\nClusters\n";
  text += kScoreHeader;
  text += score_line("  pairs in one entity", evaluation.clusters);
  const BCubedScore& b_cubed = evaluation.b_cubed;
  text += fmt::format("{:<30}{:>9.4f}{:>8.4f}{:>8.4f}   over {} records\n", "  B-cubed",
                      b_cubed.precision, b_cubed.recall, b_cubed.f1(), b_cubed.records);
  return text;
}

std::string blocking_lines(const Evaluation& evaluation) {
  const BlockingScore& blocking = evaluation.blocking;
  std::string text = "\nBlocking\n";
  if (blocking.in_blocks) {
    text +=
        fmt::format("  pairs completeness          {:>8}   {} of {} true pairs share a block\n",
                    share(blocking.pairs_completeness()), *blocking.in_blocks, blocking.true_pairs);
  } else {
    text += fmt::format(
        "  pairs completeness at least {:>8}   {} of {} true pairs are links or clerical pairs\n",
        share(blocking.true_pairs == 0 ? std::nullopt
                                       : std::optional(static_cast<double>(blocking.at_least) /
                                                       static_cast<double>(blocking.true_pairs))),
        blocking.at_least, blocking.true_pairs);
  }
  text += fmt::format(
      "  reduction ratio             {:>8}   {} of {} possible pairs compared\n",
      blocking.reduction_ratio() ? fmt::format("{:.6f}", *blocking.reduction_ratio()) : "-",
      blocking.pairs_compared, blocking.pairs_possible);
  return text;
}

std::string source_lines(const Evaluation& evaluation) {
  if (evaluation.by_source.empty()) return "";
  std::string text = "\nBy source, at the link threshold\n";
  text += kScoreHeader;
  for (const SourcePairScore& score : evaluation.by_source) {
    text += score_line("  " + score.left + " - " + score.right + ", pairs", score.pairs);
    text += score_line("  " + score.left + " - " + score.right + ", clusters", score.clusters);
  }
  return text;
}

// ---- rows for CSV and NDJSON

struct MeasureRow {
  std::string measure;
  std::string left;
  std::string right;
  std::optional<double> threshold_bits;
  std::optional<PairScore> counts;
  std::optional<double> precision;
  std::optional<double> recall;
  std::optional<double> f1;
};

MeasureRow row_of(const char* measure, std::optional<double> threshold_bits,
                  const PairScore& score) {
  return {measure, "", "", threshold_bits, score, score.precision(), score.recall(), score.f1()};
}

std::vector<MeasureRow> rows_of(const Evaluation& evaluation) {
  std::vector<MeasureRow> rows;
  for (const ThresholdScore& point : evaluation.sweep) {
    rows.push_back(row_of("pairs", point.threshold_bits, point.score));
  }
  const ThresholdScore& link = evaluation.at_link_threshold;
  rows.push_back(row_of("pairs_at_link_threshold", link.threshold_bits, link.score));
  if (evaluation.best) {
    rows.push_back(row_of("pairs_best", evaluation.best->threshold_bits, evaluation.best->score));
  }
  rows.push_back(row_of("clusters", std::nullopt, evaluation.clusters));
  const BCubedScore& b_cubed = evaluation.b_cubed;
  rows.push_back({"b_cubed", "", "", std::nullopt, std::nullopt, b_cubed.precision, b_cubed.recall,
                  b_cubed.f1()});
  rows.push_back({"blocking", "", "", std::nullopt, std::nullopt, std::nullopt,
                  evaluation.blocking.pairs_completeness(), std::nullopt});
  for (const SourcePairScore& score : evaluation.by_source) {
    for (const bool of_clusters : {false, true}) {
      MeasureRow row = of_clusters
                           ? row_of("clusters", std::nullopt, score.clusters)
                           : row_of("pairs_at_link_threshold", link.threshold_bits, score.pairs);
      row.left = score.left;
      row.right = score.right;
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

// ---- JSON

Json score_json(const PairScore& score) {
  return Json{{"precision", json_of(score.precision())},
              {"recall", json_of(score.recall())},
              {"f1", json_of(score.f1())},
              {"true_positives", score.true_positives},
              {"found", score.found},
              {"actual", score.actual}};
}

Json threshold_json(const ThresholdScore& point) {
  Json json{{"threshold_bits", point.threshold_bits}};
  json.update(score_json(point.score));
  return json;
}

Json pairs_json(const Evaluation& evaluation) {
  Json sweep = Json::array();
  for (const ThresholdScore& point : evaluation.sweep) sweep.push_back(threshold_json(point));
  return Json{{"at_link_threshold", threshold_json(evaluation.at_link_threshold)},
              {"best", evaluation.best ? threshold_json(*evaluation.best) : Json(nullptr)},
              {"review_threshold_bits", evaluation.review_threshold_bits},
              {"not_judged", evaluation.pairs_not_judged},
              {"sweep", std::move(sweep)}};
}

Json truth_json(const Evaluation& evaluation) {
  return Json{{"form", evaluation.truth_of_pairs ? "pairs" : "entities"},
              {"rows", evaluation.truth_rows},
              {"bad_rows", evaluation.truth_bad_rows},
              {"unknown_records", evaluation.truth_unknown_records},
              {"ambiguous_records", evaluation.truth_ambiguous_records},
              {"repeated_rows", evaluation.truth_repeated_rows},
              {"contradicting_rows", evaluation.truth_contradicting_rows},
              {"records", evaluation.records},
              {"records_judged", evaluation.records_judged},
              {"entities", evaluation.true_entities}};
}

Json blocking_json(const BlockingScore& blocking) {
  return Json{
      {"true_pairs", blocking.true_pairs},
      {"true_pairs_scored", blocking.at_least},
      {"true_pairs_in_blocks", blocking.in_blocks ? Json(*blocking.in_blocks) : Json(nullptr)},
      {"pairs_completeness", json_of(blocking.pairs_completeness())},
      {"pairs_compared", blocking.pairs_compared},
      {"pairs_possible", blocking.pairs_possible},
      {"reduction_ratio", json_of(blocking.reduction_ratio())}};
}

Json source_json(const Evaluation& evaluation) {
  Json list = Json::array();
  for (const SourcePairScore& score : evaluation.by_source) {
    list.push_back(Json{{"source_l", score.left},
                        {"source_r", score.right},
                        {"pairs", score_json(score.pairs)},
                        {"clusters", score_json(score.clusters)}});
  }
  return list;
}

std::string dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string evaluation_table(const Evaluation& evaluation) {
  return truth_lines(evaluation) + pair_lines(evaluation) + cluster_lines(evaluation) +
         blocking_lines(evaluation) + source_lines(evaluation);
}

std::string evaluation_json(const Evaluation& evaluation) {
  const BCubedScore& b_cubed = evaluation.b_cubed;
  Json json{{"scope", scope_name(evaluation.scope)},
            {"truth", truth_json(evaluation)},
            {"pairs", pairs_json(evaluation)},
            {"clusters", score_json(evaluation.clusters)},
            {"b_cubed",
             {{"precision", b_cubed.precision},
              {"recall", b_cubed.recall},
              {"f1", b_cubed.f1()},
              {"records", b_cubed.records}}},
            {"entities", evaluation.entities},
            {"blocking", blocking_json(evaluation.blocking)}};
  if (!evaluation.by_source.empty()) json["by_source"] = source_json(evaluation);
  return dump(json, 2);
}

std::string evaluation_csv(const Evaluation& evaluation) {
  std::string text =
      "measure,scope,source_l,source_r,threshold_bits,true_positives,found,actual,precision,recall,"
      "f1\n";
  const auto number = [&](std::optional<double> value) {
    text += ',';
    if (value) append_six_decimals(text, *value);
  };
  for (const MeasureRow& row : rows_of(evaluation)) {
    text += row.measure + "," + scope_name(evaluation.scope) + ",";
    append_csv_field(text, row.left);
    text += ',';
    append_csv_field(text, row.right);
    number(row.threshold_bits);
    text += row.counts ? fmt::format(",{},{},{}", row.counts->true_positives, row.counts->found,
                                     row.counts->actual)
                       : ",,,";
    number(row.precision);
    number(row.recall);
    number(row.f1);
    text += '\n';
  }
  return text;
}

std::string evaluation_ndjson(const Evaluation& evaluation) {
  std::string text;
  for (const MeasureRow& row : rows_of(evaluation)) {
    const auto count = [&](std::uint64_t PairScore::*member) {
      return row.counts ? Json((*row.counts).*member) : Json(nullptr);
    };
    const auto name = [](const std::string& source) {
      return source.empty() ? Json(nullptr) : Json(source);
    };
    text += dump(Json{{"measure", row.measure},
                      {"scope", scope_name(evaluation.scope)},
                      {"source_l", name(row.left)},
                      {"source_r", name(row.right)},
                      {"threshold_bits", json_of(row.threshold_bits)},
                      {"true_positives", count(&PairScore::true_positives)},
                      {"found", count(&PairScore::found)},
                      {"actual", count(&PairScore::actual)},
                      {"precision", json_of(row.precision)},
                      {"recall", json_of(row.recall)},
                      {"f1", json_of(row.f1)}},
                 -1);
  }
  return text;
}

}  // namespace tessera
