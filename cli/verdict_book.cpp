#include "cli/verdict_book.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "data/csv_writer.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

/// Empty if there is no such file.
std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  const std::ifstream file(path, std::ios::binary);
  if (file) text << file.rdbuf();
  return text.str();
}

std::string name_of(const LinkedJob& linked, Row row) {
  const Table& table = linked.table();
  return table.sources[static_cast<std::size_t>(table.row_source[row])].name + ":" +
         std::string(table.record_ids[row]);
}

/// Records that verdicts say are one person, by the least name among them.
class Persons {
 public:
  explicit Persons(const std::vector<PairVerdict>& verdicts) {
    for (const PairVerdict& verdict : verdicts) {
      if (!verdict.is_match) continue;
      std::string least = of(verdict.record);
      std::string greatest = of(verdict.other_record);
      if (greatest < least) std::swap(least, greatest);
      if (least != greatest) joined_[greatest] = least;
    }
  }

  std::string of(const std::string& record) const {
    std::string at = record;
    for (auto next = joined_.find(at); next != joined_.end(); next = joined_.find(at)) {
      at = next->second;
    }
    return at;
  }

 private:
  std::map<std::string, std::string> joined_;
};

// Two records that are one person through others cannot be two persons.
void refuse_contradiction(const std::vector<PairVerdict>& verdicts) {
  const Persons persons(verdicts);
  for (const PairVerdict& verdict : verdicts) {
    if (verdict.is_match || persons.of(verdict.record) != persons.of(verdict.other_record)) {
      continue;
    }
    throw Error(ErrorCode::kRefused, verdict.record + ", " + verdict.other_record,
                "are two persons by one verdict and one person by others; undo (u) or put the file "
                "of verdicts right");
  }
}

}  // namespace

VerdictBook::VerdictBook(const LinkedJob& linked, std::filesystem::path path, std::string note)
    : linked_(linked), path_(std::move(path)), note_(std::move(note)) {
  std::error_code unseen;
  if (!std::filesystem::exists(path_, unseen)) return;
  verdicts_ = read_verdict_file(path_);
  written_ = text_of(path_);
}

std::set<std::pair<std::string, std::string>> VerdictBook::judged() const {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const PairVerdict& verdict : verdicts_) {
    pairs.insert(std::minmax(verdict.record, verdict.other_record));
  }
  return pairs;
}

StoredExplanation VerdictBook::explain(const QueueLine& pair) {
  const auto left = static_cast<Row>(pair.row);
  const auto right = static_cast<Row>(pair.other_row);
  return {
      linked_.explain(left, right), side_by_side(linked_.job(), linked_.table(), left, right), {}};
}

void VerdictBook::save(std::vector<PairVerdict> verdicts) {
  if (text_of(path_) != written_) {
    throw Error(ErrorCode::kBusy, path_.string(),
                "has been written to by another since; quit, and begin again with what is there or "
                "with another file (--verdicts)");
  }
  CsvWriter file(path_);
  constexpr std::string_view kHeader[] = {"record", "other_record", "verdict", "reason"};
  file.row(kHeader);
  for (const PairVerdict& verdict : verdicts) {
    const std::string_view fields[] = {verdict.record, verdict.other_record,
                                       verdict.is_match ? "match" : "non-match", verdict.reason};
    file.row(fields);
  }
  file.commit();
  written_ = text_of(path_);
  verdicts_ = std::move(verdicts);
}

std::int64_t VerdictBook::decide(const QueueLine& pair, bool is_match) {
  std::vector<PairVerdict> verdicts = verdicts_;
  verdicts.push_back({pair.left, pair.right, is_match, note_});
  refuse_contradiction(verdicts);
  save(std::move(verdicts));
  return static_cast<std::int64_t>(verdicts_.size());
}

void VerdictBook::take_back(std::int64_t decision) {
  std::vector<PairVerdict> verdicts = verdicts_;
  verdicts.erase(verdicts.begin() + static_cast<std::ptrdiff_t>(decision - 1));
  save(std::move(verdicts));
}

std::vector<QueueLine> doubtful_pairs(const LinkedJob& linked, const VerdictBook& book) {
  const auto judged = book.judged();
  std::vector<QueueLine> pairs;
  for (const WeightedPair& pair : linked.links()) {
    if (pair.weight_bits >= linked.job().link_threshold.bits()) continue;
    QueueLine line{
        pair.left, pair.right,      name_of(linked, pair.left), name_of(linked, pair.right),
        "band",    pair.weight_bits};
    if (!judged.contains(std::minmax(line.left, line.right))) pairs.push_back(std::move(line));
  }
  std::ranges::stable_sort(pairs, std::ranges::greater(), &QueueLine::weight_bits);
  return pairs;
}

}  // namespace tessera
