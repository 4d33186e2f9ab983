#include "report/truth.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "data/column_names.hpp"
#include "data/dictionary.hpp"
#include "data/error.hpp"
#include "report/record_index.hpp"
#include "report/rows.hpp"

namespace tessera {
namespace {

constexpr std::string_view kForms =
    "; a truth file has the columns record_id and entity_id (and source perhaps), or two columns "
    "of record ids, or source_l, record_id_l, source_r, record_id_r";

/// Which columns of a file say what.
struct Layout {
  bool of_pairs = false;
  std::vector<std::size_t> ids;      // one column of record ids, or two
  std::vector<std::size_t> sources;  // as many as ids, or none
  std::size_t entity = 0;            // unless of_pairs
};

bool begins_with_source(std::string_view column) {
  constexpr std::string_view kWord = "source";
  return column.size() >= kWord.size() &&
         std::equal(kWord.begin(), kWord.end(), column.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

Layout layout_of(const std::filesystem::path& path, std::span<const std::string> columns) {
  Layout layout;
  const auto id = find_column(columns, "record_id");
  const auto entity = find_column(columns, "entity_id");
  if (id && entity) {
    layout.ids = {*id};
    layout.entity = *entity;
    if (const auto source = find_column(columns, "source")) layout.sources = {*source};
    return layout;
  }
  layout.of_pairs = true;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool names_source = columns.size() > 2 && begins_with_source(columns[c]);
    (names_source ? layout.sources : layout.ids).push_back(c);
  }
  if (layout.ids.size() != 2 || (layout.sources.size() != 2 && !layout.sources.empty())) {
    throw Error(ErrorCode::kUsage, path.string(),
                "its header tells neither entities nor pairs" + std::string(kForms));
  }
  return layout;
}

/// The statements of one file: of each, one record name or two, and the entity.
struct Statements {
  Layout layout;
  TextList ids;                   // layout.ids.size() a statement
  std::vector<SourceId> sources;  // as ids, or none
  std::vector<Code> entities;     // unless of pairs: one a statement
  std::size_t size() const { return ids.size() / layout.ids.size(); }
};

constexpr SourceId kNoSource{std::numeric_limits<std::uint16_t>::max()};

SourceId source_id(const JobResult& result, std::string_view name) {
  const auto found = std::find(result.sources.begin(), result.sources.end(), name);
  return found == result.sources.end() ? kNoSource
                                       : static_cast<SourceId>(found - result.sources.begin());
}

Statements read_statements(const TruthFile& file, const JobResult& result,
                           DictionaryBuilder& entities, Truth& truth) {
  RowFile rows(file.path, std::nullopt);
  Statements said;
  said.layout = layout_of(file.path, rows.columns());
  const Layout& layout = said.layout;
  std::vector<std::size_t> places = layout.ids;
  places.insert(places.end(), layout.sources.begin(), layout.sources.end());
  if (!layout.of_pairs) places.push_back(layout.entity);
  truth.bad_rows += rows.read(places, [&](std::span<const std::string_view> fields) {
    for (std::size_t i = 0; i < layout.ids.size(); ++i) said.ids.append(fields[i]);
    for (std::size_t i = 0; i < layout.sources.size(); ++i) {
      said.sources.push_back(source_id(result, fields[layout.ids.size() + i]));
    }
    if (!layout.of_pairs) said.entities.push_back(entities.intern(fields.back()));
  });
  if (said.sources.empty() && !file.source.empty()) {
    const SourceId source = source_id(result, file.source);
    if (source == kNoSource) {
      throw Error(ErrorCode::kUsage, file.path.string(),
                  "'" + file.source + "' is no source of this job;" +
                      did_you_mean(result.sources, file.source));
    }
    said.sources.assign(said.ids.size(), source);
  }
  truth.rows += said.size();
  return said;
}

/// How many ids of column `c` are found in each source.
std::vector<std::uint64_t> hits_by_source(const Statements& said, std::size_t c,
                                          const RecordIndex& index, const JobResult& result) {
  std::vector<std::uint64_t> hits(result.sources.size());
  for (std::size_t i = c; i < said.ids.size(); i += said.layout.ids.size()) {
    for (const Row row : index.find(said.ids[i])) {
      ++hits[static_cast<std::size_t>(result.row_source[row])];
    }
  }
  return hits;
}

/// For each column of ids the source to prefer for an id that several have; kNoSource where nothing
/// speaks for one.
std::vector<SourceId> preferred_sources(const Statements& said, std::size_t files,
                                        const RecordIndex& index, const JobResult& result) {
  if (said.layout.of_pairs && result.sources.size() == 2) {
    const auto left = hits_by_source(said, 0, index, result);
    const auto right = hits_by_source(said, 1, index, result);
    const bool as_listed = left[0] + right[1] >= left[1] + right[0];
    return {static_cast<SourceId>(as_listed ? 0 : 1), static_cast<SourceId>(as_listed ? 1 : 0)};
  }
  if (said.layout.of_pairs || files < 2) return {kNoSource, kNoSource};
  const auto hits = hits_by_source(said, 0, index, result);
  const auto most = std::max_element(hits.begin(), hits.end());
  if (most == hits.end() || std::count(hits.begin(), hits.end(), *most) > 1) return {kNoSource};
  return {static_cast<SourceId>(most - hits.begin())};
}

/// The record of each id; the number of rows where there is none.
std::vector<Row> resolve(const Statements& said, std::size_t files, const RecordIndex& index,
                         const JobResult& result, Truth& truth) {
  std::vector<Row> rows(said.ids.size(), result.size());
  const bool named = !said.sources.empty();
  const auto preferred =
      named ? std::vector<SourceId>{} : preferred_sources(said, files, index, result);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::optional<Row> found;
    if (named) {
      found = index.find(said.ids[i], said.sources[i]);
    } else {
      const std::vector<Row> all = index.find(said.ids[i]);
      if (all.size() == 1) found = all.front();
      if (all.size() > 1) {
        found = index.find(said.ids[i], preferred[i % said.layout.ids.size()]);
        if (!found) {
          ++truth.ambiguous_records;
          continue;
        }
      }
    }
    if (found) {
      rows[i] = *found;
    } else {
      ++truth.unknown_records;
    }
  }
  return rows;
}

void add_entities(const Statements& said, const std::vector<Row>& rows, Truth& truth) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == truth.entity.size() || said.entities[i] == kMissing) continue;
    std::uint32_t& entity = truth.entity[rows[i]];
    if (entity == kUnjudged) {
      entity = said.entities[i];
    } else {
      ++(entity == said.entities[i] ? truth.repeated_rows : truth.contradicting_rows);
    }
  }
}

void add_pairs(const std::vector<Row>& rows, Truth& truth) {
  for (std::size_t i = 0; i + 1 < rows.size(); i += 2) {
    const auto [left, right] = std::minmax(rows[i], rows[i + 1]);
    if (right < truth.entity.size() && left != right) truth.pairs.emplace_back(left, right);
  }
}

void finish_pairs(Truth& truth) {
  std::sort(truth.pairs.begin(), truth.pairs.end());
  const auto last = std::unique(truth.pairs.begin(), truth.pairs.end());
  truth.repeated_rows += static_cast<std::uint64_t>(truth.pairs.end() - last);
  truth.pairs.erase(last, truth.pairs.end());
  std::vector<std::uint32_t>& parent = truth.entity;
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](Row row) {
    while (parent[row] != row) row = parent[row] = parent[parent[row]];
    return row;
  };
  for (const auto& [left, right] : truth.pairs) {
    const auto [low, high] = std::minmax({root(left), root(right)});
    parent[high] = low;
  }
  for (Row row = 0; row < parent.size(); ++row) parent[row] = root(row);
}

}  // namespace

Truth read_truth(std::span<const TruthFile> files, const JobResult& result) {
  const RecordIndex index(result.record_ids, result.row_source);
  DictionaryBuilder entities;
  Truth truth;
  truth.entity.assign(result.size(), kUnjudged);
  for (const TruthFile& file : files) {
    const Statements said = read_statements(file, result, entities, truth);
    if (&file != &files.front() && said.layout.of_pairs != truth.of_pairs) {
      throw Error(ErrorCode::kUsage, file.path.string(),
                  "lists " + std::string(said.layout.of_pairs ? "pairs" : "entities") +
                      " and the first truth file does not; give files of one form" +
                      std::string(kForms));
    }
    truth.of_pairs = said.layout.of_pairs;
    const std::vector<Row> rows = resolve(said, files.size(), index, result, truth);
    if (truth.of_pairs) {
      add_pairs(rows, truth);
    } else {
      add_entities(said, rows, truth);
    }
  }
  if (truth.of_pairs) finish_pairs(truth);
  return truth;
}

}  // namespace tessera
