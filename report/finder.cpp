#include "report/finder.hpp"

#include <algorithm>
#include <set>

#include "data/clean_kinds.hpp"
#include "data/error.hpp"
#include "data/romanise.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr std::size_t kFewestDigits = 4;      // of a number worth looking for
constexpr std::uint32_t kMostRows = 1 << 16;  // looked at: some milliseconds
constexpr std::uint32_t kRowsAPerson = 6;     // found for each that is to be shown
constexpr double kUnitsPerBit = 64.0;

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// A term as a value of that kind, as a clean column holds it; empty if it can be none.
std::string as_value(std::string_view term, Kind kind) {
  std::string text = clean_value(term, kind, {}, std::nullopt).text;
  if (kind == Kind::kPhone || kind == Kind::kIdentifier) {
    if (count_digits(text) < kFewestDigits) return {};
  }
  if (has_script(kind) && has_other_script(text)) text = romanise(text);
  return text;
}

std::string as_pattern(std::string_view term, Kind kind) {
  std::string pattern;
  for (const char c : fold(term)) {
    const bool upper = kind == Kind::kIdentifier || kind == Kind::kPostcode;
    pattern += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return pattern;
}

// Whether a field of the index holds an attribute, or only what is derived from some.
bool has_attribute(const IndexField& field, const JobSpec& job) {
  return field.columns.front() < job.attributes.size();
}

}  // namespace

Finder::Finder(const KnownRecords& known)
    : known_(known), columns_(known.job), search_(known.index) {}

void Finder::add_term(std::string_view term, std::uint32_t number,
                      std::vector<QueryWord>& words) const {
  std::optional<std::size_t> named;
  if (const std::size_t colon = term.find(':'); colon != std::string_view::npos) {
    named = columns_.attribute(term.substr(0, colon));
    if (named) term.remove_prefix(colon + 1);
  }
  const bool is_pattern = term.find('*') != std::string_view::npos;
  for (std::size_t f = 0; f < known_.index.fields().size(); ++f) {
    const IndexField& field = known_.index.fields()[f];
    if (!has_attribute(field, known_.job)) continue;
    const bool of_named =
        named &&
        std::ranges::find(field.columns, static_cast<std::uint32_t>(*named)) != field.columns.end();
    if (named && !of_named) continue;
    if (is_pattern) {
      if (!named && !has_script(field.kind)) continue;
      words.push_back({f, as_pattern(term, field.kind), number, true});
      continue;
    }
    for (ValueWord& word : words_of(field.kind, as_value(term, field.kind))) {
      words.push_back({f, std::move(word.text), number, false});
    }
  }
}

std::vector<QueryWord> Finder::words_of_text(std::string_view text) const {
  std::vector<QueryWord> words;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\n,;"), text.size());
    if (end > 0 && number < NearestSearch::kMostQueryWords) {
      add_term(text.substr(0, end), number++, words);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::vector<FindHit> Finder::find(std::string_view text, const FindOptions& options) {
  if (!is_utf8(text)) throw Error(ErrorCode::kUsage, "the text", "is not UTF-8");
  const std::vector<QueryWord> words = words_of_text(text);
  if (words.empty()) {
    throw Error(ErrorCode::kUsage, "the text",
                "has no word to look for; write as in \"amina nalule 1987 gulu\"");
  }
  NearestOptions how;
  how.top = options.every_record ? options.count : options.count * kRowsAPerson;
  how.most_rows = kMostRows;
  const std::vector<bool> open(known_.sources.size(), true);
  std::vector<FindHit> hits;
  std::set<Code> seen;
  for (const Near& near : search_.near_words(words, open, how).rows) {
    if (hits.size() == options.count) break;
    const Code entity = known_.entity[near.row];
    if (!options.every_record && entity != kMissing && !seen.insert(entity).second) continue;
    hits.push_back({near.row, known_.is_golden(near.row), known_.entities[entity],
                    static_cast<double>(near.likeness) / kUnitsPerBit});
  }
  return hits;
}

}  // namespace tessera
