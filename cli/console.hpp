// What a command shows while it works: progress on a terminal, plain lines otherwise; all on
// stderr.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

/// Messages of one command. Colour and bars only on a terminal, never with NO_COLOR set or
/// TERM=dumb.
class Console {
 public:
  explicit Console(bool quiet);
  ~Console();

  /// A stage begins; `number` of `of`. On a terminal a bar with the time still to go, redrawn in
  /// place.
  void stage(std::string_view name, unsigned number, unsigned of);

  /// One line of information. A bar that stands is ended first.
  void note(std::string_view text);

  /// One line that begins with `warning:`.
  void warn(std::string_view text);

 private:
  void end_bar();
  double elapsed_s() const;

  bool quiet_ = false;
  bool terminal_ = false;
  bool colour_ = false;
  bool bar_stands_ = false;
  std::chrono::steady_clock::time_point begin_;
};

/// `0.43 s`, `1 min 12 s`.
std::string duration_text(double elapsed_s);

/// `412 MB`, `1.3 GB` (powers of ten).
std::string size_text(std::uint64_t size_bytes);

}  // namespace tessera
