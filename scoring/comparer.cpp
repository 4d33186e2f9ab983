// A comparison's levels share measures: three Jaro–Winkler thresholds need one Jaro–Winkler. So the
// levels are compiled into steps in order, each naming a measure slot; a slot is computed the first
// time a step asks for it.
#include "scoring/comparer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "data/check.hpp"
#include "data/load_ahead.hpp"
#include "data/unicode.hpp"
#include "scoring/prepared_values.hpp"
#include "scoring/text_view.hpp"
#include "scoring/value_pair.hpp"

namespace tessera {
namespace {

constexpr std::uint8_t kNoGuard = 0xff;

enum class StepKind : std::uint8_t { kNever, kText, kSets, kDate, kNumber, kPlace, kElse };

struct Step {
  StepKind kind = StepKind::kNever;
  std::uint8_t slot = 0;  // of a text measure, or of the sets
  bool at_most = false;   // a distance, not a similarity
  LevelSpec level;
  std::uint8_t guard = kNoGuard;  // the slot of a Levenshtein distance
};

struct Measure {
  LevelFunction function = LevelFunction::kExact;
  std::uint8_t q = 2;
  std::uint32_t limit = 0;  // the greatest threshold that asks
};

bool is_distance(LevelFunction function) {
  return function == LevelFunction::kLevenshtein ||
         function == LevelFunction::kDamerauLevenshtein || function == LevelFunction::kOsa;
}

// Claims are measured as 1 (holds) or 0 and have no threshold.
bool is_claim(LevelFunction function) {
  return function == LevelFunction::kContains || function == LevelFunction::kInitial ||
         function == LevelFunction::kOneEdit || function == LevelFunction::kTransposition;
}

StepKind kind_of(LevelFunction function) {
  switch (function) {
    case LevelFunction::kExact:
    case LevelFunction::kSwapped:
      return StepKind::kNever;  // decided before any step
    case LevelFunction::kElse:
      return StepKind::kElse;
    case LevelFunction::kSoundex:
    case LevelFunction::kNysiis:
    case LevelFunction::kMetaphone:
    case LevelFunction::kDoubleMetaphone:
    case LevelFunction::kNickname:
      return StepKind::kSets;
    case LevelFunction::kDateOneEdit:
    case LevelFunction::kDateSwap:
    case LevelFunction::kDateCoarse:
    case LevelFunction::kDateWithinDays:
    case LevelFunction::kDateWithinMonths:
    case LevelFunction::kDateWithinYears:
      return StepKind::kDate;
    case LevelFunction::kNumberWithin:
    case LevelFunction::kNumberPercent:
      return StepKind::kNumber;
    case LevelFunction::kKilometres:
      return StepKind::kPlace;
    default:
      return StepKind::kText;
  }
}

constexpr double kUnknown = -1.0;

}  // namespace

struct Comparer::Prepared {
  const Column* column = nullptr;
  std::vector<Step> steps;
  unsigned exact_level = 0;  // 0: no level `exact`
  std::vector<Measure> measures;
  std::vector<CodeSets> sets;
  std::optional<DateLevels> date_levels;  // where dates tell all levels
  bool plain_dates_only = false;          // where they do so if both are plain
  std::vector<PreparedDate> dates;
  std::vector<double> numbers;
  std::vector<std::pair<double, double>> places;
  std::vector<bool> ascii;
  std::vector<bool> foreign;  // in another script; empty: none is

  double measure(std::size_t slot, Code left, Code right) const {
    const Measure& wanted = measures[slot];
    // Two scripts meet in Latin letters; within one script nothing is romanised.
    const bool meet = !foreign.empty() && foreign[left] != foreign[right];
    const std::string_view a = meet ? column->in_latin(left) : column->values[left];
    const std::string_view b = meet ? column->in_latin(right) : column->values[right];
    if (meet ? is_ascii(a) && is_ascii(b) : ascii[left] && ascii[right]) {
      return text_measure(wanted.function, wanted.q, wanted.limit, ascii_text(a), ascii_text(b));
    }
    thread_local std::u32string wide_a;
    thread_local std::u32string wide_b;
    decode_utf8(a, wide_a);
    decode_utf8(b, wide_b);
    return text_measure(wanted.function, wanted.q, wanted.limit, wide_text(wide_a),
                        wide_text(wide_b));
  }

  // One edit is a distance of 1, an exchange of neighbours one of 2: where the distance is asked
  // for anyway it is told first, and mostly tells enough.
  bool guard_allows(const Step& step, Code left, Code right, std::span<double> known) const {
    double& distance = known[step.guard];
    if (distance == kUnknown) distance = measure(step.guard, left, right);
    return distance == (step.level.function == LevelFunction::kOneEdit ? 1.0 : 2.0);
  }

  bool number_claim(const LevelSpec& level, Code left, Code right) const {
    const double a = numbers[left];
    const double b = numbers[right];
    if (std::isnan(a) || std::isnan(b)) return false;
    return level.function == LevelFunction::kNumberWithin ? std::abs(a - b) <= level.threshold
                                                          : within_percent(a, b, level.threshold);
  }

  bool holds(const Step& step, Code left, Code right, std::span<double> known) const {
    switch (step.kind) {
      case StepKind::kNever:
        return false;
      case StepKind::kElse:
        return true;
      case StepKind::kSets:
        return sets[step.slot].share(left, right);
      case StepKind::kDate:
        return date_claim(step.level, dates[left].date, dates[right].date);
      case StepKind::kNumber:
        return number_claim(step.level, left, right);
      case StepKind::kPlace:
        return kilometres(places[left], places[right]) <= step.level.threshold;
      case StepKind::kText: {
        if (step.guard != kNoGuard && !guard_allows(step, left, right, known)) return false;
        double& value = known[step.slot];
        if (value == kUnknown) value = measure(step.slot, left, right);
        if (is_claim(step.level.function)) return value > 0.0;  // it has no threshold
        return step.at_most ? value <= step.level.threshold : value >= step.level.threshold;
      }
    }
    return false;
  }

  void set_guards() {
    for (std::size_t slot = 0; slot < measures.size(); ++slot) {
      if (measures[slot].function != LevelFunction::kLevenshtein || measures[slot].limit < 2)
        continue;
      for (Step& step : steps) {
        const LevelFunction function = step.level.function;
        if (function == LevelFunction::kOneEdit || function == LevelFunction::kTransposition) {
          step.guard = static_cast<std::uint8_t>(slot);
        }
      }
    }
  }

  std::uint8_t text_slot(const LevelSpec& level) {
    const auto limit =
        static_cast<std::uint32_t>(is_distance(level.function) ? level.threshold : 0);
    for (std::size_t i = 0; i < measures.size(); ++i) {
      if (measures[i].function == level.function && measures[i].q == level.q) {
        measures[i].limit = std::max(measures[i].limit, limit);
        return static_cast<std::uint8_t>(i);
      }
    }
    measures.push_back({level.function, level.q, limit});
    return static_cast<std::uint8_t>(measures.size() - 1);
  }
};

Comparer::Comparer(const ComparisonSpec& spec, const Column& column, const NicknameTable& nicknames)
    : prepared_(std::make_unique<Prepared>()) {
  TESSERA_CHECK(!spec.levels.empty() && spec.levels.back().function == LevelFunction::kElse);
  Prepared& p = *prepared_;
  p.column = &column;
  for (std::size_t i = 0; i < spec.levels.size(); ++i) {
    const LevelSpec& level = spec.levels[i];
    Step step{kind_of(level.function), 0, is_distance(level.function), level, kNoGuard};
    const auto number = static_cast<unsigned>(i + 1);
    if (level.function == LevelFunction::kExact) p.exact_level = number;
    if (level.function == LevelFunction::kSwapped) swapped_level_ = number;
    if (step.kind == StepKind::kText) step.slot = p.text_slot(level);
    if (step.kind == StepKind::kSets) {
      step.slot = static_cast<std::uint8_t>(p.sets.size());
      p.sets.push_back(prepare_sets(level.function, column, nicknames));
    }
    if (step.kind == StepKind::kDate && p.dates.empty()) p.dates = prepare_dates(column);
    if (step.kind == StepKind::kNumber && p.numbers.empty()) p.numbers = prepare_numbers(column);
    if (step.kind == StepKind::kPlace && p.places.empty()) p.places = prepare_places(column);
    p.steps.push_back(std::move(step));
  }
  const auto by_dates = [](const Step& step) {
    return step.kind == StepKind::kNever || step.kind == StepKind::kDate ||
           DateLevels::is_one_edit(step.level);
  };
  if (!p.dates.empty() && std::all_of(p.steps.begin(), p.steps.end() - 1, by_dates)) {
    p.date_levels.emplace(spec.levels);
    p.plain_dates_only = !p.measures.empty();
  }
  p.set_guards();
  if (!p.measures.empty()) p.ascii = prepare_ascii(column);
  if (!column.romanised.empty()) {
    p.foreign.assign(column.values.size(), false);
    for (const Code code : column.romanised.codes()) p.foreign[code] = true;
  }
}

Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;
Comparer& Comparer::operator=(Comparer&&) noexcept = default;

void Comparer::prefetch(Code code) const {
  if (prepared_->date_levels) {
    load_ahead(&prepared_->dates[code]);
  } else if (reads_text()) {
    prepared_->column->values.prefetch_place(code);
  }
}

bool Comparer::reads_text() const {
  return !prepared_->measures.empty() && !prepared_->date_levels;
}

unsigned Comparer::level(Code left, Code right) const {
  const Prepared& p = *prepared_;
  TESSERA_DEBUG_CHECK(left != kMissing && right != kMissing);
  if (left == right && p.exact_level != 0) return p.exact_level;
  if (p.date_levels) {
    const PreparedDate& a = p.dates[left];
    const PreparedDate& b = p.dates[right];
    if (!p.plain_dates_only || (a.plain && b.plain)) return p.date_levels->level(a, b);
  }
  std::array<double, kMaxLevels> known;
  std::fill_n(known.begin(), p.measures.size(), kUnknown);
  for (std::size_t i = 0; i < p.steps.size(); ++i) {
    if (p.holds(p.steps[i], left, right, known)) return static_cast<unsigned>(i + 1);
  }
  return static_cast<unsigned>(p.steps.size());
}

}  // namespace tessera
