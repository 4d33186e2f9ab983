// All the faults of one config, gathered so that the user sees them at once.
#pragma once

#include <string>
#include <vector>

#include "engine/config_tree.hpp"

namespace tessera {

/// Gathers problems while a config is read; then throws them together.
class ConfigProblems {
 public:
  /// `where_name` names the config in messages: its path as the user gave it.
  explicit ConfigProblems(std::string where_name) : where_name_(std::move(where_name)) {}

  /// One problem: where it stands, the key's path (`attribute[2].kind`), and a sentence that names
  /// the fault, why it is one and the next step.
  void add(ConfigPlace place, std::string key, std::string sentence);

  bool empty() const { return problems_.empty(); }

  /// Throws one Error(kUsage) with a line `file:line:column: key: sentence` for each problem, in
  /// the order of the text, if there is any.
  void throw_if_any() const;

 private:
  struct Problem {
    ConfigPlace place;
    std::string key;
    std::string sentence;
  };

  std::string where(const Problem& problem) const;

  std::string where_name_;
  std::vector<Problem> problems_;
};

}  // namespace tessera
