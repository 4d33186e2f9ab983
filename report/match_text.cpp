#include "report/match_text.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/count_text.hpp"
#include "data/csv_writer.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostCharacters = 40;

std::string grade_of(const MatchContext& context, const MatchCandidate& candidate) {
  return std::string(match_grade_name(match_grade(context.known.job, candidate.weight_bits)));
}

Json levels_of(const Model& model, Pattern pattern) {
  Json levels = Json::object();
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const unsigned level = level_of(pattern, c);
    levels[model.comparisons[c].name] =
        level == kNullLevel ? "null" : model.comparisons[c].levels[level - 1].text;
  }
  return levels;
}

}  // namespace

std::string match_text(const MatchContext& context, const MatchResult& result) {
  const KnownRecords& known = context.known;
  const std::size_t attributes = context.known.job.attributes.size();
  std::vector<Align> columns = {Align::kLeft, Align::kRight, Align::kRight, Align::kLeft,
                                Align::kLeft};
  if (context.show_values) columns.resize(columns.size() + attributes, Align::kLeft);
  TextTable lines(columns);
  std::vector<std::string> header = {"grade", "weight", "probability", "record", "entity"};
  for (std::size_t a = 0; context.show_values && a < attributes; ++a) {
    header.push_back(known.columns[a].name);
  }
  lines.add(header);
  for (const MatchCandidate& candidate : result.candidates) {
    std::vector<std::string> cells = {
        grade_of(context, candidate), fmt::format("{:.2f}", candidate.weight_bits),
        fmt::format("{:.4f}", probability_from_bits(candidate.weight_bits)),
        printable(known.record_name(candidate.row), kMostCharacters),
        std::string(known.entity_of(candidate.row))};
    for (std::size_t a = 0; context.show_values && a < attributes; ++a) {
      cells.push_back(printable(known.columns[a].raw_text(candidate.row), kMostCharacters));
    }
    lines.add(std::move(cells));
  }
  std::string text = result.candidates.empty() ? "No candidate.\n" : lines.text(0);
  text += fmt::format("{} weighed; the search ended with {}{}\n", counted(result.weighed, "record"),
                      match_phase_name(result.phase),
                      result.complete ? "" : " at its limit: others may be as much alike");
  return text;
}

std::string match_csv_header() {
  return "query,rank,grade,match_weight,match_probability,source,record_id,entity_id,phase\n";
}

std::string match_csv(const MatchContext& context, std::string_view query_id,
                      const MatchResult& result) {
  const KnownRecords& known = context.known;
  std::string text;
  const auto line = [&](std::size_t rank, std::string_view grade, std::string_view numbers,
                        std::string_view source, std::string_view id, std::string_view entity) {
    append_csv_field(text, query_id);
    text += fmt::format(",{},{},{},", rank, grade, numbers);
    append_csv_field(text, source);
    text += ',';
    append_csv_field(text, id);
    text += ',';
    append_csv_field(text, entity);
    text += fmt::format(",{}\n", match_phase_name(result.phase));
  };
  if (result.candidates.empty()) {
    line(0, match_grade_name(MatchGrade::kCertainlyNot), ",", "", "", "");
  }
  for (std::size_t i = 0; i < result.candidates.size(); ++i) {
    const MatchCandidate& candidate = result.candidates[i];
    line(i + 1, grade_of(context, candidate),
         fmt::format("{:.6f},{:.6f}", candidate.weight_bits,
                     probability_from_bits(candidate.weight_bits)),
         known.source_name(candidate.row), known.record_ids[candidate.row],
         known.entity_of(candidate.row));
  }
  return text;
}

std::string match_ndjson(const MatchContext& context, std::string_view query_id,
                         const MatchResult& result) {
  const KnownRecords& known = context.known;
  Json out{{"query", query_id},
           {"phase", match_phase_name(result.phase)},
           {"weighed", result.weighed},
           {"complete", result.complete},
           {"candidates", Json::array()}};
  for (const MatchCandidate& candidate : result.candidates) {
    Json of{{"grade", grade_of(context, candidate)},
            {"match_weight", candidate.weight_bits},
            {"match_probability", probability_from_bits(candidate.weight_bits)},
            {"source", known.source_name(candidate.row)},
            {"record_id", known.record_ids[candidate.row]},
            {"entity_id", known.entity_of(candidate.row)},
            {"levels", levels_of(context.known.model, candidate.pattern)}};
    for (std::size_t a = 0; context.show_values && a < context.known.job.attributes.size(); ++a) {
      of["values"][known.columns[a].name] = known.columns[a].raw_text(candidate.row);
    }
    out["candidates"].push_back(std::move(of));
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
