#include "data/huge_pages.hpp"

#include <sys/mman.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace tessera {

void advise_huge_pages(void* memory, std::size_t size_bytes) {
#ifdef MADV_HUGEPAGE
  constexpr std::size_t kWorthIt = std::size_t{2} << 20;
  if (size_bytes < kWorthIt) return;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size_bytes) / page * page;
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#else
  static_cast<void>(memory);
  static_cast<void>(size_bytes);
#endif
}

void make_present(void* memory, std::size_t size_bytes) {
#ifdef MADV_POPULATE_WRITE
  constexpr std::uintptr_t kPiece = std::uintptr_t{4} << 20;
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + kPiece - 1) / kPiece;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size_bytes) / kPiece;
  tbb::parallel_for(begin, std::max(begin, end), [](std::uintptr_t piece) {
    madvise(reinterpret_cast<void*>(piece * kPiece), kPiece, MADV_POPULATE_WRITE);
  });
#else
  static_cast<void>(memory);
  static_cast<void>(size_bytes);
#endif
}

void* allocate_for_random_reads(std::size_t size_bytes) {
  constexpr std::size_t kHugePage = std::size_t{2} << 20;
  if (size_bytes < kHugePage) return std::malloc(size_bytes == 0 ? 1 : size_bytes);
  void* memory = nullptr;
  if (posix_memalign(&memory, kHugePage, size_bytes) != 0) return nullptr;
  advise_huge_pages(memory, size_bytes);
  return memory;
}

}  // namespace tessera
