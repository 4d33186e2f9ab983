// Children of one birth: which records of one component must be two persons, though all but the
// given name makes them look like one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "data/table.hpp"
#include "engine/components.hpp"
#include "engine/job.hpp"
#include "engine/record_comparer.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// Signs that two records with a birth date are twins. A pair's weight cannot tell: twins share
/// family name, birth date, mother, household, phone and place as one person's records do, and one
/// person's given name is now and then written otherwise. What tells is who else is there:
///
/// - *birth order*: both records say the how-manieth child of the birth it was, and differ;
/// - *one source has both*, with two given names that no clerk's slip makes of one, and it is a
///   registry that seldom holds a person twice, or both are of one household or one mother;
/// - *each name again*: two records of one such registry, and for each another record of the
///   component agrees with its given name to the letter, initials and parts left out allowed, and
///   not with the other's;
/// - *two numbers*: a national id, insurance number and the like of each, more than two edits
///   apart, in such registries, and the given names differ.
///
/// One clerk of the two may have written another birth date (the first of January where only the
/// year was known): the signs are those of one date, for another date makes nobody one person.
/// Two households are no sign: a person is entered again under another one.
/// Given names do not differ if one is a nickname, an initial or a part of the other, or stands in
/// the other record's family name, or the words of the shorter are like words of the longer.
/// Records that share a personal number show no sign but the birth order. Depends on the two
/// records, the names in their component and the model alone. Immutable, safe on any thread.
class TwinSigns {
 public:
  /// REQUIRES: all outlive it; `comparer` is of the job's comparisons and the table.
  TwinSigns(const Table& table, const JobSpec& job, const Model& model,
            const RecordComparer& comparer);

  /// Whether the job has what the signs are read from: a given name and a birth date, known by
  /// their attributes' names.
  bool can_tell() const { return given_.has_value() && birth_ != nullptr; }

  /// The pairs (left < right) of `rows`, the records of one component in ascending order, that are
  /// twins; sorted. Of a component of more than kMostOfAnyDay records only those of one birth date.
  /// Cost: the square of the records of one birth date, or of a small component; over kMostOfADay
  /// of one day (no family: a placeholder) none of that day is.
  std::vector<std::pair<Row, Row>> apart_in(std::span<const Row> rows) const;

  /// Starts to load what apart_in reads first of these rows. REQUIRES: can_tell().
  void prefetch(std::span<const Row> rows) const;

  Row rows() const { return table_.size(); }

  static constexpr std::size_t kMostOfADay = 1000;
  static constexpr std::size_t kMostOfAnyDay = 64;

 private:
  bool is_apart(Row a, Row b, std::span<const Row> rows) const;
  bool birth_orders_differ(Row a, Row b) const;
  bool in_two_households(Row a, Row b) const;
  bool of_one_family(Row a, Row b) const;
  bool share_a_number(Row a, Row b) const;
  bool numbers_differ(Row a, Row b) const;
  /// Whether the given names are two, their words being alike from Jaro–Winkler `alike` on.
  bool names_differ(Row a, Row b, double alike) const;
  /// Whether another of `rows` agrees with the row on its given name, as far as both say it, and
  /// not with its twin.
  bool named_again(Row row, Row twin, std::span<const Row> rows) const;

  const Table& table_;
  const JobSpec& job_;
  const RecordComparer& comparer_;
  const Column* given_column_ = nullptr;
  const Column* birth_ = nullptr;
  const Column* family_ = nullptr;
  const Column* household_ = nullptr;
  const Column* mother_ = nullptr;
  const Column* order_ = nullptr;
  std::vector<const Column*> numbers_;
  std::optional<std::size_t> given_;  // its comparison
  std::vector<bool> holds_once_;      // per source: seldom has two records of one person
};

/// The pairs of rows that `signs` keeps apart within the components, those of the links over the
/// threshold and of must-links; none that must-links bring together. Sorted; the same at any thread
/// count. Cost: what apart_in costs.
std::vector<std::pair<Row, Row>> find_twins(const TwinSigns& signs,
                                            const ComponentMembers& components,
                                            std::span<const std::pair<Row, Row>> must_links);

}  // namespace tessera
