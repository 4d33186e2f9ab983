#include "review/review_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "data/dictionary.hpp"
#include "data/error.hpp"
#include "data/printable.hpp"
#include "registry/decisions.hpp"

namespace tessera {
namespace {

constexpr std::string_view kKeys = "m match · n non-match · ? unsure · s skip · u undo · q quit";
constexpr std::string_view kStale = "stale decision";

std::int64_t decision_on(Store& store, const QueueLine& pair) {
  Statement find = store.database().prepare(
      "SELECT max(seq) FROM decision WHERE row = ? AND other_row = ? AND withdrawn IS NULL");
  find.bind(0, std::min(pair.row, pair.other_row)).bind(1, std::max(pair.row, pair.other_row));
  return find.step() ? find.number(0) : 0;
}

/// What was done with a pair that is behind.
struct Done {
  QueueLine pair;
  std::int64_t decision = 0;  // 0: none was taken
  char key = 0;
};

/// A registry, open for the moment of a look or a decision.
class StoreBook : public ReviewBook {
 public:
  StoreBook(const std::filesystem::path& path, const std::string& note,
            const std::function<RunInfo()>& run)
      : path_(path), note_(note), run_(run) {}

  StoredExplanation explain(const QueueLine& pair) override {
    Store store(path_, Store::Access::kRead);
    return explain_stored(store, pair.row, pair.other_row, {});
  }

  std::int64_t decide(const QueueLine& pair, bool is_match) override {
    const NewDecision decision{pair.row, pair.other_row, is_match, note_};
    Store store(path_, Store::Access::kWrite);
    const DecideFacts facts = take_decisions(store, std::span(&decision, 1), run_());
    return facts.taken > 0 ? decision_on(store, pair) : 0;
  }

  void take_back(std::int64_t decision) override {
    Store store(path_, Store::Access::kWrite);
    tessera::take_back(store, decision, run_());
  }

 private:
  const std::filesystem::path& path_;
  const std::string& note_;
  const std::function<RunInfo()>& run_;
};

class Session {
 public:
  Session(ReviewBook& book, std::vector<QueueLine> pairs, const ReviewPageOptions& page,
          const ReviewScreen& screen)
      : book_(book),
        ahead_(pairs.begin(), pairs.end()),
        of_(pairs.size()),
        page_(page),
        screen_(screen) {}

  ReviewFacts review() {
    bool fresh = true;  // the page at hand is not shown yet
    for (;;) {
      if (fresh && !show_page()) continue;
      const std::optional<char> key = screen_.read_key();
      if (!key || *key == 'q') break;
      fresh = ahead_.empty() && *key != 'u' ? false : act(*key);
    }
    facts_.left = ahead_.size() + facts_.unsure;
    return facts_;
  }

 private:
  // False if the pair is none to judge any more; it is passed over.
  bool show_page() {
    if (ahead_.empty()) {
      screen_.show("All pairs are judged" + notice() + "\nu undo · q quit\n");
      return true;
    }
    try {
      const QueueLine& pair = ahead_.front();
      const StoredExplanation stored = book_.explain(pair);
      const ReviewPlace place{std::min(of_, done_.size() + 1), of_};
      screen_.show(review_page(pair, stored, place, page_) + notice() + "\n" + std::string(kKeys) +
                   "\n");
      return true;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kUsage && error.code() != ErrorCode::kRefused) throw;
      notice_ = error.what();
      ahead_.pop_front();
      --of_;
      return false;
    }
  }

  std::string notice() {
    std::string text;
    if (!notice_.empty()) text = "\n" + safe_lines(notice_) + "\n";
    notice_.clear();
    return text;
  }

  static std::string safe_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      out += (out.empty() ? "" : "\n") + printable(text.substr(0, end), 400);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
  }

  // Whether another page is to be shown.
  bool act(char key) {
    switch (key) {
      case 'm':
      case 'n':
        decide(key);
        return true;
      case '?':
        ++facts_.unsure;
        pass('?', 0);
        return true;
      case 's':
        skip();
        return true;
      case 'u':
        undo();
        return true;
      case '\n':
      case '\r':
      case ' ':
        return false;
      default:
        screen_.show(fmt::format("no such key; {}\n", kKeys));
        return false;
    }
  }

  void pass(char key, std::int64_t decision) {
    done_.push_back({ahead_.front(), decision, key});
    ahead_.pop_front();
  }

  void skip() {
    QueueLine pair = ahead_.front();
    if (ahead_.size() == 1) {
      notice_ = "no other pair is left; decide this one, or quit";
      return;
    }
    ahead_.pop_front();
    ahead_.push_back(std::move(pair));
  }

  void decide(char key) {
    try {
      const std::int64_t decision = book_.decide(ahead_.front(), key == 'm');
      if (decision != 0) ++facts_.taken;
      pass(key, decision);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kBusy) throw;
      notice_ = std::string("not saved: ") + error.what();
    }
  }

  void undo() {
    if (done_.empty()) {
      notice_ = "nothing to undo in this session";
      return;
    }
    const Done last = done_.back();
    try {
      if (last.decision != 0) {
        book_.take_back(last.decision);
        --facts_.taken;
        ++facts_.undone;
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kBusy) throw;
      notice_ = std::string("not undone: ") + error.what();
      return;
    }
    if (last.key == '?') --facts_.unsure;
    done_.pop_back();
    ahead_.push_front(last.pair);
  }

  ReviewBook& book_;
  std::deque<QueueLine> ahead_;
  std::vector<Done> done_;
  std::size_t of_;
  const ReviewPageOptions& page_;
  const ReviewScreen& screen_;
  ReviewFacts facts_;
  std::string notice_;
};

}  // namespace

std::vector<std::string> review_reasons() {
  std::vector<std::string> all;
  for (const QueueReason reason : {QueueReason::kBand, QueueReason::kWeakBridge,
                                   QueueReason::kConflict, QueueReason::kOversized}) {
    all.emplace_back(queue_reason_name(reason));
  }
  all.emplace_back(kStale);
  return all;
}

std::vector<QueueLine> review_pairs(Store& store, const std::vector<std::string>& reasons,
                                    std::uint64_t most, bool blind) {
  std::vector<QueueLine> pairs = read_queue(store);
  if (!reasons.empty()) {
    std::erase_if(pairs, [&](const QueueLine& pair) {
      return std::find(reasons.begin(), reasons.end(), pair.reason) == reasons.end();
    });
  }
  if (blind) order_blindly(pairs);
  if (most > 0 && pairs.size() > most) pairs.resize(most);
  return pairs;
}

void order_blindly(std::vector<QueueLine>& pairs) {
  std::ranges::stable_sort(pairs, {}, [](const QueueLine& pair) {
    return mix64(static_cast<std::uint64_t>(pair.row) * 0x9e3779b97f4a7c15ULL ^
                 mix64(static_cast<std::uint64_t>(pair.other_row)));
  });
}

ReviewFacts review(ReviewBook& book, std::vector<QueueLine> pairs, const ReviewPageOptions& page,
                   const ReviewScreen& screen) {
  return Session(book, std::move(pairs), page, screen).review();
}

ReviewFacts review(const std::filesystem::path& path, std::vector<QueueLine> pairs,
                   const ReviewOptions& options, const ReviewScreen& screen,
                   const std::function<RunInfo()>& run) {
  StoreBook book(path, options.note, run);
  return review(book, std::move(pairs), options.page, screen);
}

}  // namespace tessera
