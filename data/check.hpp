// A bug stops the program: on in every build; inside hot loops use the debug form.
#pragma once

#include <cstdio>
#include <cstdlib>

#define TESSERA_CHECK(condition)                                                                   \
  do {                                                                                             \
    if (!(condition)) [[unlikely]] {                                                               \
      std::fprintf(stderr, "tessera: bug: %s is false at %s:%d; please report it\n", #condition,   \
                   __FILE__, __LINE__);                                                            \
      std::abort();                                                                                \
    }                                                                                              \
  } while (false)

#ifdef TESSERA_DEBUG_CHECKS
#define TESSERA_DEBUG_CHECK(condition) TESSERA_CHECK(condition)
#else
#define TESSERA_DEBUG_CHECK(condition) static_cast<void>(0)
#endif
