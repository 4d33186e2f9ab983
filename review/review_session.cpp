#include "review/review_session.hpp"

#include <fmt/format.h>

#include <algorithm>

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

constexpr char kGone = 'x';  // the pair was none to judge any more

/// What was done with a pair that is behind.
struct Done {
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

// A pair that is skipped stands in the order a second time, at the end. So a session only ever goes
// forwards and, undoing, backwards: what is undone last is what was done last, and the pair at the
// order's end is that of the last skip. Of two pairs, the first skipped: the order is
//   0 1 | 0    with the first round over at the line; the next round begins behind it.
class Session {
 public:
  Session(ReviewBook& book, std::vector<QueueLine> pairs, const ReviewPageOptions& page,
          const ReviewScreen& screen)
      : book_(book),
        order_(std::move(pairs)),
        round_ends_{order_.size()},
        page_(page),
        screen_(screen) {}

  ReviewFacts review() {
    bool fresh = true;  // the page at hand is not shown yet
    for (;;) {
      if (fresh && !show_page()) continue;
      const std::optional<char> key = screen_.read_key();
      if (!key || *key == 'q' || *key == 'Q') break;
      fresh = act(*key);
    }
    facts_.left = order_.size() - at() + facts_.unsure;
    facts_.skipped = order_.size() - std::max(at(), round_ends_.front());
    return facts_;
  }

 private:
  std::size_t at() const { return done_.size(); }
  bool is_over() const { return at() == order_.size(); }

  ReviewPlace place() const {
    const std::size_t round = round_ends_.size();
    const std::size_t begin = round > 1 ? round_ends_[round - 2] : 0;
    return {at() - begin + 1, round_ends_.back() - begin, order_.size() - round_ends_.back(),
            round > 1};
  }

  // False if the pair is none to judge any more; it is passed over.
  bool show_page() {
    if (is_over()) {
      screen_.show(end_text() + notice() + "\nu undo · q quit\n");
      return true;
    }
    try {
      const QueueLine& pair = order_[at()];
      const StoredExplanation stored = book_.explain(pair);
      screen_.show(review_page(pair, stored, place(), page_) + notice() + "\n" +
                   std::string(kKeys) + "\n");
      return true;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kUsage && error.code() != ErrorCode::kRefused) throw;
      pass(kGone, 0);
      tell(error.what());
      return false;
    }
  }

  std::string end_text() const {
    return facts_.unsure == 0 ? "All pairs are judged"
                              : fmt::format("All pairs are seen; {} of them unsure", facts_.unsure);
  }

  // Said below the next page, after what is to be said there already.
  void tell(std::string_view text) { notice_ += (notice_.empty() ? "" : "\n") + std::string(text); }

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
    const char lower = key >= 'A' && key <= 'Z' ? static_cast<char>(key - 'A' + 'a') : key;
    if (is_over() && lower != 'u') return false;
    switch (lower) {
      case 'm':
      case 'n':
        decide(lower);
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
        tell("no such key");
        return true;
    }
  }

  // Behind a round's last pair those come that were skipped in it.
  void pass(char key, std::int64_t decision) {
    done_.push_back({decision, key});
    if (at() < round_ends_.back() || is_over()) return;
    round_ends_.push_back(order_.size());
    const std::size_t again = order_.size() - at();
    tell(again == 1 ? "the pair that you skipped comes again"
                    : fmt::format("the {} pairs that you skipped come again", again));
  }

  void skip() {
    if (at() + 1 == order_.size()) {
      tell("no other pair is left; decide this one, say that you are unsure (?), or quit");
      return;
    }
    order_.push_back(order_[at()]);
    const std::size_t rounds = round_ends_.size();
    pass('s', 0);
    if (round_ends_.size() == rounds) tell("skipped; it comes again after the others");
  }

  void decide(char key) {
    try {
      const std::int64_t decision = book_.decide(order_[at()], key == 'm');
      if (decision != 0) ++facts_.taken;
      pass(key, decision);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kBusy) throw;
      tell(std::string("not saved: ") + error.what());
    }
  }

  // Pairs that were passed over because they are none any more are passed over backwards, too.
  void undo() {
    if (std::ranges::all_of(done_, [](const Done& of) { return of.key == kGone; })) {
      tell("nothing to undo in this session");
      return;
    }
    while (done_.back().key == kGone) go_back();
    const Done last = done_.back();
    try {
      if (last.decision != 0) {
        book_.take_back(last.decision);
        --facts_.taken;
        ++facts_.undone;
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused && error.code() != ErrorCode::kBusy) throw;
      tell(std::string("not undone: ") + error.what());
      return;
    }
    if (last.key == '?') --facts_.unsure;
    go_back();
    if (last.key == 's') order_.pop_back();
  }

  // To the pair before, and to its round.
  void go_back() {
    done_.pop_back();
    while (round_ends_.size() > 1 && at() < round_ends_[round_ends_.size() - 2]) {
      round_ends_.pop_back();
    }
  }

  ReviewBook& book_;
  std::vector<QueueLine> order_;
  std::vector<Done> done_;  // of order_[i], for those that are behind
  std::vector<std::size_t> round_ends_;
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
                                    bool blind) {
  std::vector<QueueLine> pairs = read_queue(store);
  if (!reasons.empty()) {
    std::erase_if(pairs, [&](const QueueLine& pair) {
      return std::find(reasons.begin(), reasons.end(), pair.reason) == reasons.end();
    });
  }
  if (blind) order_blindly(pairs);
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
