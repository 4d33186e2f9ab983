#include "report/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>

#include "data/read.hpp"
#include "data/source_reader.hpp"
#include "engine/expected_times.hpp"
#include "engine/propose_mapping.hpp"
#include "report/profile_column.hpp"

namespace tessera {
namespace {

constexpr std::size_t kSampleRows = 10000;  // as zero config reads
constexpr double kProfileRow = 4e-6;        // seconds; its proportions count
constexpr double kLookAtFile = 0.1;         // seconds, to guess kinds by its first rows
constexpr double kReadShare = 0.7;          // of a file's time; the rest looks at its values

// What zero config makes of the columns of one file.
class ColumnUses {
 public:
  ColumnUses(const ColumnMapping& mapping, std::size_t file)
      : mapping_(mapping), source_(mapping.sources[file]) {}

  bool is_record_id(const std::string& column) const {
    return !column.empty() && column == source_.id_column;
  }

  const AttributeSpec* attribute_of(const std::string& column) const {
    for (const MappedAttribute& attribute : mapping_.attributes) {
      if (std::ranges::find(attribute.spec.columns, column) != attribute.spec.columns.end()) {
        return &attribute.spec;
      }
    }
    return nullptr;
  }

  // The attribute that the column is a part of.
  const AttributeSpec* whole_of(const std::string& column) const {
    for (const MappedAttribute& attribute : mapping_.attributes) {
      if (std::ranges::find(attribute.spec.parts, column) != attribute.spec.parts.end()) {
        return &attribute.spec;
      }
    }
    return nullptr;
  }

  std::string words_for(const std::string& column) const {
    if (is_record_id(column)) return "names the records";
    if (const AttributeSpec* attribute = attribute_of(column))
      return "attribute " + attribute->name;
    if (const AttributeSpec* whole = whole_of(column)) return "part of attribute " + whole->name;
    if (!column.empty() && column == source_.updated_column) return "tells when a record changed";
    for (const LeftOut& left : mapping_.left_out) {
      if (left.column == column) return "not used, as " + left.reason;
    }
    return "not used";
  }

  DateOrder date_order() const { return source_.date_order; }

 private:
  const ColumnMapping& mapping_;
  const SourceSpec& source_;
};

// What values look like, for columns of no known meaning.
Kind kind_of_values(const ColumnProfile& profile) {
  if (profile.filled == 0) return Kind::kText;
  if (profile.emails >= 0.8) return Kind::kEmail;
  if (profile.sexes >= 0.9 && profile.distinct <= 12) return Kind::kSex;
  if (profile.whole_dates >= 0.8) return Kind::kDate;
  if (profile.phones >= 0.8 && profile.phone_signs >= 0.2) return Kind::kPhone;
  const bool long_whole = profile.decimals == 0.0 && profile.mean_length >= 6;
  if (profile.numbers >= 0.9 && !long_whole) return Kind::kNumber;
  if (profile.with_digit >= 0.8 && profile.mean_words < 1.5) return Kind::kIdentifier;
  return Kind::kText;
}

FileReport profile_file(const SourceSpec& spec, const ColumnUses& uses,
                        const std::map<std::string, ColumnProfile>& profiles,
                        std::uint64_t least_holders,
                        const std::function<void(double share_done)>& tell) {
  const std::unique_ptr<SourceReader> reader = open_source(spec);
  std::error_code unseen;
  const std::uintmax_t size = std::filesystem::file_size(spec.path, unseen);
  FileReport report;
  report.name = spec.name;
  report.path = spec.path.string();
  std::vector<std::size_t> places;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < reader->columns().size(); ++i) {
    if (!reader->has_text(i)) continue;
    places.push_back(i);
    names.push_back(reader->columns()[i]);
  }
  reader->select(places);
  std::vector<DictionaryBuilder> texts(names.size());
  std::vector<std::vector<std::uint64_t>> records(names.size(), std::vector<std::uint64_t>(1));
  for (std::optional<RowBatch> batch = reader->next({}); batch;
       batch = reader->next(std::move(*batch))) {
    report.rows += batch->row_count();
    report.bad_rows += batch->faults.size();
    for (std::size_t c = 0; c < names.size(); ++c) {
      for (const FieldRef field : batch->fields[c]) {
        const Code code = texts[c].intern(batch->text_of(field));
        if (code == records[c].size()) records[c].push_back(0);
        ++records[c][code];
      }
    }
    // A packed file's bytes are read ahead of its rows, a Parquet file's all at once.
    const std::uint64_t bytes = reader->facts().size_bytes;
    if (!unseen && bytes < size) {
      tell(kReadShare * static_cast<double>(bytes) / static_cast<double>(size));
    }
  }
  report.format = reader->facts().format;
  for (std::size_t c = 0; c < names.size(); ++c) {
    ColumnReading reading;
    const AttributeSpec* attribute = uses.attribute_of(names[c]);
    const auto profile = profiles.find(names[c]);
    reading.is_record_id = uses.is_record_id(names[c]);
    reading.kind = attribute != nullptr        ? attribute->kind
                   : reading.is_record_id      ? Kind::kText
                   : profile != profiles.end() ? kind_of_values(profile->second)
                                               : Kind::kText;
    reading.reading.date_order = uses.date_order();
    const CountedColumn counted{std::move(texts[c]).finish(), std::move(records[c])};
    ColumnReport& column =
        report.columns.emplace_back(profile_column(counted, reading, least_holders));
    column.name = names[c];
    column.kind = reading.is_record_id ? "record id" : std::string(kind_name(reading.kind));
    column.use = uses.words_for(names[c]);
    if (reading.is_record_id) column.scripts.clear();
    tell(kReadShare +
         (1.0 - kReadShare) * static_cast<double>(c + 1) / static_cast<double>(names.size()));
  }
  return report;
}

}  // namespace

std::vector<FileReport> profile_files(std::span<const SourceSpec> files,
                                      const ProfileOptions& options, const StageWatcher& watcher) {
  const auto stages = static_cast<unsigned>(files.size() + 1);
  std::vector<double> expected_s = {static_cast<double>(files.size()) * kLookAtFile};
  for (const SourceSpec& file : files) {
    expected_s.push_back(static_cast<double>(rows_by_size(std::span(&file, 1))) * kProfileRow);
  }
  const auto tell = [&](std::string_view stage, unsigned number, double share_done) {
    if (watcher) watcher({stage, number, stages, share_done, expected_s});
  };
  tell("look at columns", 1, 0.0);
  std::vector<SampledFile> samples;
  for (const SourceSpec& file : files) samples.push_back({file, sample_file(file, kSampleRows)});
  std::map<std::string, ColumnProfile> profiles;
  for (const SampledColumn& column : sampled_columns(samples)) {
    profiles[column.name] = column.profile;
  }
  const ColumnMapping mapping = map_columns(samples);
  std::vector<FileReport> reports;
  for (std::size_t f = 0; f < files.size(); ++f) {
    const std::string stage = "profile " + files[f].name;
    const auto number = static_cast<unsigned>(f + 2);
    tell(stage, number, 0.0);
    reports.push_back(profile_file(files[f], ColumnUses(mapping, f), profiles,
                                   options.least_holders,
                                   [&](double share_done) { tell(stage, number, share_done); }));
  }
  return reports;
}

}  // namespace tessera
