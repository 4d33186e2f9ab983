#include "scoring/distance.hpp"
#include "scoring/edit_kernel.hpp"

namespace tessera {

std::uint32_t levenshtein(AsciiText a, AsciiText b, std::uint32_t limit) {
  return edit_distance<Swaps::kNo>(a, b, limit);
}

std::uint32_t levenshtein(WideText a, WideText b, std::uint32_t limit) {
  return edit_distance<Swaps::kNo>(a, b, limit);
}

std::uint32_t osa(AsciiText a, AsciiText b, std::uint32_t limit) {
  return edit_distance<Swaps::kYes>(a, b, limit);
}

std::uint32_t osa(WideText a, WideText b, std::uint32_t limit) {
  return edit_distance<Swaps::kYes>(a, b, limit);
}

}  // namespace tessera
