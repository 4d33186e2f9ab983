// A query and its candidates are put into a table of their own, with the frequencies that the job
// learned: a pair's weight depends on its two records and on these alone (resolve.hpp), so that it
// is the job's, and nothing has to be prepared for the values of millions of records that are not
// candidates.
#include "engine/matcher.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>

#include "data/clean.hpp"
#include "data/derive.hpp"
#include "data/sort_unique.hpp"
#include "engine/job_aids.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/thread_limit.hpp"
#include "index/nearest.hpp"

namespace tessera {
namespace {

// Rows that the search of equal words looks at: a certain match shares some rare word, and those
// come first.
constexpr std::uint32_t kMostEqualRows = 1 << 10;

// Candidates weighed first; the rest where none of these is a certain match.
constexpr std::uint32_t kWeighedFirst = 16;

constexpr unsigned kNoCertainMatch = 99;  // of least_differing

// Rows of a table and of known records of the same columns in one; of the second only rows that are
// named, and their values.
Table join_rows(const Table& queries, const KnownRecords& known, std::span<const Row> rows) {
  Table both;
  both.sources = queries.sources;
  both.row_source = queries.row_source;
  for (const Row row : rows) both.row_source.push_back(known.row_source[row]);
  for (std::size_t c = 0; c < known.columns.size(); ++c) {
    const Column& left = queries.columns[c];
    const KnownColumn& right = known.columns[c];
    Column& column = both.columns.emplace_back();
    column.name = right.name;
    column.kind = right.kind;
    DictionaryBuilder values;
    column.codes.reserve(both.row_source.size());
    for (const Code code : left.codes) column.codes.push_back(values.intern(left.values[code]));
    for (const Row row : rows) {
      column.codes.push_back(values.intern(right.values[right.codes[row]]));
    }
    column.values = std::move(values).finish();
    column.counts.assign(column.values.size(), 0);
    for (const Code code : column.codes) ++column.counts[code];
    if (has_script(column.kind)) column.romanised = romanise_values(column.values);
  }
  return both;
}

// How many comparisons reached a level other than `exact` and null.
unsigned count_differing(const RecordComparer& comparer, Pattern pattern) {
  unsigned differing = 0;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
    const unsigned level = level_of(pattern, c);
    if (level != kNullLevel && level != comparer.exact_level(c)) ++differing;
  }
  return differing;
}

bool weightier(const MatchCandidate& a, const MatchCandidate& b) {
  return a.weight_bits != b.weight_bits ? a.weight_bits > b.weight_bits : a.row < b.row;
}

}  // namespace

std::string_view match_phase_name(MatchPhase phase) {
  switch (phase) {
    case MatchPhase::kExact:
      return "exact";
    case MatchPhase::kAllButOne:
      return "all_but_one";
    case MatchPhase::kLikeness:
      return "likeness";
  }
  return "";
}

std::string_view match_grade_name(MatchGrade grade) {
  switch (grade) {
    case MatchGrade::kCertainlyNot:
      return "certainly-not";
    case MatchGrade::kPossible:
      return "possible";
    case MatchGrade::kProbable:
      return "probable";
    case MatchGrade::kCertain:
      return "certain";
  }
  return "";
}

MatchGrade match_grade(const JobSpec& job, double weight_bits) {
  const double certain = job.link_threshold.bits();
  const double probable = std::min(certain, job.review_threshold.bits());
  if (weight_bits >= certain) return MatchGrade::kCertain;
  if (weight_bits >= probable) return MatchGrade::kProbable;
  return weight_bits > std::min(probable, -certain) ? MatchGrade::kPossible
                                                    : MatchGrade::kCertainlyNot;
}

struct Matcher::Searches {
  explicit Searches(const ValueIndex& index) : local([&] { return NearestSearch(index); }) {}
  tbb::enumerable_thread_specific<NearestSearch> local;
};

/// Queries under way, cleaned, with what was found for each.
struct Matcher::Batch {
  Table queries;
  std::vector<Row> open;                  // queries still to be searched
  std::vector<std::vector<Near>> found;   // size queries: of the phase at hand
  std::vector<MatchResult> results;       // size queries
  std::vector<unsigned> least_differing;  // size queries: of certain matches
};

Matcher::Matcher(const KnownRecords& known, const RunLimits& limits)
    : known_(known),
      limits_(limits),
      nicknames_(job_nicknames(known_.job)),
      open_(known_.sources.size(), true) {
  const std::vector<std::uint32_t> compared = compared_columns(known_.job);
  for (const IndexField& field : known_.index.fields()) {
    std::vector<std::uint32_t>& columns = compared_.emplace_back();
    for (const std::uint32_t column : field.columns) {
      if (std::ranges::find(compared, column) != compared.end()) columns.push_back(column);
    }
  }
  searches_ = std::make_unique<Searches>(known_.index);
}

Matcher::~Matcher() = default;

Table Matcher::clean(std::span<const MatchQuery> queries, std::optional<SourceId> source) const {
  // The queries' source comes last, or is one of the job's.
  std::vector<SourceSpec> specs = known_.job.sources;
  std::vector<ColumnKnowledge> knowledge = known_.references.cleaning;
  RawTable raw;
  for (const SourceSpec& spec : specs) raw.sources.emplace_back().name = spec.name;
  if (!source) {
    specs.emplace_back();
    raw.sources.emplace_back();
    for (ColumnKnowledge& of : knowledge) {
      if (!of.m_is_woman.empty()) of.m_is_woman.push_back(false);
    }
  }
  raw.row_source.assign(queries.size(),
                        source.value_or(static_cast<SourceId>(raw.sources.size() - 1)));
  for (std::size_t q = 0; q < queries.size(); ++q) raw.record_ids.append(std::to_string(q));
  for (std::size_t a = 0; a < known_.job.attributes.size(); ++a) {
    RawColumn& column = raw.columns.emplace_back();
    DictionaryBuilder values;
    for (const MatchQuery& query : queries) column.codes.push_back(values.intern(query.texts[a]));
    column.values = std::move(values).finish();
  }
  const CleanOptions options{known_.job.today, knowledge};
  Table table = clean_table(std::move(raw), known_.job.attributes, specs, options).table;
  append_derived(known_.job.derived, table);
  return table;
}

// The words of a cleaned record that are compared, by the index's fields.
std::vector<QueryWord> Matcher::words_of_query(const Table& queries, Row row) const {
  std::vector<QueryWord> words;
  for (std::size_t f = 0; f < compared_.size(); ++f) {
    for (const std::uint32_t c : compared_[f]) {
      const Column& column = queries.columns[c];
      if (column.codes[row] == kMissing) continue;
      const Kind kind = known_.index.fields()[f].kind;
      for (ValueWord& word : words_of(kind, column.in_latin(column.codes[row]))) {
        words.push_back({f, std::move(word.text)});
      }
    }
  }
  return words;
}

void Matcher::search(Batch& batch, bool near, const MatchOptions& options) const {
  NearestOptions how;
  how.top = std::max(options.to_weigh, options.count);
  if (!options.thorough) how.sure = std::max(kWeighedFirst, options.count);
  how.end = known_.records;
  how.near_words = near;
  if (!near) how.most_rows = kMostEqualRows;
  tbb::parallel_for(std::size_t{0}, batch.open.size(), [&](std::size_t i) {
    const Row query = batch.open[i];
    NearestRows rows =
        searches_->local.local().near_words(words_of_query(batch.queries, query), open_, how);
    batch.found[query] = std::move(rows.rows);
    batch.results[query].complete = rows.complete;
  });
}

// Weighs the most alike of what was found, `most` a query.
void Matcher::weigh(Batch& batch, std::size_t most, const MatchOptions& options) const {
  const auto to_weigh = [&](Row query) {
    const std::vector<Near>& found = batch.found[query];
    return std::span(found).first(std::min(found.size(), most));
  };
  if (batch.open.empty()) return;
  std::vector<Row> rows;
  for (const Row query : batch.open) {
    for (const Near& near : to_weigh(query)) rows.push_back(near.row);
  }
  sort_unique(rows);
  Table both = join_rows(batch.queries, known_, rows);
  set_frequencies(both, known_.references.frequencies);
  const RecordComparer comparer(both, known_.job.comparisons, nicknames_,
                                RecordComparer::Bounds::kNone);
  const PairWeigher weigher(known_.model, both, comparer);
  const Row queries = batch.queries.size();
  const double certain_bits = known_.job.link_threshold.bits();
  tbb::parallel_for(std::size_t{0}, batch.open.size(), [&](std::size_t i) {
    const Row query = batch.open[i];
    MatchResult& result = batch.results[query];
    result.candidates.clear();
    result.weighed = static_cast<std::uint32_t>(to_weigh(query).size());
    unsigned& differing = batch.least_differing[query] = kNoCertainMatch;
    for (const Near& near : to_weigh(query)) {
      const auto place = std::lower_bound(rows.begin(), rows.end(), near.row) - rows.begin();
      const Row candidate = queries + static_cast<Row>(place);
      const Pattern pattern = comparer.pattern(query, candidate);
      const double weight = weigher.weight_bits(pattern, query, candidate);
      result.candidates.push_back({near.row, pattern, weight});
      if (weight >= certain_bits) {
        differing = std::min(differing, count_differing(comparer, pattern));
      }
    }
    std::sort(result.candidates.begin(), result.candidates.end(), weightier);
    if (result.candidates.size() > options.count) result.candidates.resize(options.count);
  });
}

std::vector<MatchResult> Matcher::match(std::span<const MatchQuery> queries,
                                        const MatchOptions& options) const {
  const ThreadLimit threads(limits_);
  Batch batch;
  if (queries.empty()) return {};
  batch.queries = clean(queries, options.source);
  batch.found.resize(queries.size());
  batch.results.resize(queries.size());
  batch.least_differing.assign(queries.size(), kNoCertainMatch);
  for (Row query = 0; query < queries.size(); ++query) batch.open.push_back(query);
  const std::size_t first = std::max(kWeighedFirst, options.count);
  if (!options.thorough) {
    search(batch, false, options);
    weigh(batch, first, options);
    std::erase_if(batch.open, [&](Row query) {
      const unsigned differing = batch.least_differing[query];
      if (differing > 1) return false;
      batch.results[query].phase = differing == 0 ? MatchPhase::kExact : MatchPhase::kAllButOne;
      return true;
    });
  }
  search(batch, true, options);
  if (!options.thorough) {
    weigh(batch, first, options);
    std::erase_if(batch.open, [&](Row query) {
      return batch.least_differing[query] != kNoCertainMatch || batch.found[query].size() <= first;
    });
  }
  weigh(batch, std::max(options.to_weigh, options.count), options);
  return std::move(batch.results);
}

}  // namespace tessera
