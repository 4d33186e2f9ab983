#include "cli/job_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "engine/propose_job.hpp"
#include "engine/read_job.hpp"
#include "engine/splink_job.hpp"

namespace tessera {
namespace {

// Whether a file says of itself that it is UTF-16, as spreadsheets save "Unicode text". A pipe is
// not looked into: what is read of it is gone.
bool has_utf16_mark(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  std::array<char, 4> begin{};
  std::ifstream(path, std::ios::binary).read(begin.data(), begin.size());
  const std::string_view bytes(begin.data(), begin.size());
  const bool is_utf32 = bytes == std::string_view("\xff\xfe\0\0", 4);
  return !is_utf32 && (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"));
}

// `NAME=FILE`, or a file named after itself: people.csv.gz → people.
SourceSpec source_of(const std::string& typed) {
  SourceSpec source;
  const std::size_t equals = typed.find('=');
  const bool named = equals != std::string::npos && equals > 0 &&
                     typed.substr(0, equals).find('/') == std::string::npos;
  source.path = named ? typed.substr(equals + 1) : typed;
  source.name = named ? typed.substr(0, equals) : source.path.filename().string();
  if (!named) source.name = source.name.substr(0, source.name.find('.'));
  if (source.path.empty() || source.name.empty()) {
    throw Error(ErrorCode::kUsage, typed, "names no file; write NAME=FILE or FILE");
  }
  if (has_utf16_mark(source.path)) source.encoding = Encoding::kUtf16;
  return source;
}

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw Error(ErrorCode::kUsage, path, "cannot be read; check the path and its permissions");
  }
  return text.str();
}

JobSpec config_or_proposal(const JobOptions& options, const std::vector<SourceSpec>& sources,
                           Console& console) {
  if (!options.config.empty()) return read_job(options.config, sources);
  if (sources.empty()) {
    throw Error(ErrorCode::kUsage, "",
                "no job: name files (tessera link a.csv b.csv) or a config (--config job.toml)");
  }
  console.note("No config: looking at the files to propose a job");
  ProposeOptions how;
  how.ignore = options.ignore;
  ProposedJob proposed = propose_job(sources, how);
  for (const std::string& choice : proposed.choices) console.note("  " + choice);
  for (const std::string& doubt : proposed.doubts) console.warn(doubt);
  return std::move(proposed.job);
}

}  // namespace

std::vector<SourceSpec> sources_of(const std::vector<std::string>& files) {
  std::vector<SourceSpec> sources;
  for (const std::string& typed : files) {
    SourceSpec source = source_of(typed);
    if (std::any_of(sources.begin(), sources.end(),
                    [&](const SourceSpec& other) { return other.name == source.name; })) {
      throw Error(ErrorCode::kUsage, typed,
                  "a second source named '" + source.name + "'; name it with NAME=FILE");
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

void add_job_options(CLI::App& command, JobOptions& options) {
  command.add_option("files", options.files,
                     "Extracts to read: NAME=FILE or FILE (.csv, .csv.gz, .parquet, .ndjson), or\n"
                     "NAME=FORMAT:FILE for what other systems send (tessera import --help)");
  command.add_option("--config", options.config,
                     "The job as TOML; without it one is proposed and written");
  command.add_option("--model", options.model,
                     "A trained model.json, ours or Splink's; not trained again");
  command.add_option("--threads", options.threads, "Threads to use (default: all)")
      ->check(CLI::Range(1U, 1024U));
  command.add_option("--memory", options.memory,
                     "A ceiling such as 800M or 4G: puts on disk what it must, or refuses with "
                     "the size needed (default: none)");
  command
      .add_option("--max-rejected", options.max_rejected_share,
                  "Stop if a larger share of rows is rejected (default 0.001)")
      ->check(CLI::Range(0.0, 1.0));
  command
      .add_option("--ignore", options.ignore, "A column that must not be evidence; may be repeated")
      ->allow_extra_args(false);
  command.add_flag("--quiet", options.quiet, "Say nothing but results, warnings and errors");
}

ChosenJob choose_job(const JobOptions& options, Console& console) {
  ChosenJob chosen;
  const std::vector<SourceSpec> sources = sources_of(options.files);
  const std::string model_text = options.model.empty() ? std::string() : read_text(options.model);
  if (is_splink_json(model_text) && options.config.empty()) {
    SplinkJob splink = splink_job(model_text, options.model, sources);
    for (const std::string& lost : splink.not_carried_over) {
      console.warn("not carried over from " + options.model + ": " + lost);
    }
    chosen.job = std::move(splink.job);
    chosen.model = std::move(splink.model);
  } else {
    chosen.job = config_or_proposal(options, sources, console);
    if (!model_text.empty()) chosen.model = read_model_json(model_text, options.model);
  }
  if (options.max_rejected_share) chosen.job.max_rejected_share = *options.max_rejected_share;
  chosen.limits.threads = options.threads;
  if (!options.memory.empty()) {
    const std::optional<std::uint64_t> size = parse_size(options.memory);
    if (!size) throw Error(ErrorCode::kUsage, "--memory", "is not a size; write 800M or 4G");
    chosen.limits.memory_bytes = *size;
  }
  return chosen;
}

std::optional<std::uint64_t> parse_size(const std::string& text) {
  double value = 0.0;
  const char* end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc() || !(value > 0)) return std::nullopt;
  std::string unit(at, end);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (unit.size() > 1 && unit.back() == 'B') unit.pop_back();
  if (unit.size() > 1 && unit.back() == 'I') unit.pop_back();
  constexpr std::string_view kUnits = "BKMGT";
  const std::size_t power = unit.empty() ? 0 : kUnits.find(unit);
  if (unit.size() > 1 || power == std::string_view::npos) return std::nullopt;
  const double bytes = value * static_cast<double>(std::uint64_t{1} << (10 * power));
  if (!(bytes < 0x1p63)) return std::nullopt;  // infinite, or more than any machine has
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace tessera
