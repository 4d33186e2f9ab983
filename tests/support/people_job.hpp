// A small job over random people, blocked and ready to train: what tests of the engine's middle
// start from.
#pragma once

#include <cstdint>

#include "blocking/blocks.hpp"
#include "engine/candidates.hpp"
#include "engine/job.hpp"
#include "engine/record_comparer.hpp"
#include "scoring/pair_space.hpp"
#include "tests/support/tables.hpp"

namespace tessera::test {

/// Attributes, rules (one with several keys a row) and comparisons (given and family swapped) of
/// people_columns().
JobSpec people_job_spec(LinkType type);

struct PeopleJob {
  PeopleJob(std::uint32_t rows, std::uint64_t seed, std::uint16_t sources, LinkType type);
  PeopleJob(const PeopleJob&) = delete;
  PeopleJob& operator=(const PeopleJob&) = delete;

  WalkedTable walked() const { return {table, blocking, space, compared_columns(comparer)}; }

  Table table;
  JobSpec job;
  Blocking blocking;
  PairSpace space;
  NicknameTable nicknames;
  RecordComparer comparer;
};

}  // namespace tessera::test
