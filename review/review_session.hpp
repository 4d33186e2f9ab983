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

/// The pairs to review: those of the reasons (none: all), at most `most` (0: all). blind: in an
/// order that says nothing of their weights, the same each time.
std::vector<QueueLine> review_pairs(Store& store, const std::vector<std::string>& reasons,
                                    std::uint64_t most, bool blind);

/// Where keys come from and pages go.
struct ReviewScreen {
  /// The next key; nothing at the end of the input.
  std::function<std::optional<char>()> read_key;
  /// Shows a page in the place of the one before, or after it.
  std::function<void(std::string_view)> show;
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
  std::uint64_t left = 0;  ///< Pairs not decided.
};

/// Shows pair after pair and does what the keys say:
///   m match, n non-match  decides: one transaction, committed before the next page;
///   ? unsure              leaves the pair in the queue;
///   s skip                the same, and shows it again after the others;
///   u undo                goes back to the pair before, its decision taken back; repeats;
///   q quit.
/// The store at `path` is locked for a decision only, so that others may work meanwhile; where
/// another holds it, or the decision would contradict others, that is told and the pair stays.
/// Throws Error as opening the store does.
ReviewFacts review(const std::filesystem::path& path, std::vector<QueueLine> pairs,
                   const ReviewOptions& options, const ReviewScreen& screen,
                   const std::function<RunInfo()>& run);

}  // namespace tessera
