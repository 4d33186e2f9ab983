// The program's own operator new: large memory lies in large pages (data/huge_pages.hpp). Not where
// a sanitizer has its own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <cstdlib>
#include <new>

#include "data/huge_pages.hpp"

void* operator new(std::size_t size) {
  for (;;) {
    if (void* memory = tessera::allocate_for_random_reads(size)) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
  std::free(memory);
}

#endif
