#include "tests/support/tables.hpp"

#include <array>
#include <cstdio>

namespace tessera::test {
namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t n) { return mix64(++state_ * 0x2545f4914f6cdd1dULL) % n; }

 private:
  std::uint64_t state_;
};

std::string typo(std::string text, Random& random) {
  if (text.empty()) return text;
  text[random.below(text.size())] = static_cast<char>('a' + random.below(26));
  return text;
}

}  // namespace

Table make_table(const std::vector<TestColumn>& columns,
                 const std::vector<std::vector<std::string>>& rows,
                 const std::vector<std::uint16_t>& sources) {
  Table table;
  const std::uint16_t last = sources.empty() ? 0 : sources.back();
  for (std::uint16_t s = 0; s <= last; ++s) {
    SourceFacts facts;
    facts.name = sources.empty() ? "s" : "s" + std::to_string(s);
    table.sources.push_back(facts);
  }
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::uint16_t source = sources.empty() ? std::uint16_t{0} : sources[row];
    table.row_source.push_back(static_cast<SourceId>(source));
    table.record_ids.append("r" + std::to_string(row));
    ++table.sources[source].rows_kept;
    ++table.sources[source].rows_read;
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Column column;
    column.name = columns[c].name;
    column.kind = columns[c].kind;
    DictionaryBuilder values;
    for (const std::vector<std::string>& row : rows) column.codes.push_back(values.intern(row[c]));
    column.values = std::move(values).finish();
    column.counts.assign(column.values.size(), 0);
    for (const Code code : column.codes) ++column.counts[code];
    if (has_script(column.kind)) column.romanised = romanise_values(column.values);
    column.raw_codes = column.codes;
    column.raw_values = column.values;
    table.columns.push_back(std::move(column));
  }
  return table;
}

std::vector<TestColumn> people_columns() {
  return {{"given_name", Kind::kName},
          {"family_name", Kind::kName},
          {"birth_date", Kind::kDate},
          {"sex", Kind::kSex},
          {"village", Kind::kPlace}};
}

Table random_people(std::uint32_t rows, std::uint64_t seed, std::uint16_t sources) {
  constexpr std::array<const char*, 8> kGiven = {"amina",  "bikram", "chen",  "dolores",
                                                 "élodie", "fatou",  "grace", "hari"};
  constexpr std::array<const char*, 8> kFamily = {"karki", "lopez",  "mwangi", "nguyen",
                                                  "okoro", "petrov", "rai",    "गुरुङ"};
  Random random(seed);
  std::vector<std::vector<std::string>> people;
  std::vector<std::uint16_t> of;
  for (std::uint32_t row = 0; row < rows; ++row) {
    std::array<char, 16> date{};
    std::snprintf(
        date.data(), date.size(), "19%02u-%02u-%02u", static_cast<unsigned>(50 + random.below(20)),
        static_cast<unsigned>(1 + random.below(12)), static_cast<unsigned>(1 + random.below(28)));
    std::vector<std::string> person = {kGiven[random.below(8)], kFamily[random.below(8)],
                                       date.data(), random.below(2) == 0 ? "f" : "m",
                                       "village " + std::to_string(random.below(6))};
    if (!people.empty() && random.below(2) == 0) {  // often a noisy copy of an earlier person
      person = people[random.below(people.size())];
      if (random.below(3) == 0) person[0] = typo(person[0], random);
      if (random.below(3) == 0) person[1] = typo(person[1], random);
      if (random.below(6) == 0) std::swap(person[0], person[1]);
    }
    for (std::string& value : person) {
      if (random.below(12) == 0) value.clear();
    }
    people.push_back(std::move(person));
    of.push_back(static_cast<std::uint16_t>(std::uint64_t{row} * sources / rows));
  }
  return make_table(people_columns(), people, of);
}

}  // namespace tessera::test
