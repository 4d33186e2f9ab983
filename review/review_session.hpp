// A person going through the queue, key by key. Every decision is in the registry before the next
// pair is shown.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/inspect.hpp"
#include "registry/ledger.hpp"
#include "registry/store.hpp"
#include "review/review_page.hpp"

namespace tessera {

/// The reasons by which a queue may be narrowed, in the queue's words.
std::vector<std::string> review_reasons();

/// The pairs to review: those of the reasons (none: all). blind: in an order that says nothing of
/// their weights, the same each time.
std::vector<QueueLine> review_pairs(Store& store, const std::vector<std::string>& reasons,
                                    bool blind);

/// Where keys come from and pages go.
struct ReviewScreen {
  /// The next key; nothing at the end of the input.
  std::function<std::optional<char>()> read_key;
  /// Shows a page in the place of the one before, or after it.
  std::function<void(std::string_view)> show;
};

/// What pairs are judged from, and where verdicts go: a registry, or a file beside a job's results.
class ReviewBook {
 public:
  virtual ~ReviewBook() = default;

  /// Both records and the evidence. Throws Error: kUsage or kRefused where the pair is none to
  /// judge any more.
  virtual StoredExplanation explain(const QueueLine& pair) = 0;

  /// The verdict is saved when this returns. Returns what take_back is given; 0: it was so already.
  /// Throws Error: kRefused or kBusy where it is not saved.
  virtual std::int64_t decide(const QueueLine& pair, bool is_match) = 0;

  /// As if it had not been decided. The latest first. Throws Error as `decide`.
  virtual void take_back(std::int64_t decision) = 0;
};

struct ReviewOptions {
  ReviewPageOptions page;
  std::string note;  ///< The reason that goes into the ledger with each decision.
};

/// What a session did.
struct ReviewFacts {
  std::uint64_t taken = 0;   ///< Decisions, less those undone.
  std::uint64_t undone = 0;  ///< Decisions taken back.
  std::uint64_t unsure = 0;
  std::uint64_t skipped = 0;  ///< Pairs that were skipped and did not come again.
  std::uint64_t left = 0;     ///< Pairs not decided: unsure, skipped or not seen.
};

/// Puts pairs into an order that says nothing of their weights, the same each time.
void order_blindly(std::vector<QueueLine>& pairs);

/// Shows pair after pair and does what the keys say:
///   m match, n non-match  decides: one transaction, committed before the next page;
///   ? unsure              leaves the pair in the queue;
///   s skip                the same, and shows it again after the others, those skipped together;
///   u undo                goes back to the pair before, its decision taken back; repeats;
///   q quit.
/// Capitals do the same. Another key is told of, and the pair stays. What cannot be saved is told,
/// and the pair stays. Throws Error as the book does otherwise.
ReviewFacts review(ReviewBook& book, std::vector<QueueLine> pairs, const ReviewPageOptions& page,
                   const ReviewScreen& screen);

/// The same of a registry. The store at `path` is locked for a decision only, so that others may
/// work meanwhile; where another holds it, or the decision would contradict others, that is told
/// and the pair stays. Throws Error as opening the store does.
ReviewFacts review(const std::filesystem::path& path, std::vector<QueueLine> pairs,
                   const ReviewOptions& options, const ReviewScreen& screen,
                   const std::function<RunInfo()>& run);

}  // namespace tessera
