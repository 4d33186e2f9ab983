#include "engine/write_outputs.hpp"

#include <array>
#include <charconv>

#include "data/check.hpp"
#include "data/csv_writer.hpp"  // append_csv_field
#include "engine/output_folder.hpp"
#include "engine/write_rows.hpp"
#include "scoring/model.hpp"  // probability_from_bits

namespace tessera {
namespace {

constexpr std::string_view kClosureName = "common_neighbours";
constexpr std::string_view kNullName = "null";

/// The order of moving into place: run.json says that the others are there.
constexpr std::array<std::string_view, 9> kFiles{
    "crosswalk.csv", "golden.csv", "golden_provenance.csv",
    "links.csv",     "review.csv", "model.json",
    "rejects.csv",   "job.toml",   "run.json"};

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end.ptr);
}

/// `,source,record_id` without the first comma.
void append_record(std::string& out, const Table& table, Row row) {
  append_csv_field(out, table.sources[static_cast<std::size_t>(table.row_source[row])].name);
  out.push_back(',');
  append_csv_field(out, table.record_ids[row]);
}

void write_crosswalk(StagedFile& file, const JobOutput& output) {
  const Table& table = output.table;
  write_rows(file, "entity_id,source,record_id", table.size(),
             [&](std::string& out, std::size_t begin, std::size_t end) {
               for (std::size_t i = begin; i < end; ++i) {
                 const Row row = static_cast<Row>(i);
                 out.append(entity_id(table, output.clusters.label[row]));
                 out.push_back(',');
                 append_record(out, table, row);
                 out.push_back('\n');
               }
             });
}

void write_golden(StagedFile& file, const JobOutput& output) {
  const Table& table = output.table;
  const std::size_t attributes = output.job.attributes.size();
  std::string header = "entity_id,records,sources";
  for (const AttributeSpec& attribute : output.job.attributes) {
    header.push_back(',');
    append_csv_field(header, attribute.name);
  }
  const auto format = [&](std::string& out, std::size_t begin, std::size_t end) {
    for (std::size_t entity = begin; entity < end; ++entity) {
      const GoldenRecord& record = output.golden.entities[entity];
      out.append(entity_id(table, record.label));
      out.push_back(',');
      append_number(out, record.records);
      out.push_back(',');
      append_number(out, record.sources);
      for (std::size_t a = 0; a < attributes; ++a) {
        const GoldenValue& value = output.golden.values[entity * attributes + a];
        const Column& column = table.columns[a];
        out.push_back(',');
        if (value.present) append_csv_field(out, column.raw_values[column.raw_codes[value.row]]);
      }
      out.push_back('\n');
    }
  };
  write_rows(file, header, output.golden.entities.size(), format);
}

void write_provenance(StagedFile& file, const JobOutput& output) {
  const std::size_t attributes = output.job.attributes.size();
  const auto format = [&](std::string& out, std::size_t begin, std::size_t end) {
    for (std::size_t entity = begin; entity < end; ++entity) {
      const std::string id = entity_id(output.table, output.golden.entities[entity].label);
      for (std::size_t a = 0; a < attributes; ++a) {
        const GoldenValue& value = output.golden.values[entity * attributes + a];
        if (!value.present) continue;
        out.append(id);
        out.push_back(',');
        append_csv_field(out, output.job.attributes[a].name);
        out.push_back(',');
        append_record(out, output.table, value.row);
        out.push_back(',');
        out.append(survivorship_name(value.rule));
        out.push_back('\n');
      }
    }
  };
  write_rows(file, "entity_id,attribute,source,record_id,rule", output.golden.entities.size(),
             format);
}

/// The texts of the levels of each comparison as CSV fields, a comma before each; level 0 is null.
std::vector<std::vector<std::string>> level_fields(const JobSpec& job) {
  std::vector<std::vector<std::string>> fields;
  for (const ComparisonSpec& comparison : job.comparisons) {
    std::vector<std::string>& of_comparison = fields.emplace_back();
    of_comparison.emplace_back(",").append(kNullName);
    for (const LevelSpec& level : comparison.levels) {
      append_csv_field(of_comparison.emplace_back(","), level.text);
    }
  }
  return fields;
}

/// links.csv or review.csv: the pairs with first_bits <= weight and not `above` the link threshold.
void write_pairs(StagedFile& file, const JobOutput& output, bool of_review) {
  const JobSpec& job = output.job;
  const Table& table = output.table;
  const double link_bits = job.link_threshold.bits();
  const auto levels = level_fields(job);
  std::vector<std::string> rules;
  for (const BlockingRule& rule : job.rules) append_csv_field(rules.emplace_back(), rule.text);
  std::string header =
      "source_l,record_id_l,source_r,record_id_r,match_weight,match_probability,rule";
  for (const ComparisonSpec& comparison : job.comparisons) {
    header.push_back(',');
    append_csv_field(header, comparison.name);
  }
  const auto format = [&](std::string& out, std::size_t begin, std::size_t end) {
    for (const Link& link : output.links.subspan(begin, end - begin)) {
      if ((link.weight_bits < link_bits) != of_review) continue;
      append_record(out, table, link.left);
      out.push_back(',');
      append_record(out, table, link.right);
      out.push_back(',');
      append_six_decimals(out, link.weight_bits);
      out.push_back(',');
      append_six_decimals(out, probability_from_bits(link.weight_bits));
      out.push_back(',');
      out.append(link.rule == kClosureRule ? kClosureName : std::string_view(rules[link.rule]));
      for (std::size_t c = 0; c < levels.size(); ++c) {
        out.append(levels[c][level_of(link.pattern, c)]);
      }
      out.push_back('\n');
    }
  };
  write_rows(file, header, output.links.size(), format);
}

void write_rejects(StagedFile& file, const JobOutput& output) {
  const auto format = [&](std::string& out, std::size_t begin, std::size_t end) {
    for (const Reject& reject : output.rejects.subspan(begin, end - begin)) {
      append_csv_field(out, reject.source);
      out.push_back(',');
      append_number(out, reject.line);
      out.push_back(',');
      append_csv_field(out, reject.column);
      out.push_back(',');
      append_csv_field(out, reject.reason);
      out.push_back('\n');
    }
  };
  write_rows(file, "source,line,column,reason", output.rejects.size(), format);
}

}  // namespace

void write_outputs(const std::filesystem::path& folder, const JobOutput& output,
                   const std::function<RunFacts()>& facts) {
  TESSERA_CHECK(output.clusters.label.size() == output.table.size());
  TESSERA_CHECK(output.golden.values.size() ==
                output.golden.entities.size() * output.job.attributes.size());
  OutputFolder out(folder);
  const auto write = [&](std::string_view name, const auto& fill) {
    StagedFile file(out.staged(name));
    fill(file);
    file.finish();
  };
  write("crosswalk.csv", [&](StagedFile& file) { write_crosswalk(file, output); });
  write("golden.csv", [&](StagedFile& file) { write_golden(file, output); });
  write("golden_provenance.csv", [&](StagedFile& file) { write_provenance(file, output); });
  write("links.csv", [&](StagedFile& file) { write_pairs(file, output, false); });
  write("review.csv", [&](StagedFile& file) { write_pairs(file, output, true); });
  write("model.json", [&](StagedFile& file) { file.write(output.model_text); });
  write("rejects.csv", [&](StagedFile& file) { write_rejects(file, output); });
  write("job.toml", [&](StagedFile& file) { file.write(output.job_text); });
  write("run.json", [&](StagedFile& file) { file.write(run_json(facts())); });
  out.commit(kFiles);
}

}  // namespace tessera
