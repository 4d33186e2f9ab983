#include "data/row_encoder.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "data/check.hpp"
#include "data/error.hpp"
#include "data/heaviest_first.hpp"

namespace tessera {
namespace {

// Texts that are interned together: few enough to stay in the nearest cache.
constexpr std::size_t kChunk = 256;

// Joins parts: names skip the empty ones; dates keep every place (1990--05), but none at the end.
std::string join_parts(const RowBatch& batch, const FieldPlan& plan, std::size_t row) {
  std::string joined;
  const bool keep_places = plan.joiner == '-';
  for (std::size_t i = 0; i < plan.slots.size(); ++i) {
    const std::string_view part = batch.text_of(batch.fields[plan.slots[i]][row]);
    if (keep_places ? i > 0 : !joined.empty() && !part.empty()) joined.push_back(plan.joiner);
    joined.append(part);
  }
  while (keep_places && !joined.empty() && joined.back() == plan.joiner) joined.pop_back();
  return joined;
}

}  // namespace

void LineMap::append(Row row, std::uint64_t line) {
  if (runs_.empty() || line != next_line_ || row != next_row_) runs_.push_back({row, line});
  next_row_ = row + 1;
  next_line_ = line + 1;
}

std::uint64_t LineMap::line_of(Row row) const {
  TESSERA_CHECK(!runs_.empty() && row >= runs_.front().first_row);
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), row,
                                      [](Row r, const Run& run) { return r < run.first_row; });
  const Run& run = *(after - 1);
  return run.first_line + (row - run.first_row);
}

void RowEncoder::ColumnEncoder::add(const RowBatch& batch, const FieldPlan& plan) {
  const std::size_t begin = codes.size();
  codes.resize(begin + batch.row_count(), kMissing);
  if (plan.slots.empty()) return;
  const bool is_joined = plan.slots.size() > 1;
  std::array<std::string, kChunk> joined;
  std::array<std::string_view, kChunk> texts;
  for (std::size_t row = 0; row < batch.row_count(); row += kChunk) {
    const std::size_t count = std::min(kChunk, batch.row_count() - row);
    for (std::size_t i = 0; i < count; ++i) {
      if (is_joined) joined[i] = join_parts(batch, plan, row + i);
      texts[i] = is_joined ? joined[i] : batch.text_of(batch.fields[plan.slots.front()][row + i]);
    }
    interner.intern(std::span(texts).first(count), std::span(codes).subspan(begin + row, count));
  }
}

RowEncoder::RowEncoder(std::size_t attributes, bool has_updated)
    : attributes_(attributes), has_updated_(has_updated) {}

void RowEncoder::begin_source(SourcePlan plan) {
  TESSERA_CHECK(plan.attributes.size() == attributes_.size());
  plan_ = std::move(plan);
  source_begins_.push_back(static_cast<Row>(record_ids_.size()));
}

std::vector<RowFault> RowEncoder::add(RowBatch& batch) {
  std::vector<RowFault> faults = drop_rows_without_id(batch);
  if (batch.row_count() > std::numeric_limits<Row>::max() - record_ids_.size()) {
    throw Error(ErrorCode::kResource, "sources",
                "hold more than 4,294,967,295 records; link them in several jobs");
  }
  const std::size_t attribute_count = attributes_.size();
  const FieldPlan updated_plan{.slots = plan_.updated_slot
                                            ? std::vector<std::size_t>{*plan_.updated_slot}
                                            : std::vector<std::size_t>{}};
  // Whole columns are the tasks: each has its own dictionary, filled in row order. A column of many
  // values takes longest: its dictionary is in no cache.
  std::vector<std::uint64_t> weights;
  for (const ColumnEncoder& column : attributes_)
    weights.push_back(column.interner.dictionary().size());
  weights.push_back(record_ids_.size());
  weights.push_back(updated_.interner.dictionary().size());
  for_each_heaviest_first(weights, [&](std::size_t task) {
    if (task < attribute_count) {
      attributes_[task].add(batch, plan_.attributes[task]);
    } else if (task == attribute_count) {
      add_ids(batch);
    } else if (has_updated_) {
      updated_.add(batch, updated_plan);
    }
  });
  return faults;
}

std::vector<RowFault> RowEncoder::drop_rows_without_id(RowBatch& batch) const {
  std::vector<RowFault> faults;
  if (!plan_.id_slot) return faults;
  const auto has_id = [&](std::size_t row) { return batch.fields[*plan_.id_slot][row].length > 0; };
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (has_id(row)) continue;
    faults.push_back({.line = batch.lines[row],
                      .kind = RowFaultKind::kMissingId,
                      .column = static_cast<std::uint32_t>(plan_.selected[*plan_.id_slot])});
  }
  if (faults.empty()) return faults;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (has_id(row)) kept.push_back(row);
  }
  for (auto& column : batch.fields) {
    for (std::size_t i = 0; i < kept.size(); ++i) column[i] = column[kept[i]];
    column.resize(kept.size());
  }
  for (std::size_t i = 0; i < kept.size(); ++i) batch.lines[i] = batch.lines[kept[i]];
  batch.lines.resize(kept.size());
  return faults;
}

void RowEncoder::add_ids(const RowBatch& batch) {
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    const std::uint64_t line = batch.lines[row];
    lines_.append(static_cast<Row>(record_ids_.size()), line);
    if (plan_.id_slot) {
      record_ids_.append(batch.text_of(batch.fields[*plan_.id_slot][row]));
    } else {
      record_ids_.append(std::to_string(line));
    }
  }
}

EncodedRows RowEncoder::finish() && {
  source_begins_.push_back(static_cast<Row>(record_ids_.size()));
  EncodedRows rows;
  rows.source_begins = std::move(source_begins_);
  rows.record_ids = std::move(record_ids_);
  rows.lines = std::move(lines_);
  for (ColumnEncoder& column : attributes_) {
    rows.columns.push_back({std::move(column.codes), std::move(column.interner).finish()});
  }
  rows.updated = {std::move(updated_.codes), std::move(updated_.interner).finish()};
  return rows;
}

}  // namespace tessera
