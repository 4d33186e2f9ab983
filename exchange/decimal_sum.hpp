// Sums of money, exactly as decimals.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

/// A sum of decimal numbers, exact to six places.
class DecimalSum {
 public:
  /// Adds `21100.0`, `-3` or `.5`; empty text adds nothing. False, and the sum as it was, for any
  /// other text, more than six places that are not 0, or a sum beyond ± 9.2 · 10^12.
  bool add(std::string_view text);

  /// Without zeros at its end: `21100`, `0.5`.
  std::string text() const;

  friend bool operator==(const DecimalSum&, const DecimalSum&) = default;

 private:
  std::int64_t millionths_ = 0;
};

}  // namespace tessera
