#include "data/free_memory.hpp"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace tessera {

void release_free_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace tessera
