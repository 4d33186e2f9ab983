// Asks the processor for memory that will soon be read or written: a load that nobody waits for.
#pragma once

namespace tessera {

/// Starts to load the line at `address`, which may be anything: a hint that never faults. Unlike
/// the compiler's own function it stays where it is: GCC 12 takes a function that does no more than
/// prefetch for one without effect, and drops calls that it does not inline early. The empty
/// statement, volatile, is the effect. Cost: an instruction.
[[gnu::always_inline]] inline void load_ahead(const void* address) {
  __builtin_prefetch(address);
  asm volatile("" : : "r"(address));
}

/// The same for a line that will be written.
[[gnu::always_inline]] inline void load_ahead_to_write(const void* address) {
  __builtin_prefetch(address, 1);
  asm volatile("" : : "r"(address));
}

}  // namespace tessera
