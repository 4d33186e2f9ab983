// A person's identifier: opaque letters from the system's random source, with a check letter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tessera {

/// The 23 letters of identifiers, by value. Look-alikes are left out: of 0 O, 1 I L, 2 Z, 5 S, 8 B
/// and U V nothing is there to be misread.
inline constexpr std::string_view kIdentifierLetters = "34679ACDEFGHJKMNPQRTWXY";

/// Letters of an identifier, the last of them the check letter; written in groups of four.
inline constexpr std::size_t kIdentifierLength = 16;
inline constexpr std::size_t kIdentifierGroup = 4;

/// The letters of an identifier by value, 0 … 22.
using IdentifierValues = std::array<std::uint8_t, kIdentifierLength>;

/// The check value of the first 15 letters: the one c with Σ i · v_i + 16 · c ≡ 0 (mod 23), i from
/// 1. Weights 1 … 16 are distinct and not 0 modulo the prime 23, so a changed letter, and any two
/// letters exchanged, leave another sum: every single substitution and every transposition is
/// caught, adjacent or not. Source: the scheme of ISBN-10 (ISO 2108:1978, modulo 11) over a larger
/// prime; J. Verhoeff, Error Detecting Decimal Codes (1969), chapter 2.
std::uint8_t identifier_check(std::span<const std::uint8_t, kIdentifierLength - 1> values);

/// `3C4F-…`: 16 letters in groups of four, the check letter worked out from the others.
std::string identifier_text(std::span<const std::uint8_t, kIdentifierLength - 1> values);

/// Draws fresh identifiers: 15 letters each, drawn evenly (68 bits) from getrandom(2), so that
/// nobody can guess one from another. Never to be copied, nor used on both sides of a fork: both
/// would draw the same.
class IdentifierDraw {
 public:
  IdentifierDraw() = default;
  IdentifierDraw(const IdentifierDraw&) = delete;
  IdentifierDraw& operator=(const IdentifierDraw&) = delete;

  /// Throws Error(kResource) if the system has no randomness.
  std::string next();

 private:
  std::array<unsigned char, 4096> bytes_{};
  std::size_t used_ = sizeof(bytes_);
};

/// What `text` is as an identifier. `fault` is empty if it is one; else it says in one line what is
/// wrong and, where that is known, at which letter.
struct IdentifierReading {
  std::string identifier;  ///< As written by identifier_text; empty if there is a fault.
  std::string fault;
};

/// Reads what a person typed: upper or lower case, with or without hyphens and blanks.
IdentifierReading read_identifier(std::string_view text);

}  // namespace tessera
