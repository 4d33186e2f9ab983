#include "bench/bench_data.hpp"

#include <array>

#include "data/dictionary.hpp"

namespace tessera::bench {
namespace {

constexpr std::array<std::string_view, 24> kSyllables = {
    "ka",  "mi", "ro", "san", "te", "lu", "ben", "dra", "no", "shi", "wa",  "gel",
    "pri", "ha", "do", "mar", "zu", "en", "ti",  "bo",  "ya", "kel", "far", "in"};

// The i-th number of a stream; any order of asking gives the same answers.
std::uint64_t draw(std::uint64_t seed, std::uint64_t i) {
  return mix64(mix64(seed) ^ i);
}

std::string name_of(std::uint64_t number, const NameOptions& options) {
  const std::size_t letters = options.shortest + number % (options.longest - options.shortest + 1);
  std::string name;
  for (std::uint64_t i = 1; name.size() < letters; ++i) {
    name += kSyllables[draw(number, i) % kSyllables.size()];
  }
  name.resize(letters);
  return name;
}

// Rank r of n with a probability that falls about as 1 / r: what names do.
std::uint64_t skewed(std::uint64_t number, std::uint64_t n) {
  const std::uint64_t cut = 1 + mix64(number) % n;
  return number % cut;
}

void append_digits(std::string& out, std::uint64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  if (text.size() < digits) out.append(digits - text.size(), '0');
  out.append(text, 0, digits);
}

void append_date(std::string& out, std::uint64_t number) {
  append_digits(out, 1940 + number % 80, 4);
  out += '-';
  append_digits(out, 1 + number / 80 % 12, 2);
  out += '-';
  append_digits(out, 1 + number / 960 % 28, 2);
}

}  // namespace

std::vector<std::string> invented_names(std::size_t count, const NameOptions& options) {
  std::vector<std::string> names;
  names.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t number = draw(options.seed, i);
    if (i > 0 && number % 4 == 0) {
      std::string changed = names.back();
      changed[number / 4 % changed.size()] = static_cast<char>('a' + number / 64 % 26);
      names.push_back(std::move(changed));
    } else {
      names.push_back(name_of(number, options));
    }
  }
  return names;
}

std::string invented_extract(std::size_t rows, std::uint64_t seed) {
  const std::vector<std::string> given = invented_names(2000, {4, 8, seed + 1});
  const std::vector<std::string> family = invented_names(8000, {5, 10, seed + 2});
  const std::vector<std::string> village = invented_names(900, {6, 11, seed + 3});
  std::string out = "record_id,given_name,family_name,birth_date,sex,village,phone,national_id\n";
  for (std::size_t i = 0; i < rows; ++i) {
    std::uint64_t at = i * 8;
    const auto next = [&] { return draw(seed, at++); };
    const auto is_empty = [&] { return next() % 16 == 0; };
    append_digits(out, i, 9);
    out += ',';
    out += given[skewed(next(), given.size())];
    out += ',';
    out += family[skewed(next(), family.size())];
    out += ',';
    if (!is_empty()) append_date(out, next());
    out += next() % 2 == 0 ? ",f," : ",m,";
    out += village[skewed(next(), village.size())];
    out += ',';
    if (!is_empty()) append_digits(out, 700000000 + next() % 100000000, 9);
    out += ',';
    append_digits(out, mix64(i ^ seed), 10);
    out += '\n';
  }
  return out;
}

}  // namespace tessera::bench
