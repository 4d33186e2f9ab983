// What comes in, collected: canonical rows, the raw values of what was put right, rejects, and
// counts of what was left out. Nothing goes lost without standing in one of them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/spec.hpp"
#include "exchange/canonical.hpp"
#include "exchange/clean_field.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// One file that was read.
struct ImportedFile {
  std::string file;
  std::uint64_t size_bytes = 0;
  std::string digest;
  std::uint64_t documents = 0;  ///< JSON or XML documents, lines of NDJSON, rows of a table.
};

/// A record or document that could not be used. `where` is a place in the file, never a value.
struct ImportReject {
  std::string file;
  std::uint64_t line = 0;
  std::string where;
  std::string reason;
};

/// Collects one source. Rows may come in any order and more than once: `finish` sorts and merges.
class Import {
 public:
  explicit Import(DateOrder dates = DateOrder::kDayMonthYear) : dates_(dates) {}

  DateOrder dates() const { return dates_; }

  /// Where what follows comes from.
  void begin_file(const std::string& file);
  void begin_document(std::uint64_t line);
  /// Ends a record or document: its values are counted by their paths, each below `name`
  /// (`Patient`, `row`): those that went into a table, and those that no reader looked at.
  void end_document(const Node& root, std::string_view name);
  /// `look` is called with what each `end_document` is: how a test sees that no value is lost.
  void on_document(std::function<void(const Node&)> look) { look_ = std::move(look); }

  /// Adds a row; one text a column of the table. Texts hold no control characters (clean_field).
  /// REQUIRES: the key columns that name the record are not all empty.
  void add(CanonicalTable table, const std::vector<std::string>& fields);
  /// Keeps a value as it was written beside what became of it.
  void keep_raw(CanonicalTable table, std::string_view record_id, std::string_view column,
                const CleanedField& clean, std::string_view raw, std::string_view path);
  /// As `keep_raw`, of a value that was put right when `file` was read, in an import before this.
  void keep_raw_of(std::string_view file, CanonicalTable table, std::string_view record_id,
                   std::string_view column, const CleanedField& clean, std::string_view raw,
                   std::string_view path);
  void reject(std::string where, std::string reason);
  /// As `reject`, at another line than the document's.
  void reject_line(std::uint64_t line, std::string reason);
  /// Counts something that is known and deliberately not imported.
  void leave_out(const std::string& what) { ++left_out_[what]; }
  /// A remark for the user, counted; never a value.
  void remark(const std::string& what) { ++remarks_[what]; }
  void count_file(ImportedFile file);
  /// Documents read of the file at hand.
  std::uint64_t documents() const { return documents_; }

  /// Sorts the rows, makes one of those of equal key (the newest row's value stands, what differs
  /// goes to detail.csv), gives families the heads that members tell, and finds the records behind
  /// identifiers that relations name. Call once, last. Cost: a sort of each table.
  void finish();

  /// Calls `mend` with the texts of each row after `finish`; where it returns true they are the row
  /// from then on. Keys must stay. It may keep raw values and remark.
  void mend_rows(CanonicalTable table,
                 const std::function<bool(std::vector<std::string>& fields)>& mend);

  /// The rows of a table, each one text a column. After `finish`: by key.
  std::vector<std::vector<std::string>> rows(CanonicalTable table) const;
  /// As stored: the columns' texts, parted by kSeparator. Cheap to go through.
  const std::vector<std::string>& packed_rows(CanonicalTable table) const {
    return rows_[static_cast<std::size_t>(table)];
  }
  /// Lines of raw.csv, without their line feed; sorted after `finish`.
  const std::vector<std::string>& raw_lines() const { return raw_; }

  const std::vector<ImportReject>& rejects() const { return rejects_; }
  const std::vector<ImportedFile>& files() const { return files_; }
  const std::array<std::uint64_t, kRepairs>& repairs() const { return repairs_; }
  const std::map<std::string, std::uint64_t>& left_out() const { return left_out_; }
  const std::map<std::string, std::uint64_t>& unmapped() const { return unmapped_; }
  const std::map<std::string, std::uint64_t>& mapped() const { return mapped_; }
  const std::map<std::string, std::uint64_t>& remarks() const { return remarks_; }

  static constexpr char kSeparator = '\x1f';

 private:
  void merge_equal_keys(CanonicalTable table);
  void name_heads();
  void resolve_relations();

  DateOrder dates_;
  std::string file_;
  std::uint64_t line_ = 0;
  std::uint64_t documents_ = 0;
  std::array<std::vector<std::string>, kCanonicalTables> rows_;
  std::vector<std::string> raw_;
  std::vector<ImportReject> rejects_;
  std::vector<ImportedFile> files_;
  std::array<std::uint64_t, kRepairs> repairs_{};
  std::map<std::string, std::uint64_t> left_out_;
  std::map<std::string, std::uint64_t> unmapped_;
  std::map<std::string, std::uint64_t> mapped_;
  std::function<void(const Node&)> look_;
  std::map<std::string, std::uint64_t> remarks_;
};

/// The texts of a packed row.
std::vector<std::string_view> unpack_row(std::string_view packed);

}  // namespace tessera
