#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "engine/config_sections.hpp"

namespace tessera {
namespace {

constexpr std::array<std::string_view, 3> kLinkTypes = {"link_and_dedupe", "link_only",
                                                        "dedupe_only"};
constexpr std::string_view kThresholdForm =
    "write a match probability between 0 and 1, or bits of match weight as in \"12 bits\"";

// `12 bits`, `-3.5bits`; nullopt for anything else.
std::optional<double> bits_from_text(const std::string& text) {
  const std::size_t unit = text.rfind("bit");
  if (unit == std::string::npos || (text.substr(unit) != "bits" && text.substr(unit) != "bit")) {
    return std::nullopt;
  }
  std::string amount = text.substr(0, unit);
  while (!amount.empty() && amount.back() == ' ') amount.pop_back();
  if (amount.empty() || amount.find_first_not_of("+-.0123456789eE") != std::string::npos) {
    return std::nullopt;
  }
  char* end = nullptr;
  const double bits = std::strtod(amount.c_str(), &end);
  if (end != amount.c_str() + amount.size() || !std::isfinite(bits)) return std::nullopt;
  return bits;
}

std::optional<Threshold> read_threshold(ConfigReader& thresholds, std::string_view key) {
  const ConfigValue* written = thresholds.value(key);
  if (written == nullptr) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&written->content)) {
    const std::optional<double> bits = bits_from_text(*text);
    if (bits) return Threshold{*bits, true};
    thresholds.problem(key, "this text is no threshold; " + std::string(kThresholdForm));
    return std::nullopt;
  }
  const std::optional<double> probability = thresholds.number(key);
  if (!probability) return std::nullopt;
  if (*probability <= 0.0 || *probability >= 1.0) {
    thresholds.problem(key, "a match probability lies between 0 and 1, both excluded; " +
                                std::string(kThresholdForm));
    return std::nullopt;
  }
  return Threshold{*probability, false};
}

bool is_iso_day(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  const std::chrono::year_month_day day(
      std::chrono::year(std::stoi(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(std::stoi(text.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(std::stoi(text.substr(8, 2)))));
  return day.ok();
}

void read_thresholds(ConfigReader& job, JobSpec& spec) {
  std::optional<ConfigReader> thresholds = job.table("thresholds");
  if (!thresholds) return;
  spec.link_threshold = read_threshold(*thresholds, "link").value_or(spec.link_threshold);
  spec.review_threshold = read_threshold(*thresholds, "review").value_or(spec.review_threshold);
  thresholds->report_unknown();
  if (spec.review_threshold.bits() > spec.link_threshold.bits()) {
    thresholds->problem("review",
                        "the review threshold is over the link threshold, so no pair could be "
                        "reviewed; lower it, or leave both to their defaults (0.95 and 0.50)");
  }
}

}  // namespace

std::span<const std::string_view> link_type_names() {
  return kLinkTypes;
}

JobSpec read_job_settings(ConfigReader& root, const std::filesystem::path& folder) {
  JobSpec spec;
  std::optional<ConfigReader> job = root.table("job");
  if (!job) return spec;
  if (const auto type = job->choice("link_type", kLinkTypes)) {
    spec.link_type = static_cast<LinkType>(*type);
  }
  read_thresholds(*job, spec);
  spec.seed = job->whole("seed").value_or(spec.seed);
  if (const auto today = job->text("today")) {
    if (is_iso_day(*today)) {
      spec.today = *today;
    } else {
      job->problem("today",
                   "this is no day of the calendar; write year-month-day as in 2026-01-31");
    }
  }
  if (const auto share = job->number("max_rejected_share")) {
    spec.max_rejected_share = *share;
    if (*share < 0.0 || *share > 1.0) {
      job->problem("max_rejected_share",
                   "a share of rows lies between 0 and 1; write 0.001 for one row in a thousand");
    }
  }
  if (const auto records = job->whole("max_block_records")) {
    spec.max_block_records = *records;
    if (*records < 2) {
      job->problem(
          "max_block_records",
          "a block of fewer than 2 records holds no pair; write 2 or more (2000 by default)");
    }
  }
  if (const auto nicknames = job->text("nicknames"); nicknames && !nicknames->empty()) {
    spec.nickname_file = (folder / std::filesystem::path(*nicknames)).lexically_normal();
  }
  job->report_unknown();
  return spec;
}

}  // namespace tessera
