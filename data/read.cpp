#include "data/read.hpp"

#include <tbb/parallel_invoke.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "data/canonical_order.hpp"
#include "data/column_plan.hpp"
#include "data/row_encoder.hpp"
#include "data/source_reader.hpp"

namespace tessera {
namespace {

// One source on its way: what it is, its reader, and what reading found.
struct OpenSource {
  const SourceSpec* spec = nullptr;
  std::unique_ptr<SourceReader> reader;
  SourceFacts facts;
  std::vector<RowFault> faults;
  std::vector<std::string> columns;
  std::uint32_t id_column = RowFault::kWholeRow;  // in columns
};

[[noreturn]] void throw_no_rows(const SourceSpec& spec, const SourceReader& reader) {
  throw Error(ErrorCode::kUsage, spec.path.string(),
              reader.facts().delimiter ? "has a header but no rows; there is nothing to read"
                                       : "has no rows; there is nothing to read");
}

// Opens all sources before reading any; what is wrong with several is told at once.
std::vector<OpenSource> open_all(std::span<const SourceSpec> specs) {
  std::vector<OpenSource> sources;
  std::vector<Error> problems;
  for (const SourceSpec& spec : specs) {
    try {
      auto reader = open_source(spec);
      std::vector<std::string> columns(reader->columns().begin(), reader->columns().end());
      sources.push_back({.spec = &spec,
                         .reader = std::move(reader),
                         .facts = {},
                         .faults = {},
                         .columns = std::move(columns),
                         .id_column = RowFault::kWholeRow});
    } catch (const Error& problem) {
      problems.push_back(problem);
    }
  }
  if (problems.size() == 1) throw problems.front();
  if (problems.size() > 1) {
    std::string text;
    for (const Error& problem : problems) {
      if (!text.empty()) text.push_back('\n');
      text.append(problem.what());
    }
    throw Error(problems.front().code(), "", text);
  }
  return sources;
}

// What all is lost by: a quote that is never closed takes the lines that follow it.
std::string fault_cure(const RowFault& fault, std::size_t columns, Encoding encoding) {
  return fault.kind == RowFaultKind::kUnterminatedQuote
             ? "a quote opened in this line is never closed; close or remove it"
             : fault_reason(fault, columns, encoding) + "; mend the line";
}

[[noreturn]] void throw_no_row_read(const SourceSpec& source, const RowFault& fault,
                                    std::size_t columns) {
  throw Error(ErrorCode::kUsage, source.path.string() + ":" + std::to_string(fault.line),
              "no row of the file can be read: " + fault_cure(fault, columns, source.encoding));
}

// Encodes one batch while the reader makes the next: each source's rows reach the encoder in file
// order.
void read_rows(OpenSource& source, RowEncoder& encoder) {
  std::uint64_t rows_kept = 0;
  std::optional<RowBatch> current = source.reader->next({});
  RowBatch spare;
  while (current) {
    source.faults.insert(source.faults.end(), current->faults.begin(), current->faults.end());
    std::optional<RowBatch> following;
    std::vector<RowFault> without_id;
    tbb::parallel_invoke([&] { following = source.reader->next(std::move(spare)); },
                         [&] { without_id = encoder.add(*current); });
    rows_kept += current->row_count();
    source.faults.insert(source.faults.end(), without_id.begin(), without_id.end());
    spare = std::move(*current);
    current = std::move(following);
  }
  const FileFacts file = source.reader->facts();
  source.facts = {.name = source.spec->name,
                  .duplicate_free = source.spec->duplicate_free,
                  .rows_read = rows_kept + source.faults.size(),
                  .rows_kept = rows_kept,
                  .rows_rejected = source.faults.size(),
                  .size_bytes = file.size_bytes,
                  .digest = file.digest,
                  .format = file.format};
  if (source.facts.rows_read == 0) throw_no_rows(*source.spec, *source.reader);
  source.reader.reset();
}

// The faults of all sources as rejects, by source and line.
std::vector<Reject> list_rejects(std::vector<OpenSource>& sources) {
  std::vector<Reject> rejects;
  for (OpenSource& source : sources) {
    std::stable_sort(source.faults.begin(), source.faults.end(),
                     [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
    for (const RowFault& fault : source.faults) {
      const bool whole_row = fault.column == RowFault::kWholeRow;
      rejects.push_back(
          {.source = source.spec->name,
           .line = fault.line,
           .column = whole_row ? std::string() : source.columns[fault.column],
           .reason = fault_reason(fault, source.columns.size(), source.spec->encoding)});
    }
  }
  return rejects;
}

std::string percent(double share) {
  std::string text = std::to_string(std::round(share * 1e5) / 1e3);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " %";
}

// Throws if a source has more rejects than its rows allow.
void check_rejects(const RawTable& table, std::span<const SourceSpec> specs,
                   const ReadOptions& options) {
  for (std::size_t s = 0; s < specs.size(); ++s) {
    const SourceFacts& facts = table.sources[s];
    const auto rejected = static_cast<double>(facts.rows_rejected);
    const auto read = static_cast<double>(facts.rows_read);
    if (rejected <= options.max_rejected_share * read) continue;
    const auto first = std::ranges::find(table.rejects, specs[s].name, &Reject::source);
    const std::string not_utf8 =
        fault_reason({.kind = RowFaultKind::kEncoding}, 0, Encoding::kUtf8);
    const bool wrong_encoding = first != table.rejects.end() && first->reason == not_utf8;
    const std::string cure =
        wrong_encoding ? ", declare its encoding in a config (encoding = \"latin-1\")," : "";
    throw TooManyRejects(
        specs[s].path.string(),
        std::to_string(facts.rows_rejected) + " of " + std::to_string(facts.rows_read) +
            " rows were rejected (" + percent(rejected / read) + "; the limit is " +
            percent(options.max_rejected_share) + ")" +
            (first == table.rejects.end() ? std::string()
                                          : ", the first in line " + std::to_string(first->line) +
                                                " (" + first->reason + ")") +
            "; see rejects.csv for the lines and reasons, then mend the file" + cure +
            " or raise the limit (--max-rejected, in a config max_rejected_share)",
        table.rejects, table.sources);
  }
}

}  // namespace

RawTable read_sources(std::span<const SourceSpec> specs, std::span<const AttributeSpec> attributes,
                      const ReadOptions& options) {
  std::vector<OpenSource> sources = open_all(specs);
  std::vector<std::vector<std::string>> columns;
  for (const OpenSource& source : sources) columns.push_back(source.columns);
  std::vector<SourcePlan> plans =
      plan_columns(specs, attributes, columns, options.absent_attributes);

  RowEncoder encoder(attributes.size(),
                     std::any_of(plans.begin(), plans.end(),
                                 [](const SourcePlan& plan) { return plan.updated_slot; }));
  for (std::size_t s = 0; s < sources.size(); ++s) {
    sources[s].reader->select(plans[s].selected);
    if (const auto slot = plans[s].id_slot) {
      sources[s].id_column = static_cast<std::uint32_t>(plans[s].selected[*slot]);
    }
    encoder.begin_source(std::move(plans[s]));
    read_rows(sources[s], encoder);
  }

  OrderedRows ordered = order_rows(std::move(encoder).finish());
  for (const RepeatedRow& row : ordered.repeated) {
    OpenSource& source = sources[static_cast<std::size_t>(row.source)];
    source.faults.push_back(
        {.line = row.line, .kind = RowFaultKind::kRepeatedId, .column = source.id_column});
    --source.facts.rows_kept;
    ++source.facts.rows_rejected;
  }
  RawTable table = std::move(ordered.table);
  table.rejects = list_rejects(sources);
  for (OpenSource& source : sources) table.sources.push_back(std::move(source.facts));
  check_rejects(table, specs, options);
  return table;
}

FileSample sample_file(const SourceSpec& source, std::size_t max_rows) {
  const auto reader = open_source(source);
  FileSample sample;
  std::vector<std::size_t> readable;
  for (std::size_t i = 0; i < reader->columns().size(); ++i) {
    if (!reader->has_text(i)) continue;
    readable.push_back(i);
    sample.columns.push_back(reader->columns()[i]);
  }
  reader->select(std::move(readable));
  bool any_rows = false;
  std::optional<RowFault> first_fault;
  std::optional<RowBatch> batch = reader->next({});
  for (; batch; batch = reader->next(std::move(*batch))) {
    any_rows = true;
    if (!first_fault && !batch->faults.empty()) first_fault = batch->faults.front();
    for (std::size_t row = 0; row < batch->row_count() && sample.rows.size() < max_rows; ++row) {
      std::vector<std::string>& texts = sample.rows.emplace_back();
      for (const auto& column : batch->fields) texts.emplace_back(batch->text_of(column[row]));
    }
    if (sample.rows.size() >= max_rows) break;
  }
  if (!any_rows) throw_no_rows(source, *reader);
  if (sample.rows.empty() && first_fault) {
    throw_no_row_read(source, *first_fault, reader->columns().size());
  }
  const FileFacts facts = reader->facts();
  sample.format = facts.format;
  sample.delimiter = facts.delimiter;
  return sample;
}

}  // namespace tessera
