#include "engine/config_problems.hpp"

#include <algorithm>
#include <tuple>

#include "data/error.hpp"

namespace tessera {

void ConfigProblems::add(ConfigPlace place, std::string key, std::string sentence) {
  problems_.push_back({place, std::move(key), std::move(sentence)});
}

std::string ConfigProblems::where(const Problem& problem) const {
  if (problem.place.line == 0) return where_name_;
  return where_name_ + ":" + std::to_string(problem.place.line) + ":" +
         std::to_string(problem.place.column);
}

void ConfigProblems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> sorted = problems_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  // The first place goes to Error's own `where: `, the others start their lines.
  std::string text;
  for (const Problem& problem : sorted) {
    if (!text.empty()) text += "\n" + where(problem) + ": ";
    text += problem.key.empty() ? problem.sentence : problem.key + ": " + problem.sentence;
  }
  throw Error(ErrorCode::kUsage, where(sorted.front()), text);
}

}  // namespace tessera
