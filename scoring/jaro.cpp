#include <span>

#include "scoring/distance.hpp"
#include "scoring/jaro_kernel.hpp"

namespace tessera {
namespace {

JaroCounts counts_of(AsciiText a, AsciiText b) {
  if (a.size() > kWordBits || b.size() > kWordBits) return jaro_counts_long(a, b);
  return jaro_counts_word(AsciiStackWords(a, b), a.size(), b);
}

JaroCounts counts_of(WideText a, WideText b) {
  if (a.size() > kWordBits || b.size() > kWordBits) return jaro_counts_long(a, b);
  return jaro_counts_word(StackWords(a), a.size(), b);
}

}  // namespace

double jaro(AsciiText a, AsciiText b) {
  return jaro_score(a.size(), b.size(), counts_of(a, b), 0);
}

double jaro(WideText a, WideText b) {
  return jaro_score(a.size(), b.size(), counts_of(a, b), 0);
}

double jaro_winkler(AsciiText a, AsciiText b) {
  return jaro_score(a.size(), b.size(), counts_of(a, b), winkler_prefix(a, b));
}

double jaro_winkler(WideText a, WideText b) {
  return jaro_score(a.size(), b.size(), counts_of(a, b), winkler_prefix(a, b));
}

}  // namespace tessera
