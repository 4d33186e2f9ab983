#include "report/job_result.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "data/dictionary.hpp"
#include "data/error.hpp"
#include "engine/run_facts.hpp"
#include "report/record_index.hpp"
#include "report/rows.hpp"

namespace tessera {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw Error(ErrorCode::kUsage, path.string(),
              what + "; give the --out folder of a finished `tessera link`");
}

LinkType link_type_from_name(const std::filesystem::path& path, const std::string& name) {
  for (const LinkType type :
       {LinkType::kLinkAndDedupe, LinkType::kLinkOnly, LinkType::kDedupeOnly}) {
    if (link_type_name(type) == name) return type;
  }
  fail(path, "link_type is none of this program's");
}

void read_run(const std::filesystem::path& path, JobResult& result) {
  std::ifstream file(path);
  if (!file) fail(path, "cannot be read");
  try {
    const auto run = nlohmann::json::parse(file);
    for (const auto& source : run.at("sources")) {
      result.sources.push_back(source.at("name").get<std::string>());
      result.digests.push_back(source.value("digest", ""));
    }
    result.job_digest = run.value("job_digest", "");
    result.model_digest = run.value("model_digest", "");
    result.version = run.value("version", "");
    result.link_type = link_type_from_name(path, run.at("link_type").get<std::string>());
    result.link_threshold_bits = run.at("link_threshold_bits").get<double>();
    result.review_threshold_bits = run.at("review_threshold_bits").get<double>();
    result.pairs_compared = run.at("counts").at("pairs_compared").get<std::uint64_t>();
    result.pairs_possible = run.at("counts").at("pairs_possible").get<std::uint64_t>();
  } catch (const nlohmann::json::exception&) {  // its text may quote the file
    fail(path, "is not the run.json of this program: damaged, or a key is absent");
  }
}

SourceId source_of(const std::filesystem::path& path, const JobResult& result,
                   std::string_view name) {
  const auto found = std::find(result.sources.begin(), result.sources.end(), name);
  if (found == result.sources.end()) fail(path, "names a source that run.json does not");
  return static_cast<SourceId>(found - result.sources.begin());
}

void read_crosswalk(const std::filesystem::path& path, JobResult& result) {
  constexpr std::array<std::string_view, 3> kColumns{"entity_id", "source", "record_id"};
  DictionaryBuilder entities;
  read_own_rows(path, kColumns, [&](std::span<const std::string_view> fields) {
    result.entity.push_back(entities.intern(fields[0]) - 1);
    result.row_source.push_back(source_of(path, result, fields[1]));
    result.record_ids.append(fields[2]);
  });
  result.entities = entities.dictionary().size() - 1;
  result.entity_ids = std::move(entities).finish();
}

/// `least`, `most`: what the file's own name says of its weights, for six decimals may round one
/// across the threshold.
void read_pairs(const std::filesystem::path& path, const RecordIndex& index, double least,
                double most, JobResult& result) {
  constexpr std::array<std::string_view, 5> kColumns{"source_l", "record_id_l", "source_r",
                                                     "record_id_r", "match_weight"};
  const auto first_new = static_cast<std::ptrdiff_t>(result.pairs.size());
  read_own_rows(path, kColumns, [&](std::span<const std::string_view> fields) {
    const auto left = index.find(fields[1], source_of(path, result, fields[0]));
    const auto right = index.find(fields[3], source_of(path, result, fields[2]));
    double weight = 0.0;
    const std::string_view text = fields[4];
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (!left || !right || *left == *right)
      fail(path, "names a record that crosswalk.csv does not");
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
      fail(path, "a match_weight is no number");
    }
    result.pairs.push_back(
        {std::min(*left, *right), std::max(*left, *right), std::clamp(weight, least, most)});
  });
  const auto by_rows = [](const ScoredPair& a, const ScoredPair& b) {
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  };
  const auto middle = result.pairs.begin() + first_new;
  if (!std::is_sorted(middle, result.pairs.end(), by_rows)) {
    std::sort(middle, result.pairs.end(), by_rows);
  }
  std::inplace_merge(result.pairs.begin(), middle, result.pairs.end(), by_rows);
}

}  // namespace

JobResult read_job_result(const std::filesystem::path& folder, ResultParts parts) {
  JobResult result;
  read_run(folder / "run.json", result);
  read_crosswalk(folder / "crosswalk.csv", result);
  if (parts == ResultParts::kWithoutPairs) return result;
  const RecordIndex index(result.record_ids, result.row_source);
  constexpr double kNoBound = std::numeric_limits<double>::infinity();
  const double threshold = result.link_threshold_bits;
  read_pairs(folder / "links.csv", index, threshold, kNoBound, result);
  read_pairs(folder / "review.csv", index, -kNoBound, std::nextafter(threshold, -kNoBound), result);
  return result;
}

}  // namespace tessera
