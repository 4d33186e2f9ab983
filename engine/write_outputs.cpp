#include "engine/write_outputs.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/check.hpp"
#include "data/csv_writer.hpp"  // append_csv_field
#include "data/huge_pages.hpp"
#include "data/load_ahead.hpp"
#include "engine/entity_id.hpp"
#include "engine/known_records.hpp"
#include "engine/output_folder.hpp"
#include "engine/write_rows.hpp"
#include "scoring/model.hpp"  // probability_from_bits

namespace tessera {
namespace {

/// The order of moving into place: run.json says that the others are there.
constexpr std::array<std::string_view, 9> kFiles{
    "crosswalk.csv", "golden.csv", "golden_provenance.csv",
    "links.csv",     "review.csv", "model.json",
    "rejects.csv",   "job.toml",   "run.json"};

/// `text` as a CSV field between `before` and `after`.
std::string csv_field(std::string_view before, std::string_view text, std::string_view after) {
  std::string field(before);
  append_csv_field(field, text);
  field.append(after);
  return field;
}

void append_number(TextBuffer& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.put({digits.data(), static_cast<std::size_t>(end.ptr - digits.data())});
}

constexpr std::size_t kAhead = 16;  // rows: about the time that memory takes to come

/// Starts to load the ids of the rows that a loop will come to: row_at(i) is the i-th it reads.
template <typename RowAt>
void prefetch_ids(const TextList& ids, std::size_t at, std::size_t end, const RowAt& row_at) {
  if (at + 2 * kAhead < end) ids.prefetch_place(row_at(at + 2 * kAhead));
  if (at + kAhead < end) ids.prefetch_text(row_at(at + kAhead));
}

/// Appends records as `,source,record_id` without the first comma.
class RecordWriter {
 public:
  explicit RecordWriter(const Table& table) : table_(table), quoting_(table.record_ids.bytes()) {
    for (const SourceFacts& source : table.sources)
      sources_.emplace_back(csv_field("", source.name, ","));
  }

  void append(TextBuffer& out, Row row) const {
    out.put(sources_[static_cast<std::size_t>(table_.row_source[row])]);
    append_csv_field(out, table_.record_ids[row], quoting_);
  }

 private:
  const Table& table_;
  CsvQuoting quoting_;  // of record ids
  std::vector<RepeatedText> sources_;
};

/// The identifier of each entity, by its label; other rows' places are not filled.
std::unique_ptr<EntityId[]> name_entities(const JobOutput& output) {
  const std::span<const Row> label = output.clusters.label;
  const EntityNamer name(output.table);
  auto ids = new_in_huge_pages<EntityId>(label.size());
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  oneapi::tbb::parallel_for(Range(0, label.size()), [&](const Range& range) {
    for (std::size_t row = range.begin(); row < range.end(); ++row) {
      if (label[row] == row) ids[row] = name(static_cast<Row>(row));
    }
  });
  return ids;
}

void write_crosswalk(StagedFile& file, const JobOutput& output, const RecordWriter& records,
                     std::span<const EntityId> ids) {
  const std::span<const Row> label = output.clusters.label;
  const auto format = [&](TextBuffer& out, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) {
      if (row + kAhead < end) load_ahead(&ids[label[row + kAhead]]);
      out.put(ids[label[row]].view());
      out.put(',');
      records.append(out, static_cast<Row>(row));
      out.put('\n');
    }
  };
  write_rows(file, "entity_id,source,record_id", {label.size(), 32768}, format);
}

/// The golden texts of entities first … first + count - 1, entity by entity; empty where there is
/// none. Rows, codes and texts are all read out of order: in passes, so that the misses overlap.
class GoldenTexts {
 public:
  explicit GoldenTexts(const JobOutput& output)
      : output_(output), attributes_(output.job.attributes.size()) {}

  std::span<const std::string_view> read(std::size_t first, std::size_t count) {
    const std::span<const GoldenValue> values =
        std::span(output_.golden.values).subspan(first * attributes_, count * attributes_);
    codes_.resize(values.size());
    texts_.resize(values.size());
    for (std::size_t a = 0; a < attributes_; ++a) {
      const std::vector<Code>& codes = output_.table.columns[a].raw_codes;
      for (std::size_t i = a; i < values.size(); i += attributes_) {
        const Code code = codes[values[i].row];  // loaded either way: row 0 where there is none
        codes_[i] = values[i].present ? code : kMissing;
      }
    }
    for (std::size_t a = 0; a < attributes_; ++a) {
      const Dictionary& texts = output_.table.columns[a].raw_values;
      for (std::size_t i = a; i < values.size(); i += attributes_) {
        texts_[i] = texts[codes_[i]];
        load_ahead(texts_[i].data());
      }
    }
    return texts_;
  }

 private:
  const JobOutput& output_;
  std::size_t attributes_;
  std::vector<Code> codes_;
  std::vector<std::string_view> texts_;
};

void write_golden(StagedFile& file, const JobOutput& output, std::span<const EntityId> ids) {
  constexpr std::size_t kChunk = 32;
  const std::size_t attributes = output.job.attributes.size();
  std::string header = "entity_id,records,sources";
  for (const AttributeSpec& attribute : output.job.attributes) {
    header += csv_field(",", attribute.name, "");
  }
  std::vector<CsvQuoting> quoting;  // by attribute
  for (std::size_t a = 0; a < attributes; ++a) {
    quoting.emplace_back(output.table.columns[a].raw_values.bytes());
  }
  const auto append_entity = [&](TextBuffer& out, const GoldenRecord& record,
                                 std::span<const std::string_view> texts) {
    out.put(ids[record.label].view());
    out.put(',');
    append_number(out, record.records);
    out.put(',');
    append_number(out, record.sources);
    for (std::size_t a = 0; a < attributes; ++a) {
      out.put(',');
      append_csv_field(out, texts[a], quoting[a]);
    }
    out.put('\n');
  };
  const auto format = [&](TextBuffer& out, std::size_t begin, std::size_t end) {
    GoldenTexts golden(output);
    for (std::size_t first = begin; first < end; first += kChunk) {
      const std::size_t count = std::min(kChunk, end - first);
      const std::span<const std::string_view> texts = golden.read(first, count);
      for (std::size_t i = 0; i < count; ++i) {
        append_entity(out, output.golden.entities[first + i],
                      texts.subspan(i * attributes, attributes));
      }
    }
  };
  write_rows(file, header, {output.golden.entities.size(), 8192}, format);
}

/// `,rule` and the line feed, by rule.
std::vector<RepeatedText> rule_endings() {
  std::vector<RepeatedText> endings;
  for (std::size_t rule = 0; rule <= static_cast<std::size_t>(Survivorship::kMostComplete);
       ++rule) {
    endings.emplace_back(csv_field(",", survivorship_name(static_cast<Survivorship>(rule)), "\n"));
  }
  return endings;
}

void write_provenance(StagedFile& file, const JobOutput& output, const RecordWriter& records,
                      std::span<const EntityId> ids) {
  const std::vector<RepeatedText> endings = rule_endings();
  std::vector<RepeatedText> names;  // `,attribute,`
  for (const AttributeSpec& attribute : output.job.attributes) {
    names.emplace_back(csv_field(",", attribute.name, ","));
  }
  const auto format = [&](TextBuffer& out, std::size_t begin, std::size_t end) {
    TextBuffer text;
    RepeatedText id;
    RepeatedText record;
    const auto take_record = [&](Row row) {
      text.clear();
      records.append(text, row);
      record.assign(text.view());
    };
    // Visits the rows that give values to an entity, but for its first, whose text is near.
    const auto for_other_rows = [&](std::size_t entity, const auto& visit) {
      Row last = output.golden.entities[entity].label;
      for (const GoldenValue& value :
           std::span(output.golden.values).subspan(entity * names.size(), names.size())) {
        if (value.present && value.row != last) visit(last = value.row);
      }
    };
    const TextList& record_ids = output.table.record_ids;
    for (std::size_t entity = begin; entity < end; ++entity) {
      if (entity + 2 * kAhead < end) {
        for_other_rows(entity + 2 * kAhead, [&](Row row) { record_ids.prefetch_place(row); });
        for_other_rows(entity + kAhead, [&](Row row) { record_ids.prefetch_text(row); });
      }
      const Row label = output.golden.entities[entity].label;
      id.assign(ids[label].view());
      Row written = label;  // the row whose text `record` is: mostly one record gives all values
      take_record(label);
      for (std::size_t a = 0; a < names.size(); ++a) {
        const GoldenValue& value = output.golden.values[entity * names.size() + a];
        if (!value.present) continue;
        if (value.row != written) {
          take_record(value.row);
          written = value.row;
        }
        out.put({&id, &names[a], &record, &endings[static_cast<std::size_t>(value.rule)]});
      }
    }
  };
  write_rows(file, "entity_id,attribute,source,record_id,rule",
             {output.golden.entities.size(), 2048}, format);
}

/// The texts of the levels of each comparison as CSV fields, a comma before each; level 0 is null.
std::vector<std::vector<RepeatedText>> level_fields(const JobSpec& job) {
  std::vector<std::vector<RepeatedText>> fields;
  for (const ComparisonSpec& comparison : job.comparisons) {
    std::vector<RepeatedText>& of_comparison = fields.emplace_back();
    of_comparison.emplace_back(csv_field(",", kNullLevelText, ""));
    for (const LevelSpec& level : comparison.levels) {
      of_comparison.emplace_back(csv_field(",", level.text, ""));
    }
  }
  return fields;
}

/// The places in output.links of the pairs of review.csv, or of links.csv.
std::vector<std::uint32_t> pairs_of(const JobOutput& output, bool of_review) {
  const double link_bits = output.job.link_threshold.bits();
  std::vector<std::uint32_t> places;
  for (std::size_t i = 0; i < output.links.size(); ++i) {
    if ((output.links[i].weight_bits < link_bits) == of_review) {
      places.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return places;
}

/// links.csv: the pairs that reach the link threshold; review.csv: those below.
void write_pairs(StagedFile& file, const JobOutput& output, const RecordWriter& records,
                 bool of_review) {
  const JobSpec& job = output.job;
  const std::vector<std::uint32_t> places = pairs_of(output, of_review);
  const auto levels = level_fields(job);
  std::vector<std::string> rules;
  for (const BlockingRule& rule : job.rules) append_csv_field(rules.emplace_back(), rule.text);
  if (job.index_rule) append_csv_field(rules.emplace_back(), job.index_rule->text);
  std::string header =
      "source_l,record_id_l,source_r,record_id_r,match_weight,match_probability,rule";
  for (const ComparisonSpec& comparison : job.comparisons) {
    header += csv_field(",", comparison.name, "");
  }
  const auto format = [&](TextBuffer& out, std::size_t begin, std::size_t end) {
    std::vector<const RepeatedText*> fields(levels.size());
    for (std::size_t i = begin; i < end; ++i) {
      const Link& link = output.links[places[i]];
      const auto right_at = [&](std::size_t at) { return output.links[places[at]].right; };
      prefetch_ids(output.table.record_ids, i, end, right_at);
      if (i + kAhead < end) load_ahead(&output.table.row_source[right_at(i + kAhead)]);
      records.append(out, link.left);
      out.put(',');
      records.append(out, link.right);
      out.put(',');
      append_six_decimals(out, link.weight_bits);
      out.put(',');
      append_six_decimals(out, probability_from_bits(link.weight_bits));
      out.put(',');
      out.put(link.rule == kClosureRule ? kClosureRuleText : std::string_view(rules[link.rule]));
      for (std::size_t c = 0; c < levels.size(); ++c) {
        fields[c] = &levels[c][level_of(link.pattern, c)];
      }
      out.put(fields);
      out.put('\n');
    }
  };
  write_rows(file, header, {places.size(), 8192}, format);
}

void write_rejects(StagedFile& file, const JobOutput& output) {
  const auto format = [&](TextBuffer& out, std::size_t begin, std::size_t end) {
    for (const Reject& reject : output.rejects.subspan(begin, end - begin)) {
      append_csv_field(out, reject.source);
      out.put(',');
      append_number(out, reject.line);
      out.put(',');
      append_csv_field(out, reject.column);
      out.put(',');
      append_csv_field(out, reject.reason);
      out.put('\n');
    }
  };
  write_rows(file, "source,line,column,reason", {output.rejects.size()}, format);
}

}  // namespace

void write_outputs(const std::filesystem::path& folder, const JobOutput& output,
                   const std::function<RunFacts()>& facts) {
  TESSERA_CHECK(output.clusters.label.size() == output.table.size());
  TESSERA_CHECK(output.golden.values.size() ==
                output.golden.entities.size() * output.job.attributes.size());
  OutputFolder out(folder);
  const RecordWriter records(output.table);
  const std::unique_ptr<EntityId[]> named = name_entities(output);
  const std::span<const EntityId> ids(named.get(), output.table.size());
  const auto write = [&](std::string_view name, const auto& fill) {
    StagedFile file(out.staged(name));
    fill(file);
    file.finish();
  };
  // The largest first. Each file is formatted in parallel as well, but bytes reach a file one
  // after another, so that several of them keep more threads busy than one.
  oneapi::tbb::parallel_invoke(
      [&] {
        write("golden_provenance.csv",
              [&](StagedFile& file) { write_provenance(file, output, records, ids); });
      },
      [&] {
        write("links.csv", [&](StagedFile& file) { write_pairs(file, output, records, false); });
      },
      [&] { write("golden.csv", [&](StagedFile& file) { write_golden(file, output, ids); }); },
      [&] {
        write("crosswalk.csv",
              [&](StagedFile& file) { write_crosswalk(file, output, records, ids); });
      },
      [&] {
        write("review.csv", [&](StagedFile& file) { write_pairs(file, output, records, true); });
      });
  write("model.json", [&](StagedFile& file) { file.write(output.model_text); });
  write("rejects.csv", [&](StagedFile& file) { write_rejects(file, output); });
  write("job.toml", [&](StagedFile& file) { file.write(output.job_text); });
  for (const TextFile& more : output.more) {
    write(more.name, [&](StagedFile& file) { file.write(more.text); });
  }
  write("run.json", [&](StagedFile& file) { file.write(run_json(facts())); });
  std::vector<std::string_view> names;
  for (const TextFile& more : output.more) names.push_back(more.name);
  names.insert(names.end(), kFiles.begin(), kFiles.end());
  out.commit(names);
  // What look-ups kept of the result before, names and all.
  std::error_code ignored;
  std::filesystem::remove(folder / kLookUpFile, ignored);
}

}  // namespace tessera
