// A column is cleaned in four steps: its distinct values one by one (in parallel), their texts
// interned, the values that only the whole column shows to be no evidence taken out, and the rows'
// codes translated.
#include "data/clean.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "data/check.hpp"
#include "data/clean_kinds.hpp"
#include "data/clean_rules.hpp"
#include "data/column_judgement.hpp"
#include "data/date.hpp"
#include "data/source_rows.hpp"
#include "data/text_interner.hpp"
#include "data/unicode.hpp"
#include "data/updated_days.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

// How an attribute's values are cleaned, whatever the row.
struct Cleaner {
  Kind kind = Kind::kText;
  RuleChain rules;
  WordSet null_words;
  std::optional<Date> today;

  CleanedValue clean(std::string_view raw, const SourceReading& reading) const {
    if (is_own_null_word(raw)) return {.text = {}, .fault = CleanFault::kNullWord};
    if (rules.empty()) return clean_value(raw, kind, reading, today);
    const std::string rewritten = rules.apply(raw);
    if (is_own_null_word(rewritten)) return {.text = {}, .fault = CleanFault::kNullWord};
    return clean_value(rewritten, kind, reading, today);
  }

  bool is_own_null_word(std::string_view text) const {
    return !null_words.empty() && null_words.contains(fold(text));
  }
};

Cleaner make_cleaner(const AttributeSpec& attribute, const CleanOptions& options) {
  Cleaner cleaner{.kind = attribute.kind,
                  .rules = RuleChain(attribute),
                  .null_words = {},
                  .today = parse_edtf(options.today)};
  for (const std::string& word : attribute.null_words) cleaner.null_words.insert(fold(word));
  return cleaner;
}

// Whether a source writes H and M for hombre and mujer: it has an H, and no F.
bool writes_m_for_woman(const RawColumn& column, const SourceRows& rows) {
  std::vector<char> letter(column.values.size(), '\0');
  for (Code code = 1; code < column.values.size(); ++code) {
    const std::string_view text = column.values[code];
    if (text == "h" || text == "H") letter[code] = 'h';
    if (text == "f" || text == "F") letter[code] = 'f';
  }
  bool has_h = false;
  for (Row row = rows.begin; row < rows.end; ++row) {
    if (letter[column.codes[row]] == 'f') return false;
    has_h = has_h || letter[column.codes[row]] == 'h';
  }
  return has_h;
}

// The ways in which the sources' values of one column are read, and which of them each block of
// rows takes.
struct Readings {
  std::vector<SourceReading> distinct;
  std::vector<std::size_t> of_block;  ///< One per SourceRows: index into distinct.
};

Readings readings_of(const RawColumn& column, const AttributeSpec& attribute,
                     std::span<const SourceSpec> sources, std::span<const SourceRows> blocks,
                     const ColumnKnowledge* known) {
  Readings readings;
  for (const SourceRows& block : blocks) {
    SourceReading reading;
    if (attribute.kind == Kind::kDate) {
      reading.date_order =
          attribute.parts.empty() ? sources[block.source].date_order : DateOrder::kYearMonthDay;
    } else if (attribute.kind == Kind::kSex) {
      reading.m_is_woman =
          known == nullptr ? writes_m_for_woman(column, block) : known->m_is_woman[block.source];
    }
    const auto same = std::find(readings.distinct.begin(), readings.distinct.end(), reading);
    readings.of_block.push_back(static_cast<std::size_t>(same - readings.distinct.begin()));
    if (same == readings.distinct.end()) readings.distinct.push_back(reading);
  }
  return readings;
}

// Cleaned texts of a range of raw codes, end to end.
struct CleanedRange {
  std::string bytes;
  std::vector<std::uint32_t> ends;
  std::vector<std::uint64_t> hashes;
  std::vector<CleanFault> faults;
};

constexpr std::size_t kRangeValues = 4096;
constexpr std::size_t kPrefetchAhead = 8;

// All distinct values under one reading: range i holds raw codes 1 + i · kRangeValues and on.
std::vector<CleanedRange> clean_distinct(const Dictionary& values, const Cleaner& cleaner,
                                         const SourceReading& reading) {
  const std::size_t texts = values.size() - 1;
  std::vector<CleanedRange> ranges((texts + kRangeValues - 1) / kRangeValues);
  const auto clean_range = [&](std::size_t index) {
    CleanedRange& range = ranges[index];
    const std::size_t first = 1 + index * kRangeValues;
    const std::size_t last = std::min(first + kRangeValues, texts + 1);
    range.ends.reserve(last - first);
    range.hashes.reserve(last - first);
    range.faults.reserve(last - first);
    for (std::size_t code = first; code < last; ++code) {
      const CleanedValue value = cleaner.clean(values[static_cast<Code>(code)], reading);
      range.bytes += value.text;
      range.ends.push_back(static_cast<std::uint32_t>(range.bytes.size()));
      range.hashes.push_back(hash_bytes(value.text));
      range.faults.push_back(value.fault);
    }
  };
  // Isolated, so that a waiting thread does not begin another column and hold its memory too.
  tbb::this_task_arena::isolate(
      [&] { tbb::parallel_for(std::size_t{0}, ranges.size(), clean_range); });
  return ranges;
}

void count_fault(CleaningFacts& facts, CleanFault fault, std::uint32_t rows) {
  switch (fault) {
    case CleanFault::kNone:
      break;
    case CleanFault::kNullWord:
      facts.null_words += rows;
      break;
    case CleanFault::kPlaceholder:
      facts.placeholders += rows;
      break;
    case CleanFault::kImpossible:
      facts.impossible += rows;
      break;
    case CleanFault::kFuture:
      facts.future += rows;
      break;
  }
}

// A column between its distinct values and its rows.
struct Draft {
  Dictionary values;
  std::vector<std::uint32_t> counts;  ///< size values.size(): rows per value
  std::vector<std::vector<Code>>
      code_of;  ///< per reading, size raw values: the cleaned code of a raw code
  CleaningFacts facts;
};

std::vector<std::vector<std::uint32_t>> count_raw(const RawColumn& raw, const Readings& readings,
                                                  std::span<const SourceRows> blocks) {
  std::vector<std::vector<std::uint32_t>> counts(readings.distinct.size(),
                                                 std::vector<std::uint32_t>(raw.values.size(), 0));
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    std::vector<std::uint32_t>& of_reading = counts[readings.of_block[b]];
    for (Row row = blocks[b].begin; row < blocks[b].end; ++row) ++of_reading[raw.codes[row]];
  }
  return counts;
}

Draft draft_column(const RawColumn& raw, const Cleaner& cleaner, const Readings& readings,
                   std::span<const SourceRows> blocks) {
  Draft draft;
  const std::vector<std::vector<std::uint32_t>> raw_counts = count_raw(raw, readings, blocks);
  TextInterner interner((raw.values.size() - 1) * readings.distinct.size(),
                        raw.values.bytes().size());
  draft.counts.assign(1, 0);
  for (std::size_t r = 0; r < readings.distinct.size(); ++r) {
    std::vector<Code>& code_of = draft.code_of.emplace_back(raw.values.size(), kMissing);
    Code raw_code = 1;
    for (const CleanedRange& range : clean_distinct(raw.values, cleaner, readings.distinct[r])) {
      std::size_t start = 0;
      for (std::size_t i = 0; i < range.ends.size(); ++i, ++raw_code) {
        interner.prefetch(range.hashes[std::min(i + kPrefetchAhead, range.hashes.size() - 1)]);
        const std::string_view text =
            std::string_view(range.bytes).substr(start, range.ends[i] - start);
        start = range.ends[i];
        const std::uint32_t rows = raw_counts[r][raw_code];
        if (rows == 0) continue;  // no source under this reading wrote it
        count_fault(draft.facts, range.faults[i], rows);
        const Code code = interner.intern(text, range.hashes[i]);
        code_of[raw_code] = code;
        if (code == draft.counts.size()) draft.counts.push_back(0);
        if (code != kMissing) draft.counts[code] += rows;
      }
    }
  }
  draft.values = std::move(interner).finish();
  return draft;
}

// The values in order of their first row. Under one reading they are in it already, as raw codes
// are.
std::vector<Code> by_first_row(const Draft& draft, const RawColumn& raw, const Readings& readings,
                               std::span<const SourceRows> blocks) {
  std::vector<Code> order;
  order.reserve(draft.values.size() - 1);
  if (readings.distinct.size() <= 1) {
    for (Code code = 1; code < draft.values.size(); ++code) order.push_back(code);
    return order;
  }
  std::vector<bool> seen(draft.values.size(), false);
  seen[kMissing] = true;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::vector<Code>& code_of = draft.code_of[readings.of_block[b]];
    for (Row row = blocks[b].begin; row < blocks[b].end; ++row) {
      const Code code = code_of[raw.codes[row]];
      if (seen[code]) continue;
      seen[code] = true;
      order.push_back(code);
    }
  }
  return order;
}

// Takes out what was judged to be no evidence, marks heaps and numbers the rest by first row.
void settle(Draft& draft, const Judgement& judgement, std::span<const Code> order) {
  Dictionary values;
  std::vector<std::uint32_t> counts(1, 0);
  std::vector<Code> renumbered(draft.values.size(), kMissing);
  for (const Code code : order) {
    if (judgement.dropped[code]) continue;
    std::string text(draft.values[code]);
    if (judgement.heaped[code]) text.push_back('~');
    renumbered[code] = values.append(text);
    counts.push_back(draft.counts[code]);
  }
  for (std::vector<Code>& code_of : draft.code_of) {
    for (Code& code : code_of) code = renumbered[code];
  }
  values.shrink_to_fit();
  draft.values = std::move(values);
  draft.counts = std::move(counts);
}

struct CleanedColumn {
  Column column;
  CleaningFacts facts;
  ColumnKnowledge knowledge;
};

CleanedColumn clean_column(RawColumn raw, const AttributeSpec& attribute, const Cleaner& cleaner,
                           std::span<const SourceSpec> sources, std::span<const SourceRows> blocks,
                           const ColumnKnowledge* known) {
  const Readings readings = readings_of(raw, attribute, sources, blocks, known);
  Draft draft = draft_column(raw, cleaner, readings, blocks);
  const Judgement judgement =
      known == nullptr ? judge_column(draft.values, draft.counts, attribute.kind)
                       : judge_by_knowledge(draft.values, draft.counts, attribute.kind, *known);
  draft.facts.placeholders += judgement.rows_dropped;
  draft.facts.coarse += judgement.rows_coarse;
  CleanedColumn result;
  result.knowledge = known != nullptr ? *known : knowledge_from(draft.values, judgement);
  if (known == nullptr && attribute.kind == Kind::kSex) {
    result.knowledge.m_is_woman.assign(sources.size(), false);
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      result.knowledge.m_is_woman[blocks[b].source] =
          readings.distinct[readings.of_block[b]].m_is_woman;
    }
  }
  if (judgement.changes_values || readings.distinct.size() > 1) {
    settle(draft, judgement, by_first_row(draft, raw, readings, blocks));
  }

  Column& column = result.column;
  column.name = attribute.name;
  column.kind = attribute.kind;
  column.codes.resize(raw.codes.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::vector<Code>& code_of = draft.code_of[readings.of_block[b]];
    for (Row row = blocks[b].begin; row < blocks[b].end; ++row) {
      column.codes[row] = code_of[raw.codes[row]];
    }
  }
  result.facts = std::move(draft.facts);
  result.facts.attribute = attribute.name;
  for (Code code = 1; code < draft.counts.size(); ++code) result.facts.filled += draft.counts[code];
  draft.counts[kMissing] = static_cast<std::uint32_t>(raw.codes.size() - result.facts.filled);
  draft.counts.shrink_to_fit();
  column.values = std::move(draft.values);
  column.counts = std::move(draft.counts);
  if (has_script(column.kind)) column.romanised = romanise_values(column.values);
  column.raw_codes = std::move(raw.codes);
  column.raw_values = std::move(raw.values);
  return result;
}

}  // namespace

CleanTable clean_table(RawTable raw, std::span<const AttributeSpec> attributes,
                       std::span<const SourceSpec> sources, const CleanOptions& options) {
  TESSERA_CHECK(attributes.size() == raw.columns.size());
  TESSERA_CHECK(sources.size() == raw.sources.size());
  TESSERA_CHECK(options.known.empty() || options.known.size() == attributes.size());
  std::vector<Cleaner> cleaners;
  cleaners.reserve(attributes.size());
  for (const AttributeSpec& attribute : attributes) {
    cleaners.push_back(make_cleaner(attribute, options));
  }
  const std::vector<SourceRows> blocks = rows_by_source(raw.row_source);

  std::vector<CleanedColumn> columns(attributes.size());
  tbb::parallel_for(std::size_t{0}, columns.size(), [&](std::size_t i) {
    columns[i] = clean_column(std::move(raw.columns[i]), attributes[i], cleaners[i], sources,
                              blocks, options.known.empty() ? nullptr : &options.known[i]);
  });

  CleanTable result;
  UpdatedDays updated = clean_updated_days(raw, sources, blocks);
  result.table.updated = std::move(updated.codes);
  result.table.updated_days = std::move(updated.days);
  result.table.sources = std::move(raw.sources);
  result.table.row_source = std::move(raw.row_source);
  result.table.record_ids = std::move(raw.record_ids);
  for (CleanedColumn& column : columns) {
    result.table.columns.push_back(std::move(column.column));
    result.facts.push_back(std::move(column.facts));
    result.knowledge.push_back(std::move(column.knowledge));
  }
  return result;
}

}  // namespace tessera
