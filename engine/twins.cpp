// Why not in the weights: a relation "twins" in the mixture takes matches with a wrong given name
// where there are no twins (bench/DEAD_ENDS.md), and the weight of one pair does not know that the
// same registry holds both children under two names. An example: client has Sara and Saba Munena of
// one day and village, crvs has both as well. Sara–Saba across the two weighs 8 bits, as much as
// one child whose name one clerk misheard; but each name stands twice, and each source has both.
#include "engine/twins.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/enumerable_thread_specific.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "data/load_ahead.hpp"
#include "data/scripts.hpp"
#include "data/unicode.hpp"
#include "engine/propose_names.hpp"
#include "engine/union_find.hpp"
#include "scoring/distance.hpp"

namespace tessera {
namespace {

using RowPair = std::pair<Row, Row>;

// Words alike from here on may be one name written twice: no twins by two records of one source.
constexpr double kAlike = 0.90;
// With two numbers, or with each name written so by two clerks, less of a difference is enough.
constexpr double kNearlyEqual = 0.95;
constexpr double kEqual = 1.0;
// A number this many edits off may be a slip of the pen.
constexpr std::uint32_t kSlips = 2;
// A source holds a person twice seldom if its own pairs are one person at less than this share of
// the rate at which its pairs with the other sources are. By generated registries: 0.1 to 0.16 for
// registries with 2 to 4 % duplicates; a list of records with a copy each has 1 or more.
constexpr double kSeldom = 0.25;

constexpr std::size_t kAhead = 8;  // components: about the time that memory takes to come

bool has_meaning(std::string_view name, Meaning meaning) {
  const auto known = meaning_of_name(name);
  return known && known->meaning == meaning;
}

// The columns of the attributes with that meaning.
std::vector<const Column*> columns_of(const Table& table, const JobSpec& job, Meaning meaning) {
  std::vector<const Column*> columns;
  for (std::size_t i = 0; i < job.attributes.size(); ++i) {
    if (has_meaning(job.attributes[i].name, meaning)) columns.push_back(&table.columns[i]);
  }
  return columns;
}

const Column* first_of(const std::vector<const Column*>& columns) {
  return columns.empty() ? nullptr : columns.front();
}

// Whether a source seldom holds a person twice. By the model alone, so that an increment of a
// registry, which holds a part of the records, says the same.
bool holds_once(const SourceFacts& source, const JobSpec& job, const Model& model) {
  double own = -1.0;
  double across = 0.0;
  for (const SourcePairPriors& pair : model.source_pairs) {
    if (pair.left != source.name && pair.right != source.name) continue;
    if (pair.left == pair.right) {
      own = pair.prior;
    } else {
      across = std::max(across, pair.prior);
    }
  }
  if (own < 0) return job.link_type == LinkType::kLinkOnly && across > 0;
  return own < kSeldom * across;
}

// 0 where a row has no value.
Code code_of(const Column* column, Row row) {
  return column == nullptr ? kMissing : column->codes[row];
}

std::vector<std::u32string> words_of(std::string_view text) {
  std::vector<std::u32string> words(1);
  for (const char32_t c : decode_utf8(text)) {
    if (c != U' ') {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool words_alike(const std::u32string& a, const std::u32string& b, double alike) {
  if (a.size() == 1 || b.size() == 1) return a.front() == b.front();  // an initial
  return a == b || jaro_winkler(wide_text(a), wide_text(b)) >= alike;
}

bool has_like(const std::vector<std::u32string>& words, const std::u32string& word, double alike) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::u32string& other) { return words_alike(word, other, alike); });
}

// Whether every word of the shorter name is like a word of the longer.
bool names_alike(std::string_view a, std::string_view b, double alike) {
  std::vector<std::u32string> fewer = words_of(a);
  std::vector<std::u32string> more = words_of(b);
  if (fewer.size() > more.size()) std::swap(fewer, more);
  return !fewer.empty() && std::all_of(fewer.begin(), fewer.end(), [&](const std::u32string& word) {
    return has_like(more, word, alike);
  });
}

// Whether a whole word of a given name stands in a family name: clerks put them into each other's
// column. An initial tells nothing here.
bool stands_in(std::string_view given, std::string_view family) {
  const std::vector<std::u32string> others = words_of(family);
  for (const std::u32string& word : words_of(given)) {
    if (word.size() > 1 && std::any_of(others.begin(), others.end(), [&](const auto& other) {
          return other.size() > 1 && words_alike(word, other, kAlike);
        })) {
      return true;
    }
  }
  return false;
}

// A name in another script may be the same name: no letter of it can be held against another.
bool comparable(const Column& names, Code a, Code b) {
  const auto is_romanised = [&](Code code) { return !names.romanised.of(code).empty(); };
  return is_romanised(a) == is_romanised(b);
}

}  // namespace

TwinSigns::TwinSigns(const Table& table, const JobSpec& job, const Model& model,
                     const RecordComparer& comparer)
    : table_(table),
      job_(job),
      comparer_(comparer),
      birth_(first_of(columns_of(table, job, Meaning::kBirthDate))),
      family_(first_of(columns_of(table, job, Meaning::kFamilyName))),
      household_(first_of(columns_of(table, job, Meaning::kHousehold))),
      mother_(first_of(columns_of(table, job, Meaning::kMotherName))),
      order_(first_of(columns_of(table, job, Meaning::kBirthOrder))) {
  for (const SourceFacts& source : table.sources) {
    holds_once_.push_back(source.duplicate_free || holds_once(source, job, model));
  }
  for (std::size_t c = 0; c < job.comparisons.size(); ++c) {
    const std::uint32_t column = job.comparisons[c].attribute;
    if (given_ || !has_meaning(job.column_name(column), Meaning::kGivenName)) continue;
    given_ = c;
    given_column_ = &table.columns[column];
  }
  for (const Meaning meaning : {Meaning::kNationalId, Meaning::kInsuranceId}) {
    const auto columns = columns_of(table, job, meaning);
    numbers_.insert(numbers_.end(), columns.begin(), columns.end());
  }
}

bool TwinSigns::birth_orders_differ(Row a, Row b) const {
  const Code left = code_of(order_, a);
  const Code right = code_of(order_, b);
  return left != kMissing && right != kMissing && left != right;
}

bool TwinSigns::in_two_households(Row a, Row b) const {
  const Code left = code_of(household_, a);
  const Code right = code_of(household_, b);
  return left != kMissing && right != kMissing && left != right;
}

bool TwinSigns::of_one_family(Row a, Row b) const {
  for (const Column* column : {household_, mother_}) {
    if (code_of(column, a) != kMissing && code_of(column, a) == code_of(column, b)) return true;
  }
  return false;
}

bool TwinSigns::share_a_number(Row a, Row b) const {
  return std::any_of(numbers_.begin(), numbers_.end(), [&](const Column* column) {
    return column->codes[a] != kMissing && column->codes[a] == column->codes[b];
  });
}

bool TwinSigns::numbers_differ(Row a, Row b) const {
  return std::any_of(numbers_.begin(), numbers_.end(), [&](const Column* column) {
    const Code left = column->codes[a];
    const Code right = column->codes[b];
    if (left == kMissing || right == kMissing || left == right) return false;
    const std::u32string x = decode_utf8(column->values[left]);
    const std::u32string y = decode_utf8(column->values[right]);
    return levenshtein(wide_text(x), wide_text(y), kSlips) > kSlips;
  });
}

bool TwinSigns::names_differ(Row a, Row b, double alike) const {
  const Code left = given_column_->codes[a];
  const Code right = given_column_->codes[b];
  if (left == kMissing || right == kMissing || left == right) return false;
  if (!comparable(*given_column_, left, right)) return false;
  const unsigned level = comparer_.level(*given_, a, b);
  if (level == 0) return false;
  switch (job_.comparisons[*given_].levels[level - 1].function) {
    case LevelFunction::kExact:
    case LevelFunction::kSwapped:
    case LevelFunction::kContains:
    case LevelFunction::kInitial:
      return false;
    case LevelFunction::kNickname:
      // Two names that each stand again are two, nicknames of each other or not.
      if (alike < kEqual) return false;
      break;
    default:
      break;
  }
  const std::string_view x = given_column_->in_latin(left);
  const std::string_view y = given_column_->in_latin(right);
  if (names_alike(x, y, alike)) return false;
  const auto in_family_of = [&](std::string_view name, Row other) {
    const Code code = code_of(family_, other);
    return code != kMissing && stands_in(name, family_->in_latin(code));
  };
  return !in_family_of(x, b) && !in_family_of(y, a);
}

bool TwinSigns::named_again(Row row, Row twin, std::span<const Row> rows) const {
  const auto latin = [&](Row of) {
    const Code code = given_column_->codes[of];
    return code == kMissing ? std::string_view() : given_column_->in_latin(code);
  };
  return std::any_of(rows.begin(), rows.end(), [&](Row other) {
    return other != row && other != twin && names_alike(latin(row), latin(other), kEqual) &&
           !names_alike(latin(twin), latin(other), kEqual);
  });
}

bool TwinSigns::is_apart(Row a, Row b, std::span<const Row> rows) const {
  if (birth_orders_differ(a, b)) return true;
  if (given_column_->codes[a] == given_column_->codes[b] || share_a_number(a, b)) return false;
  const SourceId source = table_.row_source[a];
  const SourceId other = table_.row_source[b];
  const bool once =
      holds_once_[static_cast<std::size_t>(source)] && holds_once_[static_cast<std::size_t>(other)];
  if (once && numbers_differ(a, b) && names_differ(a, b, kNearlyEqual)) return true;
  if (source != other || in_two_households(a, b)) return false;
  if ((once || of_one_family(a, b)) && names_differ(a, b, kAlike)) return true;
  return once && names_differ(a, b, kEqual) && named_again(a, b, rows) && named_again(b, a, rows);
}

std::vector<RowPair> TwinSigns::apart_in(std::span<const Row> rows) const {
  std::vector<RowPair> apart;
  std::vector<std::pair<Code, Row>> by_birth;
  by_birth.reserve(rows.size());
  for (const Row row : rows) {
    if (birth_->codes[row] != kMissing) by_birth.emplace_back(birth_->codes[row], row);
  }
  std::sort(by_birth.begin(), by_birth.end());
  const bool of_any_day = by_birth.size() <= kMostOfAnyDay;
  for (std::size_t begin = 0, end = 0; begin < by_birth.size(); begin = end) {
    while (end < by_birth.size() && (of_any_day || by_birth[end].first == by_birth[begin].first)) {
      ++end;
    }
    if (end - begin > kMostOfADay) continue;
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = i + 1; j < end; ++j) {
        const auto [a, b] = std::minmax(by_birth[i].second, by_birth[j].second);
        if (is_apart(a, b, rows)) apart.emplace_back(a, b);
      }
    }
  }
  std::sort(apart.begin(), apart.end());
  return apart;
}

void TwinSigns::prefetch(std::span<const Row> rows) const {
  for (const Row row : rows.first(std::min(rows.size(), kAhead))) {
    load_ahead(&birth_->codes[row]);
    load_ahead(&given_column_->codes[row]);
    for (const Column* column : numbers_) load_ahead(&column->codes[row]);
  }
}

std::vector<RowPair> find_twins(const TwinSigns& signs, const ComponentMembers& components,
                                std::span<const RowPair> must_links) {
  if (!signs.can_tell()) return {};
  oneapi::tbb::enumerable_thread_specific<std::vector<RowPair>> found;
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  oneapi::tbb::parallel_for(Range(0, components.size(), 256), [&](const Range& range) {
    std::vector<RowPair>& apart = found.local();
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      if (i + kAhead < range.end()) signs.prefetch(components[i + kAhead]);
      const auto some = signs.apart_in(components[i]);
      apart.insert(apart.end(), some.begin(), some.end());
    }
  });
  std::vector<RowPair> apart;
  for (const std::vector<RowPair>& some : found)
    apart.insert(apart.end(), some.begin(), some.end());
  if (!must_links.empty()) {
    UnionFind bound(signs.rows());
    for (const auto& [a, b] : must_links) bound.join(a, b);
    std::erase_if(apart, [&](const RowPair& pair) {
      return bound.find(pair.first) == bound.find(pair.second);
    });
  }
  std::sort(apart.begin(), apart.end());
  return apart;
}

}  // namespace tessera
