// Asks for large memory pages where a table is read in random order.
#pragma once

#include <cstddef>
#include <vector>

namespace tessera {

/// Tells the system that this memory will be read in random order and should lie in pages of 2 MB
/// where it can: a table of 100 MB has 25,000 small pages, and looking up which is where costs more
/// than the read itself. Only advice: nothing happens where the system knows no such pages.
/// REQUIRES: the memory has not been written to yet, or it changes nothing.
void advise_huge_pages(void* memory, std::size_t size_bytes);

/// Resizes an empty vector to `size` in such memory.
template <class T>
void resize_in_huge_pages(std::vector<T>& vector, std::size_t size) {
  vector.reserve(size);
  advise_huge_pages(vector.data(), size * sizeof(T));
  vector.resize(size);
}

}  // namespace tessera
