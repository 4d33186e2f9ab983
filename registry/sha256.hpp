// SHA-256 of byte strings, for the ledger's chain.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tessera {

using Sha256 = std::array<unsigned char, 32>;

/// SHA-256 (FIPS 180-4) of `bytes`. Cost: about 0.3 µs for 100 bytes.
Sha256 sha256(std::string_view bytes);

/// Lower-case hex digits, two a byte.
std::string hex_text(std::span<const unsigned char> bytes);

/// The bytes as a text, to be stored or hashed further.
std::string_view byte_view(const Sha256& digest);

}  // namespace tessera
