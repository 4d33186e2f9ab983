#include "registry/records.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "data/batch_interner.hpp"
#include "data/error.hpp"
#include "registry/beside.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBatchRecords = 1024;

void append_length(std::string& bytes, std::size_t length) {
  for (; length >= 0x80; length >>= 7) bytes.push_back(static_cast<char>(length | 0x80));
  bytes.push_back(static_cast<char>(length));
}

// Takes the next field off `bytes`; false if they do not hold one.
bool take_field(std::string_view& bytes, std::string_view& field) {
  std::size_t length = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (bytes.empty()) return false;
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    length |= std::size_t{byte & 0x7fU} << shift;
    if (byte < 0x80) {
      if (length > bytes.size()) return false;
      field = bytes.substr(0, length);
      bytes.remove_prefix(length);
      return true;
    }
  }
  return false;
}

std::string place_of(const std::string& path, std::int64_t row) {
  return path + ": record " + std::to_string(row);
}

[[noreturn]] void throw_damaged(const std::string& path, std::int64_t row) {
  throw Error(ErrorCode::kDamaged, place_of(path, row),
              "its fields are not what was stored; restore a backup, or load its source again");
}

bool has_updated(const JobSpec& job) {
  return std::any_of(job.sources.begin(), job.sources.end(),
                     [](const SourceSpec& source) { return !source.updated_column.empty(); });
}

/// A row of the table `record`.
struct StoredRecord {
  std::int64_t row = 0;
  std::int64_t source = 0;
  std::string_view id;
  std::int64_t digest = 0;
  std::string_view fields;
  std::int64_t entity = 0;
  std::int64_t former = 0;
};

/// Gathers records and interns their fields a batch at a time, column by column, while the next
/// batch is gathered.
class TableBuilder {
 public:
  explicit TableBuilder(Store& store)
      : path_(store.path().string()),
        columns_(store.job().attributes.size() + 1),
        has_updated_(has_updated(store.job())) {
    for (const SourceSpec& source : store.job().sources) {
      SourceFacts& facts = out_.table.sources.emplace_back();
      facts.name = source.name;
      facts.duplicate_free = source.duplicate_free;
    }
  }

  // Columns of the query: row, source, id, digest, fields, entity, former.
  void add(const Statement& record) {
    add({record.number(0), record.number(1), record.text(2), record.number(3), record.text(4),
         record.number(5), record.number(6)});
  }

  void add(const StoredRecord& record) {
    const auto source = static_cast<std::size_t>(record.source);
    const std::uint64_t digest = hash_bytes(record.fields);
    if (source >= out_.table.sources.size() ||
        digest != static_cast<std::uint64_t>(record.digest)) {
      throw_damaged(path_, record.row);
    }
    if (batch_.rows.size() == kBatchRecords) flush();
    batch_.bytes += record.fields;
    batch_.ends.push_back(batch_.bytes.size());
    batch_.rows.push_back(record.row);
    out_.table.row_source.push_back(static_cast<SourceId>(source));
    out_.table.record_ids.append(record.id);
    ++out_.table.sources[source].rows_kept;
    ++out_.table.sources[source].rows_read;
    out_.rows.push_back(record.row);
    out_.entity.push_back(record.entity);
    out_.former.push_back(record.former);
    out_.digests.push_back(digest);
  }

  StoredRecords finish() {
    flush();
    interning_.wait();
    for (std::size_t c = 0; c + 1 < columns_.size(); ++c) {
      out_.table.columns.push_back(
          {std::move(columns_[c].codes), std::move(columns_[c].interner).finish()});
    }
    if (has_updated_) {
      out_.table.updated = std::move(columns_.back().codes);
      out_.table.updated_values = std::move(columns_.back().interner).finish();
    }
    return std::move(out_);
  }

 private:
  struct ColumnBuilder {
    BatchInterner interner;
    std::vector<Code> codes;
    std::vector<std::string_view> texts;
  };

  struct Batch {
    std::string bytes;
    std::vector<std::size_t> ends;
    std::vector<std::int64_t> rows;
  };

  void flush() {
    interning_.wait();
    std::swap(batch_, interned_);
    batch_.bytes.clear();
    batch_.ends.clear();
    batch_.rows.clear();
    interning_.run([this] { intern(interned_); });
  }

  void intern(const Batch& batch) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      std::string_view rest = std::string_view(batch.bytes).substr(begin, batch.ends[i] - begin);
      begin = batch.ends[i];
      for (ColumnBuilder& column : columns_) {
        std::string_view field;
        if (!take_field(rest, field)) throw_damaged(path_, batch.rows[i]);
        column.texts.push_back(field);
      }
    }
    for (ColumnBuilder& column : columns_) {
      const std::size_t before = column.codes.size();
      column.codes.resize(before + column.texts.size());
      column.interner.intern(column.texts, std::span(column.codes).subspan(before));
      column.texts.clear();
    }
  }

  std::string path_;
  std::vector<ColumnBuilder> columns_;  // the last: update dates
  bool has_updated_;
  StoredRecords out_;
  Batch batch_;
  Batch interned_;
  Beside interning_;  // last: it waits for what uses the others
};

// Brings the rows of each source together, in the order that they have.
StoredRecords by_source(StoredRecords records) {
  const RawTable& from = records.table;
  std::vector<std::size_t> order(from.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return from.row_source[a] < from.row_source[b];
  });
  TextList ids;
  ids.reserve(order.size(), from.record_ids.bytes().size());
  for (const std::size_t row : order) ids.append(from.record_ids[row]);
  const auto reorder = [&](auto& of_row) {
    if (of_row.empty()) return;
    auto in_order = of_row;
    for (std::size_t i = 0; i < order.size(); ++i) in_order[i] = of_row[order[i]];
    of_row = std::move(in_order);
  };
  reorder(records.table.row_source);
  for (RawColumn& column : records.table.columns) reorder(column.codes);
  reorder(records.table.updated);
  reorder(records.rows);
  reorder(records.entity);
  reorder(records.former);
  reorder(records.digests);
  records.table.record_ids = std::move(ids);
  return records;
}

constexpr std::string_view kColumns =
    "SELECT row, source, id, digest, fields, entity, former FROM record WHERE live = 1 ";

// Calls visit(record) for each of the rows (ascending) that is live. To step over a few rows takes
// less time than to look the next one up.
template <class Visit>
void for_each_of(Store& store, std::span<const std::int64_t> only, const Visit& visit) {
  constexpr std::int64_t kNear = 6;
  Statement record = store.database().prepare(std::string(kColumns) + "AND row >= ? ORDER BY row");
  bool is_there = false;
  for (const std::int64_t row : only) {
    if (!is_there || record.number(0) + kNear < row) {
      record.reset();
      record.bind(0, row);
      is_there = record.step();
    }
    while (is_there && record.number(0) < row) is_there = record.step();
    if (!is_there) return;
    if (record.number(0) == row) visit(record);
  }
}

}  // namespace

std::string encode_fields(std::span<const std::string_view> texts) {
  std::string bytes;
  for (const std::string_view text : texts) {
    append_length(bytes, text.size());
    bytes += text;
  }
  return bytes;
}

std::vector<std::string_view> decode_fields(std::string_view bytes, const std::string& where) {
  std::vector<std::string_view> texts;
  while (!bytes.empty()) {
    if (!take_field(bytes, texts.emplace_back())) {
      throw Error(ErrorCode::kDamaged, where, "its fields cannot be read; restore a backup");
    }
  }
  return texts;
}

StoredRecords read_records(Store& store) {
  TableBuilder builder(store);
  Statement records = store.database().prepare(std::string(kColumns) + "ORDER BY source, id");
  while (records.step()) builder.add(records);
  return builder.finish();
}

StoredRecords read_records(Store& store, std::span<const std::int64_t> only) {
  // Gathered, then put in canonical order, as a job's table is.
  TextList texts;  // of each record its id and its fields
  std::vector<StoredRecord> found;
  for_each_of(store, only, [&](const Statement& record) {
    texts.append(record.text(2));
    texts.append(record.text(4));
    found.push_back({record.number(0),
                     record.number(1),
                     {},
                     record.number(3),
                     {},
                     record.number(5),
                     record.number(6)});
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].id = texts[2 * i];
    found[i].fields = texts[2 * i + 1];
  }
  std::sort(found.begin(), found.end(), [](const StoredRecord& a, const StoredRecord& b) {
    return std::tie(a.source, a.id) < std::tie(b.source, b.id);
  });
  TableBuilder builder(store);
  for (const StoredRecord& each : found) builder.add(each);
  return builder.finish();
}

StoredRecords read_to_compare(Store& store, std::span<const std::int64_t> only) {
  TableBuilder builder(store);
  for_each_of(store, only, [&](const Statement& record) { builder.add(record); });
  return by_source(builder.finish());
}

std::int64_t find_record(Store& store, std::string_view source, std::string_view id) {
  Statement find = store.database().prepare(
      "SELECT row FROM record WHERE source = (SELECT n FROM source WHERE name = ?) AND id = ?");
  find.bind(0, source).bind(1, id);
  return find.step() ? find.number(0) : 0;
}

std::string record_name(Store& store, std::int64_t row) {
  Statement find = store.database().prepare(
      "SELECT s.name, r.id FROM record r JOIN source s ON s.n = r.source WHERE r.row = ?");
  find.bind(0, row);
  if (!find.step() || find.is_null(1)) return "(erased record)";
  return std::string(find.text(0)) + ":" + std::string(find.text(1));
}

std::int64_t row_of_name(Store& store, const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == name.size()) {
    throw Error(ErrorCode::kUsage, name, "names no record; write SOURCE:RECORD_ID");
  }
  const std::string source = name.substr(0, colon);
  const auto& sources = store.job().sources;
  const bool known = std::any_of(sources.begin(), sources.end(),
                                 [&](const SourceSpec& spec) { return spec.name == source; });
  if (!known) {
    std::string all;
    for (const SourceSpec& spec : sources) all += (all.empty() ? "" : ", ") + spec.name;
    throw Error(ErrorCode::kUsage, name,
                "the registry has no source '" + source + "'; it has " + all);
  }
  const std::int64_t row = find_record(store, source, std::string_view(name).substr(colon + 1));
  if (row == 0) {
    throw Error(ErrorCode::kUsage, name, "the registry has no such record; check its id");
  }
  return row;
}

}  // namespace tessera
