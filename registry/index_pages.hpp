// The index of all records, made while the store is busy with something else.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/references.hpp"

namespace tessera {

/// The pages of one rule, ascending by part.
struct RulePages {
  struct Page {
    std::uint32_t part = 0;
    std::string bytes;  ///< encode_page
  };
  std::vector<Page> pages;
  std::size_t postings = 0;
};

/// Makes the pages of all rows of a table, rule by rule, beside the thread that constructs it.
class IndexPages {
 public:
  /// Begins. rows: each table row's row in the store. REQUIRES: all outlive this. Cost: as
  /// for_each_rule_names; some 5 bytes a posting are held, at most 128 MB and one rule's before
  /// they are taken.
  IndexPages(const Table& table, const JobSpec& job, const References& references,
             std::span<const std::int64_t> rows);
  /// Waits for what is being made.
  ~IndexPages();
  IndexPages(const IndexPages&) = delete;
  IndexPages& operator=(const IndexPages&) = delete;

  unsigned part_bits() const;

  /// Calls visit(rule, its pages) for each rule in order, once; waits where they are not made yet.
  void take(const std::function<void(std::size_t rule, const RulePages& made)>& visit);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace tessera
