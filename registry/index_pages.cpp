#include "registry/index_pages.hpp"

#include <utility>

#include "blocking/block_names.hpp"
#include "registry/beside.hpp"
#include "registry/index_page.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostAheadBytes = std::size_t{128} << 20;

}  // namespace

struct IndexPages::Work {
  Work(const Table& table, const JobSpec& job, const References& references,
       std::span<const std::int64_t> of_rows)
      : names(table, job.rules, references.splits),
        rules(job.rules.size()),
        rows(of_rows),
        bits(tessera::part_bits(table.size())) {}

  RulePages make(std::size_t rule) {
    const std::vector<Posting> postings = postings_of(names.of(rule), rows);
    RulePages made;
    made.postings = postings.size();
    for_each_part(postings, bits, [&](std::uint32_t part, std::span<const Posting> of_part) {
      made.pages.push_back({part, encode_page(of_part, part, bits)});
    });
    return made;
  }

  void make_ahead() {
    std::size_t bytes = 0;
    while (ahead.size() < rules && bytes < kMostAheadBytes) {
      const RulePages& made = ahead.emplace_back(make(ahead.size()));
      for (const RulePages::Page& page : made.pages) bytes += page.bytes.size();
    }
  }

  RuleNames names;
  std::size_t rules;
  std::span<const std::int64_t> rows;
  unsigned bits;
  std::vector<RulePages> ahead;
  Beside beside;  // last: it waits for what uses the others
};

IndexPages::IndexPages(const Table& table, const JobSpec& job, const References& references,
                       std::span<const std::int64_t> rows)
    : work_(std::make_unique<Work>(table, job, references, rows)) {
  work_->beside.run([work = work_.get()] { work->make_ahead(); });
}

IndexPages::~IndexPages() = default;

unsigned IndexPages::part_bits() const {
  return work_->bits;
}

void IndexPages::take(const std::function<void(std::size_t rule, const RulePages& made)>& visit) {
  work_->beside.wait();
  for (std::size_t rule = 0; rule < work_->rules; ++rule) {
    visit(rule,
          rule < work_->ahead.size() ? std::exchange(work_->ahead[rule], {}) : work_->make(rule));
  }
}

}  // namespace tessera
