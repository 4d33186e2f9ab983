#include "report/profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <numeric>
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

// Of a file: seconds to read a field, and to look at a distinct text by what it is held for.
constexpr double kReadField = 0.4e-6;
constexpr double kLookAtId = 0.8e-6;
constexpr double kLookAtName = 2.5e-6;
constexpr double kLookAtOther = 9e-6;

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

ColumnReading reading_of(const std::string& name, const ColumnUses& uses,
                         const std::map<std::string, ColumnProfile>& profiles) {
  ColumnReading reading;
  const AttributeSpec* attribute = uses.attribute_of(name);
  const auto profile = profiles.find(name);
  reading.is_record_id = uses.is_record_id(name);
  reading.kind = attribute != nullptr        ? attribute->kind
                 : reading.is_record_id      ? Kind::kText
                 : profile != profiles.end() ? kind_of_values(profile->second)
                                             : Kind::kText;
  reading.reading.date_order = uses.date_order();
  return reading;
}

/// What reading a file and looking at its columns takes, by the distinct texts seen so far: most
/// are those of identifiers, of which there are as many again in as many rows again.
class FileCost {
 public:
  explicit FileCost(std::span<const ColumnReading> readings) : look_s_(readings.size(), 0.0) {
    for (const ColumnReading& reading : readings) text_s_.push_back(text_s(reading));
  }

  void saw(std::size_t column, std::size_t texts) {
    look_s_[column] = static_cast<double>(texts) * text_s_[column];
  }

  // `share` of the file's bytes are read, with `rows` in them.
  double share_read(std::uint64_t rows, double share) const {
    return share * share_looked_at(rows, 0);
  }

  // All is read, and the first `columns` are looked at.
  double share_looked_at(std::uint64_t rows, std::size_t columns) const {
    const double whole = read_s(rows) + look_s(look_s_.size());
    return whole > 0.0 ? (read_s(rows) + look_s(columns)) / whole : 1.0;
  }

 private:
  static double text_s(const ColumnReading& reading) {
    if (reading.is_record_id) return kLookAtId;
    const bool is_name = reading.kind == Kind::kName || reading.kind == Kind::kPersonName ||
                         reading.kind == Kind::kPlace;
    return is_name ? kLookAtName : kLookAtOther;
  }
  double read_s(std::uint64_t rows) const {
    return static_cast<double>(rows * look_s_.size()) * kReadField;
  }
  double look_s(std::size_t columns) const {
    return std::accumulate(look_s_.begin(), look_s_.begin() + static_cast<std::ptrdiff_t>(columns),
                           0.0);
  }

  std::vector<double> text_s_;
  std::vector<double> look_s_;
};

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
  std::vector<ColumnReading> readings;
  for (std::size_t i = 0; i < reader->columns().size(); ++i) {
    if (!reader->has_text(i)) continue;
    places.push_back(i);
    names.push_back(reader->columns()[i]);
    readings.push_back(reading_of(names.back(), uses, profiles));
  }
  reader->select(places);
  std::vector<DictionaryBuilder> texts(names.size());
  std::vector<std::vector<std::uint64_t>> records(names.size(), std::vector<std::uint64_t>(1));
  FileCost cost(readings);
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
      cost.saw(c, records[c].size());
    }
    // A packed file's bytes are read ahead of its rows, a Parquet file's all at once.
    const std::uint64_t bytes = reader->facts().size_bytes;
    if (!unseen && bytes < size) {
      tell(cost.share_read(report.rows, static_cast<double>(bytes) / static_cast<double>(size)));
    }
  }
  report.format = reader->facts().format;
  for (std::size_t c = 0; c < names.size(); ++c) {
    tell(cost.share_looked_at(report.rows, c));
    const CountedColumn counted{std::move(texts[c]).finish(), std::move(records[c])};
    ColumnReport& column =
        report.columns.emplace_back(profile_column(counted, readings[c], least_holders));
    column.name = names[c];
    column.kind = readings[c].is_record_id ? "record id" : std::string(kind_name(readings[c].kind));
    column.use = uses.words_for(names[c]);
    if (readings[c].is_record_id) column.scripts.clear();
  }
  tell(cost.share_looked_at(report.rows, names.size()));
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
