#include "scoring/level_bound.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <optional>
#include <span>

#include "data/sort_unique.hpp"
#include "data/unicode.hpp"
#include "scoring/distance.hpp"
#include "scoring/prepared_values.hpp"

namespace tessera {
namespace {

bool is_edit_limit(LevelFunction function) {
  return function == LevelFunction::kLevenshtein ||
         function == LevelFunction::kDamerauLevenshtein || function == LevelFunction::kOsa;
}

// The distance that the level allows; nothing if it is no such level. One edit or one swap keeps
// the bag distance at 1 or 0.
std::optional<std::uint32_t> edit_limit(const LevelSpec& level) {
  if (is_edit_limit(level.function)) return static_cast<std::uint32_t>(level.threshold);
  if (level.function == LevelFunction::kOneEdit) return 1;
  if (level.function == LevelFunction::kTransposition) return 0;
  return std::nullopt;
}

std::uint8_t first_byte(char32_t c) {
  return static_cast<std::uint8_t>(c < 128 ? c : 128 | (c * 0x9e3779b1U >> 25));
}

constexpr std::size_t kMostWords = 14;

// `garcia garcia` is contained in `garcia lopez perez`, though not letter by letter.
template <class Text>
bool repeats_a_word(std::span<const Text> words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (std::equal(words[i].begin(), words[i].end(), words[j].begin(), words[j].end())) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

template <class Text>
LevelBound::Signature LevelBound::signature_of_letters(Text text) {
  Signature signature;
  const auto words = split_tokens(text);
  if (text.size() > kLongest || words.size() > kMostWords ||
      repeats_a_word(std::span<const Text>(words))) {
    signature.words = kUnknown;
    return signature;
  }
  signature.bag = letter_bag(text);
  signature.words = static_cast<std::uint8_t>(words.size());
  for (std::size_t i = 0; i < 4 && i < text.size(); ++i) {
    signature.first |= std::uint32_t{first_byte(text[i])} << (8 * i);
  }
  if (text.size() == 1) signature.words |= kSingleLetter;
  return signature;
}

LevelBound::Signature LevelBound::signature_of(std::string_view text) {
  if (is_ascii(text)) return signature_of_letters(ascii_text(text));  // nothing is allocated
  const std::u32string wide = decode_utf8(text);
  return signature_of_letters(wide_text(wide));
}

LevelBound::LevelBound(const ComparisonSpec& spec, const Column& column,
                       const NicknameTable& nicknames) {
  std::vector<double> thresholds;
  for (const LevelSpec& level : spec.levels) {
    if (level.function == LevelFunction::kJaroWinkler) thresholds.push_back(level.threshold);
    if (const auto limit = edit_limit(level)) edit_limits_.push_back(*limit);
    has_nickname_ = has_nickname_ || level.function == LevelFunction::kNickname;
    has_contains_ = has_contains_ || level.function == LevelFunction::kContains;
    has_initial_ = has_initial_ || level.function == LevelFunction::kInitial;
  }
  sort_unique(thresholds);
  sort_unique(edit_limits_);
  if (thresholds.size() > kMostThresholds) thresholds.clear();
  if (edit_limits_.size() > 3) edit_limits_.clear();
  thresholds_ = static_cast<unsigned>(thresholds.size());
  // Numbers: few pairs get as far, and signatures of near-unique values would cost memory.
  const bool number = column.kind == Kind::kIdentifier || column.kind == Kind::kPhone;
  useful_ = !number && (thresholds_ > 0 || !edit_limits_.empty());
  if (!useful_) return;
  set_needed(thresholds);
  set_levels(spec, thresholds);
  signatures_.resize(column.values.size());
  tbb::parallel_for(Code{1}, std::max(Code{1}, column.values.size()),
                    [&](Code code) { signatures_[code] = signature_of(column.values[code]); });
  for (const Code code : column.romanised.codes()) signatures_[code].words |= kForeign;
  if (!has_nickname_) return;
  const CodeSets groups = prepare_sets(LevelFunction::kNickname, column, nicknames);
  for (Code code = 1; code < column.values.size(); ++code) {
    for (std::uint32_t i = groups.offsets[code]; i < groups.offsets[code + 1]; ++i) {
      signatures_[code].nicknames |=
          static_cast<std::uint16_t>(1U << ((groups.numbers[i] * 0x9e3779b1U) >> 28));
    }
  }
}

void LevelBound::set_needed(const std::vector<double>& thresholds) {
  constexpr unsigned kSide = kLongest + 1;
  needed_.assign(std::size_t{5} * kSide * kSide * thresholds_, kLongest + 1);
  for (unsigned prefix = 0; prefix <= 4; ++prefix) {
    for (unsigned a = 1; a <= kLongest; ++a) {
      for (unsigned t = 0; t < thresholds_; ++t) {
        unsigned common = 0;  // never less for a longer b
        for (unsigned b = 1; b <= kLongest; ++b) {
          while (common <= std::min(a, b) &&
                 jaro_winkler_bound(a, b, common, prefix) < thresholds[t]) {
            ++common;
          }
          if (common > std::min(a, b)) continue;
          needed_[((prefix * kSide + a) * kSide + b) * thresholds_ + t] =
              static_cast<std::uint8_t>(common);
        }
      }
    }
  }
}

void LevelBound::set_levels(const ComparisonSpec& spec, const std::vector<double>& thresholds) {
  levels_.assign(kClasses, 0);
  last_ = static_cast<LevelSet>(1U << (spec.levels.size() - 1));
  for (unsigned of = 0; of < kClasses; ++of) {
    const unsigned similar = of & 7;
    const unsigned edits = (of >> 3) & 3;
    for (std::size_t i = 0; i < spec.levels.size(); ++i) {
      const LevelSpec& level = spec.levels[i];
      bool possible = true;
      if (level.function == LevelFunction::kExact || level.function == LevelFunction::kSwapped) {
        possible = false;
      } else if (level.function == LevelFunction::kJaroWinkler && thresholds_ > 0) {
        const auto place = std::lower_bound(thresholds.begin(), thresholds.end(), level.threshold);
        possible = static_cast<unsigned>(place - thresholds.begin()) < similar;
      } else if (const auto limit = edit_limit(level); limit && !edit_limits_.empty()) {
        // Limits in reach are the largest ones.
        const auto place = std::lower_bound(edit_limits_.begin(), edit_limits_.end(), *limit);
        possible = static_cast<unsigned>(edit_limits_.end() - place) <= edits;
      } else if (level.function == LevelFunction::kNickname) {
        possible = ((of >> 5) & 1) != 0;
      } else if (level.function == LevelFunction::kContains) {
        possible = ((of >> 6) & 1) != 0;
      } else if (level.function == LevelFunction::kInitial) {
        possible = ((of >> 7) & 1) != 0;
      }
      if (possible || of == kAll) levels_[of] |= static_cast<LevelSet>(1U << i);
    }
    may_leave_last_ = may_leave_last_ || levels_[of] == last_;
  }
}

}  // namespace tessera
