// The one exception for a bad request: thrown at the edges, caught once, in main.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace tessera {

/// What a caller must do about it; the value is the command's exit code (DESIGN: Commands).
enum class ErrorCode : std::uint8_t {
  kRefused = 1,   ///< A gate said no: too many rejected rows, a negative answer.
  kUsage = 2,     ///< The command line, the config or an input file is not as it must be.
  kBusy = 3,      ///< The store is in use.
  kDamaged = 4,   ///< The store or a file of ours is damaged or newer than this program.
  kResource = 5,  ///< Disk, memory or permission.
};

/// A bad request, said in one line: `where: what`. `where` is `file:line:column`, a config key or
/// an option; `what` names the fault, why it is one, and the next step. Never a field's value.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, std::string where, std::string what)
      : std::runtime_error(where.empty() ? what : where + ": " + what),
        code_(code),
        where_(std::move(where)) {}

  ErrorCode code() const { return code_; }
  const std::string& where() const { return where_; }

 private:
  ErrorCode code_;
  std::string where_;
};

}  // namespace tessera
