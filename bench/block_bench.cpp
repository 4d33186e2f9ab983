// Blocking: each key function once per distinct value, keys per row, grouping, and all rules of a
// job. Rates are values, rows or keys a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bench/people_job.hpp"
#include "blocking/blocks.hpp"
#include "blocking/key_values.hpp"
#include "blocking/row_keys.hpp"

namespace tessera {
namespace {

using bench::people_job;

std::int64_t count_of(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

const Column& column_named(std::string_view name) {
  const std::vector<Column>& columns = people_job().table.columns;
  return *std::find_if(columns.begin(), columns.end(),
                       [&](const Column& column) { return column.name == name; });
}

KeyPart part_of(KeyFunction function, std::string_view attribute, std::uint32_t length = 0) {
  const Column* first = people_job().table.columns.data();
  return {function, static_cast<std::uint32_t>(&column_named(attribute) - first), length, {}};
}

/// A key function with the column it is measured on, and one key that was worked out by hand.
struct KeyCase {
  const char* name;
  KeyFunction function;
  const char* attribute;
  std::uint32_t length;
  const char* text;
  std::vector<std::string> keys;
};

const std::vector<KeyCase>& key_cases() {
  static const std::vector<KeyCase> kCases = {
      {"value", KeyFunction::kValue, "family_name", 0, "thapa", {"thapa"}},
      {"prefix", KeyFunction::kPrefix, "family_name", 3, "thapa", {"tha"}},
      {"suffix", KeyFunction::kSuffix, "family_name", 3, "thapa", {"apa"}},
      {"year", KeyFunction::kYear, "birth_date", 0, "1992-10-14", {"1992"}},
      {"month", KeyFunction::kMonth, "birth_date", 0, "1992-10-14", {"10"}},
      {"day", KeyFunction::kDay, "birth_date", 0, "1992-10-14", {"14"}},
      {"soundex", KeyFunction::kSoundex, "family_name", 0, "ashcraft", {"A261"}},
      {"nysiis", KeyFunction::kNysiis, "family_name", 0, "knuth", {"NAT"}},
      {"metaphone", KeyFunction::kMetaphone, "family_name", 0, "metaphone", {"MTFN"}},
      {"double_metaphone",
       KeyFunction::kDoubleMetaphone,
       "family_name",
       0,
       "smith",
       {"SM0", "XMT"}},
      {"tokens", KeyFunction::kTokens, "given_name", 0, "khaleda jahan", {"jahan", "khaleda"}},
      {"initials", KeyFunction::kInitials, "given_name", 0, "khaleda jahan", {"j k"}},
      {"sorted_tokens",
       KeyFunction::kSortedTokens,
       "given_name",
       0,
       "khaleda jahan",
       {"jahan khaleda"}},
      {"digits", KeyFunction::kDigits, "phone", 0, "076-230", {"076230"}},
  };
  return kCases;
}

void key_function(benchmark::State& state, const KeyCase& known) {
  const KeyPart part = part_of(known.function, known.attribute, known.length);
  const Column& column = people_job().table.columns[part.attribute];
  PartKeys keys;
  for (auto _ : state) {
    keys = evaluate_part(part, people_job().table).first;
    benchmark::DoNotOptimize(keys.numbers.data());
  }
  std::set<std::string> distinct;
  for (Code code = 1; code < column.values.size(); ++code) {
    for (std::string& key : key_texts(part, column.values[code])) distinct.insert(std::move(key));
  }
  std::vector<std::string> got = key_texts(part, known.text);
  std::sort(got.begin(), got.end());
  if (got != known.keys) state.SkipWithError("the known key is wrong");
  if (*std::max_element(keys.numbers.begin(), keys.numbers.end()) != distinct.size()) {
    state.SkipWithError("the numbers of the keys are not one for each distinct key");
  }
  state.SetItemsProcessed(state.iterations() * (count_of(column.values.size()) - 1));
}

const bool kKeysRegistered = [] {
  for (const KeyCase& known : key_cases()) {
    const std::string name = std::string("key_") + known.name;
    benchmark::RegisterBenchmark(name.c_str(),
                                 [&known](benchmark::State& state) { key_function(state, known); })
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->UseRealTime();
  }
  return true;
}();

/// The keys of one rule of two parts, as blocking binds them.
struct RuleKeys {
  const Column& family = column_named("family_name");
  const Column& date = column_named("birth_date");
  KeyPart soundex_part = part_of(KeyFunction::kSoundex, "family_name");
  KeyPart year_part = part_of(KeyFunction::kYear, "birth_date");
  PartColumns soundex = evaluate_part(soundex_part, people_job().table);
  PartColumns year = evaluate_part(year_part, people_job().table);

  std::vector<BoundPart> parts() const {
    return {bind_part(soundex_part, people_job().table, soundex),
            bind_part(year_part, people_job().table, year)};
  }
};

std::size_t rows_with_both(const RuleKeys& rule) {
  std::size_t rows = 0;
  for (Row row = 0; row < people_job().table.size(); ++row) {
    const Code family = rule.family.codes[row];
    const Code date = rule.date.codes[row];
    rows += rule.soundex.first.offsets[family] != rule.soundex.first.offsets[family + 1] &&
                    rule.year.first.offsets[date] != rule.year.first.offsets[date + 1]
                ? 1
                : 0;
  }
  return rows;
}

void row_keys_of_two_parts(benchmark::State& state) {
  const RuleKeys rule;
  const Row rows = people_job().table.size();
  std::vector<RowKey> keys;
  for (auto _ : state) {
    keys = row_keys(rows, rule.parts());
    benchmark::DoNotOptimize(keys.data());
  }
  if (keys.size() != rows_with_both(rule)) state.SkipWithError("a row lacks its key");
  state.SetItemsProcessed(state.iterations() * count_of(rows));
}

void group_row_keys(benchmark::State& state) {
  const RuleKeys rule;
  const std::vector<RowKey> unsorted = row_keys(people_job().table.size(), rule.parts());
  std::vector<RowKey> keys;
  for (auto _ : state) {
    state.PauseTiming();
    keys = unsorted;
    state.ResumeTiming();
    sort_row_keys(keys);
  }
  std::vector<RowKey> expected = unsorted;
  std::sort(expected.begin(), expected.end(), [](const RowKey& a, const RowKey& b) {
    return std::pair(a.key, a.row) < std::pair(b.key, b.row);
  });
  if (keys != expected) state.SkipWithError("not the order of std::sort");
  state.SetItemsProcessed(state.iterations() * count_of(unsorted.size()));
  state.SetBytesProcessed(state.iterations() * count_of(unsorted.size() * sizeof(RowKey)));
}

// Pairs that share a key under a rule whose parts have one key a row, counted by the keys' texts.
std::uint64_t pairs_by_texts(const Table& table, const BlockingRule& rule) {
  std::map<std::string, std::uint64_t> sizes;
  for (Row row = 0; row < table.size(); ++row) {
    std::string joined;
    bool complete = true;
    for (const KeyPart& part : rule.parts) {
      const Column& column = table.columns[part.attribute];
      const Code code = column.codes[row];
      const std::vector<std::string> keys =
          code == kMissing ? std::vector<std::string>{} : key_texts(part, column.values[code]);
      complete = complete && !keys.empty();
      if (complete) joined += keys.front() + '\n';
    }
    if (complete) ++sizes[joined];
  }
  std::uint64_t pairs = 0;
  for (const auto& [key, size] : sizes) pairs += size * (size - 1) / 2;
  return pairs;
}

std::uint64_t pairs_in(const RuleBlocks& blocks) {
  const Members members = list_members(blocks);
  std::uint64_t pairs = 0;
  for (std::size_t block = 1; block < members.starts.size(); ++block) {
    const std::uint64_t size = members.starts[block] - members.starts[block - 1];
    pairs += size * (size - 1) / 2;
  }
  return pairs;
}

void block_rows_of_eleven_rules(benchmark::State& state) {
  const bench::PeopleJob& people = people_job();
  Blocking blocking;
  for (auto _ : state) {
    blocking = block_rows(people.table, people.job.rules, {});
    benchmark::DoNotOptimize(blocking.rules.data());
  }
  for (std::size_t r = 0; r < blocking.rules.size(); ++r) {
    const RuleBlocks& rule = blocking.rules[r];
    if (!rule.is_single() || rule.blocks_split > 0) continue;
    if (pairs_in(rule) != pairs_by_texts(people.table, people.job.rules[r])) {
      state.SkipWithError("a rule's pairs are not those of its keys");
    }
  }
  state.SetItemsProcessed(state.iterations() * count_of(people.table.size()) *
                          count_of(people.job.rules.size()));
}

BENCHMARK(row_keys_of_two_parts)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(group_row_keys)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(block_rows_of_eleven_rules)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace tessera
