// How fast records are looked up among many: `tessera match` and `tessera find`, on one core.
//
//   look_ups FOLDER_OR_REGISTRY [SAMPLES]
//
// Records of the set are drawn and looked up as they are, with a wrong letter in every name and
// half the places (numbers left out), and as free text with a wrong letter in every word. The draws
// are seeded: the same look-ups at every run. Prints a table in Markdown; docs/index.md has it.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "bench/name_errors.hpp"
#include "data/unicode.hpp"
#include "engine/matcher.hpp"
#include "report/finder.hpp"
#include "report/known_people.hpp"

namespace tessera::bench {
namespace {

constexpr ErrorKind kOneLetter[] = {ErrorKind::kInsert, ErrorKind::kDelete, ErrorKind::kSubstitute,
                                    ErrorKind::kTranspose};

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// With a wrong letter in each word; as it is where its letters are of several bytes.
std::string with_wrong_letter(Kind kind, const std::string& value, Draw& draw) {
  std::string wrong = with_error(kOneLetter[draw.below(4)], kind, value, draw);
  return is_utf8(wrong) ? wrong : value;
}

MatchQuery query_of(const KnownRecords& known, Row row) {
  MatchQuery query;
  for (std::size_t a = 0; a < known.job.attributes.size(); ++a) {
    query.texts.emplace_back(known.columns[a].raw_text(row));
  }
  return query;
}

MatchQuery with_wrong_letters(const KnownRecords& known, Row row, Draw& draw) {
  MatchQuery query = query_of(known, row);
  for (std::size_t a = 0; a < query.texts.size(); ++a) {
    const Kind kind = known.job.attributes[a].kind;
    const bool name = kind == Kind::kName || kind == Kind::kPersonName;
    if (kind == Kind::kIdentifier || kind == Kind::kPhone) query.texts[a].clear();
    if (name || (kind == Kind::kPlace && draw.below(2) == 0)) {
      query.texts[a] = with_wrong_letter(kind, query.texts[a], draw);
    }
  }
  return query;
}

// Names, the year of birth and a place, a wrong letter in each word.
std::string as_free_text(const KnownRecords& known, Row row, Draw& draw) {
  std::string text;
  for (std::size_t a = 0; a < known.job.attributes.size(); ++a) {
    const Kind kind = known.job.attributes[a].kind;
    const std::string value(known.columns[a].raw_text(row));
    if (kind == Kind::kDate && value.size() >= 4) text += value.substr(0, 4) + " ";
    if (kind == Kind::kName || kind == Kind::kPersonName || kind == Kind::kPlace) {
      text += with_wrong_letter(kind, value, draw) + " ";
    }
  }
  return text;
}

// The value below which that share of them lies.
double quantile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

void print_row(const std::string& what, const std::vector<double>& each_s, double all_s,
               std::size_t found) {
  const auto looked_up = static_cast<double>(each_s.size());
  fmt::print("| {} | {:.0f} | {:.2f} | {:.2f} | {:.1f} % |\n", what, looked_up / all_s,
             1000.0 * quantile(each_s, 0.5), 1000.0 * quantile(each_s, 0.99),
             100.0 * static_cast<double>(found) / looked_up);
}

void measure_match(const KnownRecords& known, const std::string& what, const std::vector<Row>& rows,
                   const std::vector<MatchQuery>& queries) {
  constexpr std::size_t kBatch = 256;  // as the command takes them
  const Matcher matcher(known, {.threads = 1});
  std::size_t found = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t q = 0; q < queries.size(); q += kBatch) {
    const std::size_t count = std::min(kBatch, queries.size() - q);
    const auto results = matcher.match(std::span(queries).subspan(q, count), {});
    for (std::size_t i = 0; i < count; ++i) {
      const auto& candidates = results[i].candidates;
      found += std::ranges::find(candidates, rows[q + i], &MatchCandidate::row) != candidates.end();
    }
  }
  const double all_s = seconds_since(begin);
  std::vector<double> each_s;
  for (const MatchQuery& query : queries) {
    const auto start = std::chrono::steady_clock::now();
    matcher.match({&query, 1}, {});
    each_s.push_back(seconds_since(start));
  }
  print_row(what, each_s, all_s, found);
}

void measure_find(const KnownRecords& known, const std::vector<Row>& rows,
                  const std::vector<std::string>& texts) {
  Finder finder(known);
  std::vector<double> each_s;
  std::size_t found = 0;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto start = std::chrono::steady_clock::now();
    for (const FindHit& hit : finder.find(texts[i], {})) {
      const bool same = known.entity[hit.row] != kMissing
                            ? known.entity[hit.row] == known.entity[rows[i]]
                            : hit.row == rows[i];
      if (!same) continue;
      ++found;
      break;
    }
    each_s.push_back(seconds_since(start));
  }
  print_row("find: free text, a wrong letter in every word", each_s, seconds_since(begin), found);
}

int run(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "look_ups FOLDER_OR_REGISTRY [SAMPLES]\n");
    return 2;
  }
  const std::size_t samples = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 2000;
  const auto begin = std::chrono::steady_clock::now();
  const KnownPeople people = read_known_people(argv[1], {}, {});
  const KnownRecords& known = people.records;
  fmt::print("{} records; {:.2f} s to begin; the index has {:.0f} bytes a record. {}\n\n",
             known.records, seconds_since(begin),
             static_cast<double>(known.index.size_bytes()) / known.records, people.note);
  Draw draw(11);
  std::vector<Row> rows;
  std::vector<MatchQuery> as_they_are;
  std::vector<MatchQuery> wrong;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < samples; ++i) {
    const auto row = static_cast<Row>(draw.below(known.records));
    rows.push_back(row);
    as_they_are.push_back(query_of(known, row));
    wrong.push_back(with_wrong_letters(known, row, draw));
    texts.push_back(as_free_text(known, row, draw));
  }
  fmt::print(
      "| one core | look-ups/s, 256 together | median ms, alone | p99 ms, alone | found |\n"
      "|---|---|---|---|---|\n");
  measure_match(known, "match: records as they are", rows, as_they_are);
  measure_match(known, "match: a wrong letter in every name and half the places", rows, wrong);
  measure_find(known, rows, texts);
  return 0;
}

}  // namespace
}  // namespace tessera::bench

int main(int argc, char** argv) {
  try {
    return tessera::bench::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "look_ups: error: {}\n", error.what());
    return 1;
  }
}
