// Phonetic codes of names of 5 to 10 letters, as blocking takes them: once per distinct value.
// Rates are names a second.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/bench_data.hpp"
#include "data/phonetic.hpp"

namespace tessera {
namespace {

const std::vector<std::string>& names() {
  static const std::vector<std::string> kSample = bench::invented_names(4096, {5, 10, 2});
  return kSample;
}

/// A name and the code that its algorithm's reference gives it.
struct Known {
  const char* name;
  const char* code;
};

template <class Encode>
void encode_all(benchmark::State& state, const Encode& encode, const Known& known) {
  std::size_t letters = 0;
  for (auto _ : state) {
    letters = 0;
    for (const std::string& name : names()) letters += encode(name).size();
    benchmark::DoNotOptimize(letters);
  }
  if (encode(known.name) != known.code) state.SkipWithError("a known code is wrong");
  if (letters < names().size()) state.SkipWithError("some name has no code");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(names().size()));
}

void soundex_code(benchmark::State& state) {
  encode_all(state, [](std::string_view name) { return soundex(name); }, {"Ashcraft", "A261"});
}
void nysiis_code(benchmark::State& state) {
  encode_all(state, [](std::string_view name) { return nysiis(name); }, {"Knuth", "NAT"});
}
void metaphone_code(benchmark::State& state) {
  encode_all(state, [](std::string_view name) { return metaphone(name); }, {"metaphone", "MTFN"});
}
void double_metaphone_code(benchmark::State& state) {
  encode_all(state, [](std::string_view name) { return double_metaphone(name, 4).primary; },
             {"Smith", "SM0"});
}

BENCHMARK(soundex_code);
BENCHMARK(nysiis_code);
BENCHMARK(metaphone_code);
BENCHMARK(double_metaphone_code);

}  // namespace
}  // namespace tessera
