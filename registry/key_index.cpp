#include "registry/key_index.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <limits>

#include "blocking/block_names.hpp"
#include "data/check.hpp"
#include "data/error.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

// A page is a row of the table `posting`, named by run, rule and part.
constexpr unsigned kRuleBits = 12;
constexpr std::int64_t kPartMask = (std::int64_t{1} << kPartBits) - 1;

std::int64_t page_number(std::int64_t run, std::size_t rule, std::uint32_t part) {
  return (run << (kRuleBits + kPartBits)) | (static_cast<std::int64_t>(rule) << kPartBits) | part;
}

void sort_and_unique(std::vector<Posting>& postings) {
  sort_unique(postings);
}

/// Reads pages of runs, one after another.
class PageReader {
 public:
  explicit PageReader(Database& database)
      : path_(database.path().string()),
        read_(database.prepare("SELECT postings FROM posting WHERE page = ?")) {}

  /// The bytes of a page; empty if there is no such page.
  std::string bytes(std::int64_t page) {
    read_.bind(0, page);
    std::string bytes;
    if (read_.step()) bytes = read_.text(0);
    read_.reset();
    return bytes;
  }

  void check(std::string_view bytes, std::int64_t page) const {
    if (is_whole_page(bytes)) return;
    throw Error(ErrorCode::kDamaged, path_ + ": index page " + std::to_string(page),
                "is not what was stored; restore a backup, or make the index anew with "
                "`tessera apply --all`");
  }

  std::vector<Posting> decode(std::string_view bytes, std::int64_t page, unsigned bits) const {
    check(bytes, page);
    return *decode_page(bytes, static_cast<std::uint32_t>(page & kPartMask), bits);
  }

 private:
  std::string path_;
  Statement read_;
};

/// Whether a row is among some.
class RowSet {
 public:
  explicit RowSet(std::span<const std::int64_t> rows) {
    if (!rows.empty()) has_.resize(static_cast<std::size_t>(rows.back()) + 1);
    for (const std::int64_t row : rows) has_[static_cast<std::size_t>(row)] = true;
  }
  bool has(std::int64_t row) const {
    return static_cast<std::size_t>(row) < has_.size() && has_[static_cast<std::size_t>(row)];
  }

 private:
  std::vector<bool> has_;
};

// The first and last page of a run, and of one of its rules.
std::pair<std::int64_t, std::int64_t> pages_of(std::int64_t run) {
  return {page_number(run, 0, 0), page_number(run + 1, 0, 0) - 1};
}
std::pair<std::int64_t, std::int64_t> pages_of(std::int64_t run, std::size_t rule) {
  return {page_number(run, rule, 0), page_number(run, rule + 1, 0) - 1};
}

/// Writes one run, rule by rule.
class RunWriter {
 public:
  RunWriter(Database& database, std::int64_t run, unsigned bits)
      : database_(database),
        insert_(database.prepare("INSERT INTO posting(page, postings) VALUES(?,?)")),
        run_(run),
        bits_(bits) {}

  /// REQUIRES: ascending, each once.
  void put(std::size_t rule, std::span<const Posting> postings) {
    for_each_part(postings, bits_, [&](std::uint32_t part, std::span<const Posting> of_part) {
      put_page(rule, part, encode_page(of_part, part, bits_));
    });
    count_ += static_cast<std::int64_t>(postings.size());
  }

  void put(std::size_t rule, const RulePages& made) {
    for (const RulePages::Page& page : made.pages) put_page(rule, page.part, page.bytes);
    count_ += static_cast<std::int64_t>(made.postings);
  }

  void finish() {
    database_.prepare("INSERT INTO posting_run(n, bits, postings) VALUES(?,?,?)")
        .bind(0, run_)
        .bind(1, static_cast<std::int64_t>(bits_))
        .bind(2, count_)
        .run();
  }

 private:
  void put_page(std::size_t rule, std::uint32_t part, std::string_view bytes) {
    insert_.bind(0, page_number(run_, rule, part)).bind_blob(1, bytes).run();
  }

  Database& database_;
  Statement insert_;
  std::int64_t run_;
  unsigned bits_;
  std::int64_t count_ = 0;
};

}  // namespace

SharedKey shared_key(std::int64_t row, std::int64_t other_row) {
  constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
  TESSERA_CHECK(row >= 0 && row <= kMost && other_row >= 0 && other_row <= kMost);
  return {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(other_row)};
}

std::vector<std::vector<Posting>> make_postings(const Table& table, const JobSpec& job,
                                                const References& references,
                                                std::span<const std::int64_t> rows,
                                                const std::vector<bool>& wanted) {
  std::vector<std::vector<Posting>> all;
  for_each_rule_names(table, job.rules, references.splits,
                      [&](std::size_t, std::vector<RowKey> names) {
                        std::erase_if(names, [&](const RowKey& name) { return !wanted[name.row]; });
                        all.push_back(postings_of(std::move(names), rows));
                      });
  return all;
}

std::vector<KeyIndex::Run> KeyIndex::runs() const {
  std::vector<Run> all;
  Statement read = database_.prepare("SELECT n, bits, postings FROM posting_run ORDER BY n");
  while (read.step()) {
    all.push_back({read.number(0), static_cast<unsigned>(read.number(1)), read.number(2)});
  }
  return all;
}

std::vector<Posting> KeyIndex::of_rule(const Run& run, std::size_t rule) const {
  std::vector<Posting> all;
  const PageReader pages(database_);
  const auto [first, last] = pages_of(run.number, rule);
  Statement read = database_.prepare(
      "SELECT page, postings FROM posting WHERE page BETWEEN ? AND ? ORDER BY page");
  read.bind(0, first).bind(1, last);
  while (read.step()) {
    const std::vector<Posting> page = pages.decode(read.text(1), read.number(0), run.bits);
    all.insert(all.end(), page.begin(), page.end());
  }
  return all;
}

void KeyIndex::add(std::vector<std::vector<Posting>> postings) {
  std::int64_t count = 0;
  for (const std::vector<Posting>& rule : postings) {
    count += static_cast<std::int64_t>(rule.size());
  }
  if (count == 0) return;
  std::vector<Run> before = runs();
  const std::int64_t number = before.empty() ? 1 : before.back().number + 1;
  std::vector<Run> taken_up;
  for (; !before.empty() && before.back().postings < 2 * count; before.pop_back()) {
    count += before.back().postings;
    taken_up.push_back(before.back());
  }
  for (const Run& run : taken_up) {
    for (std::size_t rule = 0; rule < postings.size(); ++rule) {
      const std::vector<Posting> more = of_rule(run, rule);
      postings[rule].insert(postings[rule].end(), more.begin(), more.end());
    }
    const auto [first, last] = pages_of(run.number);
    database_.prepare("DELETE FROM posting WHERE page BETWEEN ? AND ?")
        .bind(0, first)
        .bind(1, last)
        .run();
    database_.prepare("DELETE FROM posting_run WHERE n = ?").bind(0, run.number).run();
  }
  std::size_t most = 0;
  for (std::vector<Posting>& rule : postings) {
    sort_and_unique(rule);
    most = std::max(most, rule.size());
  }
  RunWriter writer(database_, number, part_bits(most));
  for (std::size_t rule = 0; rule < postings.size(); ++rule) writer.put(rule, postings[rule]);
  writer.finish();
}

void KeyIndex::rebuild(IndexPages& pages) {
  database_.execute("DELETE FROM posting");
  database_.execute("DELETE FROM posting_run");
  RunWriter writer(database_, 1, pages.part_bits());
  pages.take([&](std::size_t rule, const RulePages& made) { writer.put(rule, made); });
  writer.finish();
}

std::vector<SharedKey> KeyIndex::find(std::vector<std::vector<Posting>> postings,
                                      std::span<const std::int64_t> but) const {
  /// A page that may hold wanted keys.
  struct Wanted {
    std::int64_t page = 0;
    unsigned bits = 0;
    std::string bytes;
    std::span<const Posting> keys;
  };
  PageReader pages(database_);
  const std::vector<Run> all = runs();
  const RowSet left_out(but);
  std::vector<SharedKey> found;
  std::vector<Wanted> wanted;
  std::vector<std::vector<SharedKey>> of_page;
  tbb::task_group searching;  // of one rule's pages, while the next rule's are read
  const auto gather = [&] {
    searching.wait();
    for (const std::vector<SharedKey>& some : of_page) {
      found.insert(found.end(), some.begin(), some.end());
    }
  };
  const auto search = [&](std::size_t i) {
    const Wanted& page = wanted[i];
    if (page.bytes.empty()) return;
    pages.check(page.bytes, page.page);
    PageCursor cursor(page.bytes, static_cast<std::uint32_t>(page.page & kPartMask), page.bits);
    auto key = page.keys.begin();
    for (Posting have; cursor.next(have);) {
      while (key != page.keys.end() && key->key < have.key) ++key;
      if (key == page.keys.end()) break;
      if (key->key != have.key || left_out.has(have.row)) continue;
      for (auto same = key; same != page.keys.end() && same->key == have.key; ++same) {
        of_page[i].push_back(shared_key(same->row, have.row));
      }
    }
  };
  for (std::vector<Posting>& keys : postings) {
    sort_and_unique(keys);
    const auto rule = static_cast<std::size_t>(&keys - postings.data());
    std::vector<Wanted> next;
    for (const Run& run : all) {
      for_each_part(keys, run.bits, [&](std::uint32_t part, std::span<const Posting> of_part) {
        const std::int64_t page = page_number(run.number, rule, part);
        next.push_back({page, run.bits, pages.bytes(page), of_part});
      });
    }
    gather();
    wanted = std::move(next);
    of_page.assign(wanted.size(), {});
    searching.run([&] { tbb::parallel_for(std::size_t{0}, wanted.size(), search); });
  }
  gather();
  tbb::parallel_sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

void KeyIndex::remove(std::span<const std::int64_t> rows) {
  const PageReader pages(database_);
  const std::vector<Run> all = runs();
  Statement put = database_.prepare("UPDATE posting SET postings = ? WHERE page = ?");
  for (const Run& run : all) {
    std::vector<std::pair<std::int64_t, std::string>> changed;
    const auto [first, last] = pages_of(run.number);
    Statement read =
        database_.prepare("SELECT page, postings FROM posting WHERE page BETWEEN ? AND ?");
    read.bind(0, first).bind(1, last);
    while (read.step()) {
      const std::int64_t page = read.number(0);
      std::vector<Posting> postings = pages.decode(read.text(1), page, run.bits);
      const std::size_t taken = std::erase_if(postings, [&](const Posting& posting) {
        return std::binary_search(rows.begin(), rows.end(), posting.row);
      });
      const auto part = static_cast<std::uint32_t>(page & kPartMask);
      if (taken > 0) changed.emplace_back(page, encode_page(postings, part, run.bits));
    }
    for (const auto& [page, bytes] : changed) put.bind_blob(0, bytes).bind(1, page).run();
  }
}

std::vector<Posting> KeyIndex::all(std::size_t rule) const {
  std::vector<Posting> postings;
  for (const Run& run : runs()) {
    const std::vector<Posting> more = of_rule(run, rule);
    postings.insert(postings.end(), more.begin(), more.end());
  }
  sort_and_unique(postings);
  return postings;
}

}  // namespace tessera
