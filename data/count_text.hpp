// Counts and sizes as messages say them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

/// `12,345,678`.
std::string with_commas(std::uint64_t number);

/// `1 link`, `0 links`, `12,345 links`; of a word whose plural is not its singular and an s:
/// counted(2, "match", "matches").
std::string counted(std::uint64_t number, std::string_view one, std::string_view many = {});

/// `840 kB`, `412 MB`, `1.3 GB` (powers of ten).
std::string size_text(std::uint64_t size_bytes);

}  // namespace tessera
