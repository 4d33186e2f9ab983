// What the index finds: pairs completeness of its best k on a linked job with known truth, and the
// recall of a record with an error of one kind in every name, place and date.
//
//   index_recall FOLDER [TRUTH...]   FOLDER: --out of a finished `tessera link`
//
// Times are of processor, not of the wall. The errors are seeded: the same figures at every run.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include "bench/name_errors.hpp"
#include "data/sort_unique.hpp"
#include "engine/job_aids.hpp"
#include "index/nearest.hpp"
#include "report/evaluation.hpp"
#include "report/job_folder.hpp"
#include "report/truth.hpp"

namespace tessera::bench {
namespace {

constexpr std::size_t kTops[] = {10, 20, 50};
constexpr Row kSampled = 2000;

double processor_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Every record looked up: what share of the true pairs its best k hold.
void measure_completeness(const JobFolder& read, const ValueIndex& index, const Truth& truth) {
  using RowPair = std::pair<Row, Row>;
  NearestSearch search(index);
  const std::vector<bool> open(read.clean.table.sources.size(), true);
  for (const std::size_t top : kTops) {
    NearestOptions options;
    options.top = static_cast<std::uint32_t>(top);
    std::vector<RowPair> pairs;
    std::uint64_t looked_at = 0;
    std::uint64_t cut = 0;
    const double begin = processor_s();
    for (Row row = 0; row < index.rows(); ++row) {
      const NearestRows found = search.near_row(row, open, options);
      looked_at += found.looked_at;
      cut += found.complete ? 0 : 1;
      for (const Near& near : found.rows) pairs.push_back(std::minmax(row, near.row));
    }
    const double elapsed = processor_s() - begin;
    sort_unique(pairs);
    EvaluationOptions how;
    how.shares_block = [&](Row left, Row right) {
      const RowPair wanted = std::minmax(read.row_of[left], read.row_of[right]);
      return std::binary_search(pairs.begin(), pairs.end(), wanted);
    };
    const Evaluation evaluation = evaluate(read.result, truth, how);
    fmt::print(
        "top {}: {} pairs, completeness {:.4f}; {:.0f} look-ups/s on one core, {:.0f} rows "
        "looked at each, {} cut short\n",
        top, pairs.size(), evaluation.blocking.pairs_completeness().value_or(0.0),
        index.rows() / elapsed, static_cast<double>(looked_at) / index.rows(), cut);
  }
}

// The words of a record with an error of one kind in each of its names, places and dates; its
// numbers left out.
std::vector<QueryWord> words_with_error(const Table& table, const ValueIndex& index, Row row,
                                        ErrorKind kind, Draw& draw) {
  std::vector<QueryWord> words;
  for (std::size_t f = 0; f < index.fields().size(); ++f) {
    const IndexField& field = index.fields()[f];
    if (!has_script(field.kind) && field.kind != Kind::kDate && field.kind != Kind::kSex) continue;
    for (const std::uint32_t c : field.columns) {
      const Column& column = table.columns[c];
      if (column.codes[row] == kMissing) continue;
      const std::string value(column.in_latin(column.codes[row]));
      const std::string wrong = with_error(kind, field.kind, value, draw);
      for (ValueWord& word : words_of(field.kind, wrong))
        words.push_back({f, std::move(word.text)});
    }
  }
  return words;
}

void measure_errors(const Table& table, const ValueIndex& index) {
  NearestSearch search(index);
  const std::vector<bool> open(table.sources.size(), true);
  fmt::print(
      "\n| error in every name, place and date | top 10 | top 20 | top 50 | ms each |\n"
      "|---|---|---|---|---|\n");
  for (const ErrorKind kind : all_error_kinds()) {
    Draw draw(7);
    std::vector<std::size_t> found(std::size(kTops), 0);
    NearestOptions options;
    options.top = 50;
    const Row sampled = std::min(kSampled, index.rows());
    const double begin = processor_s();
    for (Row i = 0; i < sampled; ++i) {
      const Row row = static_cast<Row>(draw.below(index.rows()));
      const std::vector<QueryWord> words = words_with_error(table, index, row, kind, draw);
      const NearestRows near = search.near_words(words, open, options);
      const auto place = std::ranges::find(near.rows, row, &Near::row) - near.rows.begin();
      for (std::size_t t = 0; t < std::size(kTops); ++t) {
        found[t] += static_cast<std::size_t>(place) < std::min(kTops[t], near.rows.size()) ? 1 : 0;
      }
    }
    const double each = (processor_s() - begin) / sampled;
    fmt::print("| {} |", error_kind_name(kind));
    for (const std::size_t count : found) {
      fmt::print(" {:.1f} % |", 100.0 * static_cast<double>(count) / sampled);
    }
    fmt::print(" {:.2f} |\n", 1000.0 * each);
  }
}

int run(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "index_recall FOLDER [TRUTH...]\n");
    return 2;
  }
  const JobFolder read = read_job_folder(argv[1], {}, {}, ResultParts::kWithoutPairs);
  double begin = processor_s();
  const ValueIndex index(read.clean.table, compared_columns(read.job));
  const double elapsed = processor_s() - begin;
  fmt::print(
      "{} records, {} words; built in {:.2f} s of processor, {:.0f} records/s and core, "
      "{:.0f} bytes a record\n",
      index.rows(), index.words(), elapsed, index.rows() / elapsed,
      static_cast<double>(index.size_bytes()) / index.rows());
  std::vector<TruthFile> files;
  for (int i = 2; i < argc; ++i) {
    const std::string name = std::filesystem::path(argv[i]).filename().string();
    files.push_back({argv[i], argc > 3 ? name.substr(0, name.find('.')) : ""});
  }
  if (!files.empty()) measure_completeness(read, index, read_truth(files, read.result));
  measure_errors(read.clean.table, index);
  return 0;
}

}  // namespace
}  // namespace tessera::bench

int main(int argc, char** argv) {
  try {
    return tessera::bench::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "index_recall: error: {}\n", error.what());
    return 1;
  }
}
