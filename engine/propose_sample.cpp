#include "engine/propose_sample.hpp"

#include <algorithm>

#include "blocking/row_keys.hpp"
#include "data/clean.hpp"
#include "data/column_plan.hpp"

namespace tessera {
namespace {

constexpr Row kNear = 50;  // rows that may be copies of one person because the file is sorted
constexpr double kGzipRatio = 4.0;  // text against its compressed size
constexpr double kParquetRatio = 3.0;

// Pairs of ascending rows that are more than kNear apart.
std::uint64_t far_pairs(std::span<const RowKey> block) {
  std::uint64_t pairs = 0;
  std::size_t first_near = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    while (block[i].row - block[first_near].row > kNear) ++first_near;
    pairs += first_near;
  }
  return pairs;
}

bool ends_with(const std::string& text, std::string_view end) {
  return std::string_view(text).ends_with(end);
}

}  // namespace

Table sample_table(std::span<const SampledFile> files, std::span<const SourceSpec> sources,
                   std::span<const AttributeSpec> attributes) {
  std::vector<std::vector<std::string>> columns;
  for (const SampledFile& file : files) columns.push_back(file.sample.columns);
  const std::vector<SourcePlan> plans = plan_columns(sources, attributes, columns);
  RawTable raw;
  std::vector<DictionaryBuilder> builders(attributes.size());
  raw.columns.resize(attributes.size());
  for (std::size_t f = 0; f < files.size(); ++f) {
    SourceFacts facts;
    facts.name = sources[f].name;
    facts.rows_read = facts.rows_kept = files[f].sample.rows.size();
    raw.sources.push_back(std::move(facts));
    for (std::size_t r = 0; r < files[f].sample.rows.size(); ++r) {
      const std::vector<std::string>& row = files[f].sample.rows[r];
      raw.row_source.push_back(static_cast<SourceId>(f));
      raw.record_ids.append(std::to_string(r));
      for (std::size_t a = 0; a < attributes.size(); ++a) {
        const FieldPlan& plan = plans[f].attributes[a];
        std::string value;
        for (const std::size_t slot : plan.slots) {
          if (slot != plan.slots.front()) value += plan.joiner;
          value += row[plans[f].selected[slot]];
        }
        raw.columns[a].codes.push_back(builders[a].intern(value));
      }
    }
  }
  for (std::size_t a = 0; a < attributes.size(); ++a) {
    raw.columns[a].values = std::move(builders[a]).finish();
  }
  return clean_table(std::move(raw), attributes, sources, {}).table;
}

std::uint64_t estimate_rows(const SampledFile& file, std::size_t sample_rows) {
  const FileSample& sample = file.sample;
  if (sample.rows.size() < sample_rows) return sample.rows.size();
  const bool ndjson = sample.format.starts_with("ndjson");
  std::uint64_t bytes = 0;
  for (const std::vector<std::string>& row : sample.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      bytes += row[c].size() + 1 + (ndjson ? sample.columns[c].size() + 5 : 0);
    }
  }
  std::error_code fault;
  const auto size = std::filesystem::file_size(file.source.path, fault);
  if (fault || bytes == 0) return sample.rows.size();
  double text_bytes = static_cast<double>(size);
  if (ends_with(file.source.path.string(), ".gz")) text_bytes *= kGzipRatio;
  if (sample.format.starts_with("parquet")) text_bytes *= kParquetRatio;
  const double rows =
      text_bytes * static_cast<double>(sample.rows.size()) / static_cast<double>(bytes);
  return std::max<std::uint64_t>(sample.rows.size(), static_cast<std::uint64_t>(rows));
}

const PartColumns& RuleCosts::keys_of(const KeyPart& part) {
  const auto found = keys_.find(part);
  if (found != keys_.end()) return found->second;
  return keys_.emplace(part, evaluate_part(part, *table_)).first->second;
}

RuleCosts::Cost RuleCosts::of(std::span<const KeyPart> parts) {
  std::vector<KeyPart> rule(parts.begin(), parts.end());
  const auto known = costs_.find(rule);
  if (known != costs_.end()) return known->second;
  return costs_.emplace(std::move(rule), estimate(parts)).first->second;
}

RuleCosts::Cost RuleCosts::estimate(std::span<const KeyPart> parts) {
  const Row rows = table_->size();
  if (rows == 0) return {};
  std::vector<BoundPart> bound;
  for (const KeyPart& part : parts) {
    bound.push_back(bind_part(part, *table_, keys_of(part)));
  }
  std::vector<RowKey> keys = row_keys(rows, bound);
  Row keyed = 0;
  std::vector<bool> source_has_keys(table_->sources.size(), false);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i != 0 && keys[i].row == keys[i - 1].row) continue;
    ++keyed;
    source_has_keys[static_cast<std::size_t>(table_->row_source[keys[i].row])] = true;
  }
  sort_row_keys(keys);
  std::uint64_t together = 0;
  for (std::size_t begin = 0; begin < keys.size();) {
    std::size_t end = begin + 1;
    while (end < keys.size() && keys[end].key == keys[begin].key) ++end;
    together += far_pairs(std::span(keys).subspan(begin, end - begin));
    begin = end;
  }
  const double n = static_cast<double>(rows);
  const double near = std::min<double>(kNear, n - 1);
  const double all = n * (n - 1) / 2 - near * (n - (near + 1) / 2);
  Cost cost;
  cost.keyed_share = static_cast<double>(keyed) / n;
  cost.one_source = source_has_keys.size() > 1 && std::ranges::count(source_has_keys, true) == 1;
  if (all <= 0 || records_ < 2) return cost;
  cost.pairs_per_record =
      static_cast<double>(together) / all * static_cast<double>(records_ - 1) / 2;
  return cost;
}

}  // namespace tessera
