#include "index/form_table.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <vector>

namespace tessera {
namespace {

constexpr std::uint32_t kWordsPerTask = 1 << 14;
constexpr unsigned kMostPartBits = 8;

/// Hashes and their words, in parts by the hash's upper bits: what a part becomes fits in a cache.
struct Parts {
  struct Part {
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> words;  // one a hash
  };
  std::vector<std::vector<Part>> of_task;

  Parts(std::uint32_t words, unsigned part_bits, const FormTable::Hashes& hashes_of)
      : of_task((words + kWordsPerTask - 1) / kWordsPerTask) {
    tbb::parallel_for(std::size_t{0}, of_task.size(), [&](std::size_t task) {
      std::vector<Part>& parts = of_task[task];
      parts.resize(std::size_t{1} << part_bits);
      const std::uint32_t from = static_cast<std::uint32_t>(task) * kWordsPerTask;
      for (std::uint32_t word = from; word < std::min(words, from + kWordsPerTask); ++word) {
        for (const std::uint64_t hash : hashes_of(word)) {
          Part& part = parts[part_bits == 0 ? 0 : hash >> (64 - part_bits)];
          part.hashes.push_back(hash);
          part.words.push_back(word);
        }
      }
    });
  }

  // Calls visit(hash, word) for each of a part.
  template <class Visit>
  void for_each(std::size_t part, const Visit& visit) const {
    for (const std::vector<Part>& parts : of_task) {
      const Part& some = parts[part];
      for (std::size_t i = 0; i < some.hashes.size(); ++i) visit(some.hashes[i], some.words[i]);
    }
  }

  void give_back(std::size_t part) {
    for (std::vector<Part>& parts : of_task) parts[part] = {};
  }
};

}  // namespace

FormTable::FormTable(std::uint32_t words, const Hashes& hashes_of) {
  // About four entries a bucket, at eight hashes a word.
  const unsigned bits =
      std::clamp(static_cast<unsigned>(std::bit_width(std::uint64_t{words} * 2)), 1U, 30U);
  const unsigned part_bits = std::min(bits, kMostPartBits);
  const std::size_t count = std::size_t{1} << part_bits;
  shift_ = 64 - bits;
  Parts parts(words, part_bits, hashes_of);
  std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1, 0);
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t part) {
    parts.for_each(part, [&](std::uint64_t hash, std::uint32_t) { ++starts[hash >> shift_]; });
  });
  std::inclusive_scan(starts.begin(), starts.end(), starts.begin());
  std::vector<Entry> entries(starts.back());
  std::vector<std::size_t> ends;  // of parts, while their neighbours' starts are still moving
  for (std::size_t part = 0; part < count; ++part) {
    ends.push_back(starts[((part + 1) << (bits - part_bits)) - 1]);
  }
  tbb::parallel_for(std::size_t{0}, count, [&](std::size_t part) {
    parts.for_each(part, [&](std::uint64_t hash, std::uint32_t word) {  // ends become starts
      entries[--starts[hash >> shift_]] = {static_cast<std::uint32_t>(hash), word};
    });
    parts.give_back(part);
    const std::size_t buckets = std::size_t{1} << (bits - part_bits);
    for (std::size_t b = part * buckets; b < (part + 1) * buckets; ++b) {
      const std::size_t end = b + 1 < (part + 1) * buckets ? starts[b + 1] : ends[part];
      std::sort(entries.begin() + starts[b], entries.begin() + static_cast<std::ptrdiff_t>(end));
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
