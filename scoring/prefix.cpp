// What two texts show at first sight: a common prefix, one swap, an initial.
#include <algorithm>
#include <cstddef>
#include <span>

#include "scoring/distance.hpp"

namespace tessera {
namespace {

template <class Char>
std::size_t common_prefix(std::span<const Char> a, std::span<const Char> b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(at_a - a.begin());
}

template <class Char>
bool one_transposition(std::span<const Char> a, std::span<const Char> b) {
  if (a.size() != b.size()) return false;
  const std::size_t at = common_prefix(a, b);
  if (at + 1 >= a.size() || a[at] != b[at + 1] || a[at + 1] != b[at]) return false;
  const std::size_t rest = at + 2;
  return common_prefix(a.subspan(rest), b.subspan(rest)) == a.size() - rest;
}

template <class Char>
bool initial_of(std::span<const Char> initial, std::span<const Char> name) {
  return initial.size() == 1 && name.size() > 1 && initial[0] == name[0];
}

}  // namespace

std::size_t longest_common_prefix(AsciiText a, AsciiText b) {
  return common_prefix(a, b);
}
std::size_t longest_common_prefix(WideText a, WideText b) {
  return common_prefix(a, b);
}

bool is_one_transposition(AsciiText a, AsciiText b) {
  return one_transposition(a, b);
}
bool is_one_transposition(WideText a, WideText b) {
  return one_transposition(a, b);
}

bool is_initial_of(AsciiText initial, AsciiText name) {
  return initial_of(initial, name);
}
bool is_initial_of(WideText initial, WideText name) {
  return initial_of(initial, name);
}

}  // namespace tessera
