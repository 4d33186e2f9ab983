// Asks for large memory pages where a table is read in random order.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace tessera {

/// Tells the system that this memory will be read in random order and should lie in pages of 2 MB
/// where it can: a table of 100 MB has 25,000 small pages, and looking up which is where costs more
/// than the read itself. Only advice: nothing happens where the system knows no such pages.
/// REQUIRES: the memory has not been written to yet, or it changes nothing.
void advise_huge_pages(void* memory, std::size_t size_bytes);

/// Has the system supply fresh memory on all threads at once: what one thread is to write next is
/// then there. Most of a first write is the system's clearing of pages. Does nothing where the
/// system has no such call. What the memory holds does not change.
void make_present(void* memory, std::size_t size_bytes);

/// Room for `size` values that are about to be appended, present (make_present) from the first on.
/// REQUIRES: `values` is empty.
template <typename T>
void reserve_present(std::vector<T>& values, std::size_t size) {
  values.reserve(size);
  make_present(values.data(), size * sizeof(T));
}

/// `size` values in such memory, to be written before they are read: whoever writes them first pays
/// for the pages, which parallel writers do in parallel.
template <class T>
std::unique_ptr<T[]> new_in_huge_pages(std::size_t size) {
  auto values = std::make_unique_for_overwrite<T[]>(size);
  advise_huge_pages(values.get(), size * sizeof(T));
  return values;
}

/// As std::malloc, and to be freed as that, but what is large begins where a large page does and is
/// advised. Null where there is no memory. Columns, links and labels are read in the order of
/// clusters or keys, so nearly all that is large here is read in random order: a job of a million
/// records takes a twelfth less of the processors' time.
void* allocate_for_random_reads(std::size_t size_bytes);

}  // namespace tessera
