// A text written to a file that the user named.
#pragma once

#include <string>
#include <string_view>

namespace tessera {

/// Writes the file anew. Throws Error(kResource) if it cannot be written whole.
void write_text_file(const std::string& path, std::string_view text);

}  // namespace tessera
