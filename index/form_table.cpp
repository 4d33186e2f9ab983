#include "index/form_table.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <numeric>

namespace tessera {
namespace {

constexpr std::uint32_t kWordsPerTask = 1 << 12;

// Calls visit(word, hash) for every hash of every word, in parallel.
template <class Visit>
void for_each_hash(std::uint32_t words, const FormTable::Hashes& hashes_of, const Visit& visit) {
  tbb::parallel_for(tbb::blocked_range<std::uint32_t>(0, words, kWordsPerTask),
                    [&](const tbb::blocked_range<std::uint32_t>& range) {
                      for (std::uint32_t word = range.begin(); word < range.end(); ++word) {
                        for (const std::uint64_t hash : hashes_of(word)) visit(word, hash);
                      }
                    });
}

}  // namespace

FormTable::FormTable(std::uint32_t words, const Hashes& hashes_of) {
  // About four entries a bucket, at eight hashes a word.
  const unsigned bits =
      std::clamp(static_cast<unsigned>(std::bit_width(std::uint64_t{words} * 2)), 1U, 30U);
  shift_ = 64 - bits;
  std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1, 0);
  for_each_hash(words, hashes_of, [&](std::uint32_t, std::uint64_t hash) {
    std::atomic_ref(starts[hash >> shift_]).fetch_add(1, std::memory_order_relaxed);
  });
  std::inclusive_scan(starts.begin(), starts.end(), starts.begin());
  std::vector<Entry> entries(starts.back());
  for_each_hash(words, hashes_of, [&](std::uint32_t word, std::uint64_t hash) {
    const std::uint32_t at =  // the ends become the starts
        std::atomic_ref(starts[hash >> shift_]).fetch_sub(1, std::memory_order_relaxed) - 1;
    entries[at] = {static_cast<std::uint32_t>(hash), word};
  });
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, starts.size() - 1, kWordsPerTask),
                    [&](const tbb::blocked_range<std::size_t>& range) {
                      for (std::size_t b = range.begin(); b < range.end(); ++b) {
                        std::sort(entries.begin() + starts[b], entries.begin() + starts[b + 1]);
                      }
                    });
  starts_ = Frozen(std::move(starts));
  entries_ = Frozen(std::move(entries));
}

FormTable::FormTable(SectionReader& from)
    : shift_(static_cast<unsigned>(from.take_number())),
      starts_(from.take<std::uint32_t>()),
      entries_(from.take<Entry>()) {}

void FormTable::put(SectionWriter& into) const {
  into.put(shift_);
  into.put(starts_);
  into.put(entries_);
}

}  // namespace tessera
