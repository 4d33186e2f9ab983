#include "review/review_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data/printable.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr std::size_t kAttributeColumns = 20;
constexpr std::size_t kValueColumns = 34;
constexpr std::size_t kMostReasons = 4;
constexpr const char* kInverse = "\033[7m";
constexpr const char* kPlain = "\033[0m";

std::string padded(const std::string& text, std::size_t columns) {
  const std::size_t have = text_columns(text);
  return have < columns ? text + std::string(columns - have, ' ') : text;
}

/// What two texts share at their ends, in characters.
struct CommonEnds {
  std::size_t front = 0;
  std::size_t back = 0;
};

// Capitals and accents are no difference: cleaning takes them away.
bool are_alike(char32_t a, char32_t b) {
  if (a == b) return true;
  const std::string folded = fold(encode_utf8(std::u32string(1, a)));
  return !folded.empty() && folded == fold(encode_utf8(std::u32string(1, b)));
}

CommonEnds common_ends(const std::u32string& a, const std::u32string& b) {
  CommonEnds common;
  const std::size_t least = std::min(a.size(), b.size());
  while (common.front < least && are_alike(a[common.front], b[common.front])) {
    ++common.front;
  }
  while (common.back < least - common.front &&
         are_alike(a[a.size() - 1 - common.back], b[b.size() - 1 - common.back])) {
    ++common.back;
  }
  return common;
}

class Page {
 public:
  Page(const QueueLine& pair, const StoredExplanation& stored, const ReviewPageOptions& options)
      : pair_(pair), stored_(stored), options_(options) {}

  std::string text(const ReviewPlace& place) {
    head(place);
    values();
    if (!options_.blind) {
      reasons();
      for (const std::string& decision : stored_.decisions) {
        line("decided: {}", printable(decision, 160));
      }
    }
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  void head(const ReviewPlace& place) {
    const std::string at = fmt::format(
        "{}{} of {}{}", place.again ? "skipped pair " : "", place.number, place.of,
        place.skipped == 0
            ? ""
            : fmt::format(", {} skipped{}", place.skipped, place.again ? " again" : ""));
    if (options_.blind) {
      line("{}", at);
    } else {
      const Explanation& of = stored_.explanation;
      line("{} · {} · one person with a probability of {:.3f} ({:.1f} bits; a link from {:.1f})",
           at, pair_.reason, of.probability, of.weight_bits, of.link_threshold_bits);
    }
    text_ += "\n";
    line("  {}  {}  {}", std::string(kAttributeColumns, ' '),
         padded(printable(pair_.left, kValueColumns), kValueColumns),
         printable(pair_.right, kValueColumns));
  }

  // The value with what the other does not share marked, where colours are wanted.
  std::string marked(const std::string& value, const std::string& other, bool differs) const {
    if (!options_.colour || !differs || other.empty()) return value;
    const std::u32string mine = decode_utf8(value);
    const CommonEnds common = common_ends(mine, decode_utf8(other));
    const std::u32string middle =
        mine.substr(common.front, mine.size() - common.front - common.back);
    if (middle.empty()) return value;
    return encode_utf8(mine.substr(0, common.front)) + kInverse + encode_utf8(middle) + kPlain +
           encode_utf8(mine.substr(mine.size() - common.back));
  }

  void values() {
    for (const SideBySide& of : stored_.values) {
      if (of.left.empty() && of.right.empty()) continue;
      const std::string left = of.left.empty() ? "" : printable(of.left, kValueColumns);
      const std::string right = of.right.empty() ? "" : printable(of.right, kValueColumns);
      const bool both = !left.empty() && !right.empty();
      const bool differs = both && !of.same;
      const std::string gap(kValueColumns - std::min(kValueColumns, text_columns(shown(left))),
                            ' ');
      line("{} {}  {}{}  {}",
           of.same   ? "="
           : differs ? "≠"
                     : " ",
           padded(printable(of.attribute, kAttributeColumns), kAttributeColumns),
           left.empty() ? shown(left) : marked(left, right, differs), gap,
           right.empty() ? shown(right) : marked(right, left, differs));
    }
  }

  static std::string shown(const std::string& value) { return value.empty() ? "(none)" : value; }

  // The comparisons that weigh most, either way.
  void reasons() {
    std::vector<const ExplainedComparison*> all;
    for (const ExplainedComparison& of : stored_.explanation.comparisons) {
      if (std::abs(of.bits.front()) >= 0.05) all.push_back(&of);
    }
    std::ranges::stable_sort(all, [](const auto* a, const auto* b) {
      return std::abs(a->bits.front()) > std::abs(b->bits.front());
    });
    if (all.size() > kMostReasons) all.resize(kMostReasons);
    std::string text;
    for (const ExplainedComparison* of : all) {
      text += fmt::format("{}{} ({}) {:+.1f}", text.empty() ? "" : ", ", printable(of->name, 24),
                          printable(of->level, 28), of->bits.front());
    }
    if (!text.empty()) text_ += "\nmost of it: " + text + " bits\n";
  }

  const QueueLine& pair_;
  const StoredExplanation& stored_;
  const ReviewPageOptions& options_;
  std::string text_;
};

}  // namespace

std::string review_page(const QueueLine& pair, const StoredExplanation& stored,
                        const ReviewPlace& place, const ReviewPageOptions& options) {
  return Page(pair, stored, options).text(place);
}

}  // namespace tessera
