// Runs the built `tessera` program as a user would, and keeps what it said.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tessera::test {

/// What one run of a program left behind.
struct CommandResult {
  int exit_code = -1;  ///< 128 + n when signal n ended it.
  std::string out;     ///< All of standard output.
  std::string err;     ///< All of standard error.
};

/// Runs `program` with `arguments` in the folder `where` and waits for it. Standard input is empty.
/// `watch`, if given, is told the process's number every half a millisecond while it runs. Throws
/// std::runtime_error if it cannot be started.
CommandResult run_command(const std::filesystem::path& program,
                          const std::vector<std::string>& arguments,
                          const std::filesystem::path& where,
                          const std::function<void(int process)>& watch = nullptr);

/// The text of each file in `folder`, by name; folders within are left out.
std::map<std::string, std::string> read_folder(const std::filesystem::path& folder);

}  // namespace tessera::test
