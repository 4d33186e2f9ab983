#include "tests/support/evaluation_case.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace tessera::test {
namespace {

/// The words of each entity.
std::vector<std::vector<std::string>> entities_of(const std::string& text) {
  std::vector<std::vector<std::string>> entities(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word == "|") {
      entities.emplace_back();
    } else {
      entities.back().push_back(word);
    }
  }
  return entities;
}

Row row_of(const JobResult& result, const std::string& name) {
  for (Row row = 0; row < result.size(); ++row) {
    if (result.record_ids[row] == name) return row;
  }
  throw std::runtime_error("no record " + name);
}

std::pair<Row, Row> pair_of(const JobResult& result, const std::string& text) {
  const std::size_t dash = text.find('-');
  const Row a = row_of(result, text.substr(0, dash));
  const Row b = row_of(result, text.substr(dash + 1));
  return {std::min(a, b), std::max(a, b)};
}

void join_pairs(Truth& truth) {  // labels by repetition until nothing changes
  std::iota(truth.entity.begin(), truth.entity.end(), 0U);
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : truth.pairs) {
      const std::uint32_t least = std::min(truth.entity[a], truth.entity[b]);
      changed = changed || truth.entity[a] != least || truth.entity[b] != least;
      truth.entity[a] = truth.entity[b] = least;
    }
  }
}

}  // namespace

JobResult evaluation_result(const std::string& scope, const std::string& entities,
                            const std::string& pairs) {
  JobResult result;
  result.link_type = scope == "across"   ? LinkType::kLinkOnly
                     : scope == "within" ? LinkType::kDedupeOnly
                                         : LinkType::kLinkAndDedupe;
  result.link_threshold_bits = 4.0;
  std::map<std::string, std::uint32_t> entity_of;  // in the order of names
  for (const auto& entity : entities_of(entities)) {
    for (const std::string& name : entity) entity_of[name] = result.entities;
    ++result.entities;
  }
  for (const auto& [name, entity] : entity_of) {
    const auto source = static_cast<std::size_t>(name[0] - 'a');
    while (result.sources.size() <= source) {
      result.sources.emplace_back(1, static_cast<char>('a' + result.sources.size()));
    }
    result.row_source.push_back(static_cast<SourceId>(source));
    result.record_ids.append(name);
    result.entity.push_back(entity);
  }
  std::istringstream words(pairs);
  for (std::string word; words >> word;) {
    const std::size_t colon = word.find(':');
    const auto [left, right] = pair_of(result, word.substr(0, colon));
    result.pairs.push_back({left, right, std::stod(word.substr(colon + 1))});
  }
  std::sort(result.pairs.begin(), result.pairs.end(), [](const auto& a, const auto& b) {
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  return result;
}

Truth evaluation_truth(const JobResult& result, const std::string& text, bool of_pairs) {
  Truth truth;
  truth.of_pairs = of_pairs;
  truth.entity.assign(result.size(), kUnjudged);
  if (of_pairs) {
    std::istringstream words(text);
    for (std::string word; words >> word;) truth.pairs.push_back(pair_of(result, word));
    std::sort(truth.pairs.begin(), truth.pairs.end());
    join_pairs(truth);
    return truth;
  }
  std::uint32_t number = 0;
  for (const auto& entity : entities_of(text)) {
    for (const std::string& name : entity) truth.entity[row_of(result, name)] = number;
    ++number;
  }
  return truth;
}

}  // namespace tessera::test
