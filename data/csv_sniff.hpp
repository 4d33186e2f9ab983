// Tells a CSV file's delimiter from its first rows.
#pragma once

#include <string_view>

namespace tessera {

/// The delimiter of comma, semicolon, tab and pipe under which most of the first rows have as many
/// fields as the header; the one with more fields where two do as well, the earlier of the list
/// where those are equal too. A comma if none parts the header. `head`: the start of the file, some
/// rows of it; whole: head is all there is. Cost: one scan of `head` per candidate.
char sniff_delimiter(std::string_view head, bool whole);

}  // namespace tessera
