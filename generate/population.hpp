// Makes a population and what three registries know of it: test data of any size, with the truth
// beside it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "generate/population_rates.hpp"

namespace tessera {

inline constexpr std::size_t kGenerateSteps = 4;

/// How far generating is. Step 0 counts households, which is a part of the work though no record is
/// written meanwhile; steps 1, 2 and 3 write client.csv, social.csv and crvs.csv.
struct GenerateProgress {
  unsigned step = 0;
  double share_done = 0.0;                    ///< Of the step, in [0, 1].
  std::array<std::uint64_t, 3> records = {};  ///< Of each file, once counted; 0 before.
};

/// What `tessera generate` is asked for. The same records and seed give the same bytes, at any
/// thread count.
struct GenerateOptions {
  std::filesystem::path folder = {};  ///< Made if absent; files of the same names are replaced.
  std::uint64_t records = 30'000;     ///< Over the three files, exactly: 1 … 1 000 000 000.
  std::uint64_t seed = 1;             ///< Another seed, another population.
  std::uint32_t threads = 0;          ///< 0: all cores.
  double twin_births = kTwinBirth;    ///< Share of the births that are of twins, in [0, 0.5].
  /// Called when a step begins and now and then within it, from one thread at a time. May be empty.
  std::function<void(const GenerateProgress& progress)> progress = {};
};

/// What was made.
struct GenerateSummary {
  struct Source {
    std::string name;  ///< `client`, `social`, `crvs`
    std::filesystem::path path;
    std::uint64_t records = 0;
    std::uint64_t duplicates = 0;  ///< Records beyond the first of their person in this source.
  };
  std::array<Source, 3> sources;
  std::filesystem::path truth;
  std::filesystem::path twin_pairs;  ///< Of twins of whom both have a record.
  std::uint64_t records = 0;         ///< Over the sources.
  std::uint64_t persons = 0;         ///< With a record somewhere: the entities of the truth file.
  std::uint64_t households = 0;      ///< With a record somewhere.
  std::uint64_t twins = 0;           ///< Persons with a record whose twin has one too.
  std::uint64_t villages = 0;
};

/// Writes client.csv, social.csv, crvs.csv, truth.csv (`source,record_id,entity_id`: every
/// record once) and twins.csv (`entity_id,twin_entity_id`: every pair once) into the folder. What
/// they hold and at which rates: docs/generator.md. No file appears before all are complete.
///
/// Memory does not grow with the population but for its villages (60 bytes per 800 persons):
/// households are made when they are written, from their number, once per file. Cost: about 2 µs of
/// one core per record. Throws Error: kUsage if the options are outside their range, kResource if
/// the files cannot be written.
GenerateSummary generate_registries(const GenerateOptions& options);

}  // namespace tessera
