#include "data/scripts.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <vector>

#include "data/unicode.hpp"

namespace tessera {

std::string script_of_text(std::string_view text) {
  struct Count {
    UScriptCode script;
    std::size_t letters;
  };
  std::vector<Count> counts;
  const auto add = [&](UScriptCode script) {
    const auto found = std::ranges::find(counts, script, &Count::script);
    if (found == counts.end()) {
      counts.push_back({script, 1});
    } else {
      ++found->letters;
    }
  };
  for (const char32_t c : decode_utf8(text)) {
    if (c < 0x80) {
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) add(USCRIPT_LATIN);
      continue;
    }
    if (u_isalpha(static_cast<UChar32>(c)) == 0) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    // Common: letters of several scripts, which say nothing.
    if (U_SUCCESS(status) && script != USCRIPT_COMMON && script != USCRIPT_INHERITED) add(script);
  }
  if (counts.empty()) return {};
  return uscript_getName(std::ranges::max_element(counts, {}, &Count::letters)->script);
}

}  // namespace tessera
