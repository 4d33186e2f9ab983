#include "registry/check_index.hpp"

#include <algorithm>

#include "data/error.hpp"
#include "engine/resolve.hpp"
#include "registry/key_index.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

std::vector<bool> settled(Store& store, const std::vector<std::int64_t>& rows) {
  std::vector<std::int64_t> pending;
  Statement read = store.database().prepare("SELECT row FROM pending ORDER BY row");
  while (read.step()) pending.push_back(read.number(0));
  std::vector<bool> out;
  for (const std::int64_t row : rows) {
    out.push_back(!std::binary_search(pending.begin(), pending.end(), row));
  }
  return out;
}

void check_postings(Store& store, const PinnedModel& pinned, std::vector<std::string>& faults) {
  StoredRecords records = read_records(store);
  const Table table = clean_records(std::move(records.table), store.job(), pinned.references);
  const KeyIndex index(store.database());
  const auto expected = make_postings(table, store.job(), pinned.references, records.rows,
                                      settled(store, records.rows));
  for (std::size_t rule = 0; rule < expected.size(); ++rule) {
    const std::vector<Posting> have = index.all(rule);
    if (std::includes(have.begin(), have.end(), expected[rule].begin(), expected[rule].end())) {
      continue;
    }
    faults.push_back("index: lacks records of the rule " + store.job().rules[rule].text);
  }
}

}  // namespace

std::vector<std::string> check_index(Store& store) {
  const std::optional<PinnedModel> pinned = store.pinned_model();
  if (!pinned || store.number("index_event") != pinned->event) return {};
  std::vector<std::string> faults;
  try {
    check_postings(store, *pinned, faults);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kDamaged) throw;
    faults.emplace_back(error.what());
  }
  for (const auto& [name, sql] :
       {std::pair("live", "SELECT count(*) FROM record WHERE entity IS NOT NULL"),
        std::pair("living", "SELECT count(*) FROM entity WHERE living = 1"),
        std::pair("queued", "SELECT count(*) FROM queue")}) {
    if (store.number(name) != store.database().number(sql)) {
      faults.push_back("counts: '" + std::string(name) + "' is not what is stored");
    }
  }
  return faults;
}

}  // namespace tessera
