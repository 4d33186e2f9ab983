// The doubtful pairs of a job's results, and a person's verdicts on them in a file.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/verdict_file.hpp"
#include "report/linked_job.hpp"
#include "review/review_session.hpp"

namespace tessera {

/// A file of verdicts that grows pair by pair: record, other_record, verdict, reason, as
/// `tessera train --labels` and `tessera decide` read it. Written anew and moved into place at each
/// verdict, so that it is whole at any moment.
class VerdictBook : public ReviewBook {
 public:
  /// linked: whose pairs are judged; it must outlive the book. path: the file; what it holds
  /// already stays. note: written as the reason of each verdict. Throws Error(kUsage) if there is a
  /// file of another kind.
  VerdictBook(const LinkedJob& linked, std::filesystem::path path, std::string note);

  /// The pairs that the file says something of, the lesser name first.
  std::set<std::pair<std::string, std::string>> judged() const;

  StoredExplanation explain(const QueueLine& pair) override;
  /// Throws Error: kRefused where the verdict contradicts those before; kBusy where another has
  /// written to the file since; kResource where it cannot be written.
  std::int64_t decide(const QueueLine& pair, bool is_match) override;
  void take_back(std::int64_t decision) override;

 private:
  void save(std::vector<PairVerdict> verdicts);

  const LinkedJob& linked_;
  std::filesystem::path path_;
  std::string note_;
  std::vector<PairVerdict> verdicts_;
  std::string written_;  // the file as it was last read or written; empty: there was none
};

/// The pairs under the link threshold, strongest first, that `book` says nothing of.
std::vector<QueueLine> doubtful_pairs(const LinkedJob& linked, const VerdictBook& book);

}  // namespace tessera
