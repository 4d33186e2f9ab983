// Errors of one kind, put into a value on purpose: what the index is to find through.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "data/dictionary.hpp"
#include "data/kind.hpp"

namespace tessera::bench {

/// Draws from a seed: the same on every machine.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t n) { return mix64(++state_ * 0x2545f4914f6cdd1dULL) % n; }

 private:
  std::uint64_t state_;
};

enum class ErrorKind : std::uint8_t {
  kNone,
  kInsert,
  kDelete,
  kSubstitute,
  kTranspose,
  kFirstLetter,
  kTwoEdits,
  kJoinedOrSplit,
  kCyrillic,
  kArabic,
};

std::span<const ErrorKind> all_error_kinds();
std::string_view error_kind_name(ErrorKind kind);

/// The value with that error: in one letter of each word, or of the value as a whole. Of a date, a
/// digit of its day, month or year is another (day and month change places where letters are
/// transposed); sex stays. Scripts: names as written in another script, romanised as cleaning does.
std::string with_error(ErrorKind error, Kind kind, const std::string& value, Draw& draw);

}  // namespace tessera::bench
