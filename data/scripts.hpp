// In which script a text is written.
#pragma once

#include <string>
#include <string_view>

namespace tessera {

/// The Unicode name of the script that most letters of valid UTF-8 are of (`Latin`, `Arabic`,
/// `Ethiopic`, `Han`, …), ties to the one met first; empty for a text without letters. Cost: one
/// look-up a letter outside ASCII.
std::string script_of_text(std::string_view text);

}  // namespace tessera
