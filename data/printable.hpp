// Values of records made safe to print on a terminal, and how wide they are there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tessera {

/// `text` without what could act on a terminal or hide what is written: control characters (ESC,
/// line feeds, …), marks that turn the direction of writing and bytes that are no UTF-8 become
/// U+FFFD each. Longer than `most` characters: cut, its last character `…`. REQUIRES: most >= 1.
std::string printable(std::string_view text, std::size_t most);

/// How many columns a text takes on a terminal: its characters, combining marks not counted, East
/// Asian ones (U+1100 … U+115F, U+2E80 … U+FFDC but for half-width forms) counted twice.
std::size_t text_columns(std::string_view text);

}  // namespace tessera
