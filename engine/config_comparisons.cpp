#include <algorithm>
#include <array>
#include <cmath>

#include "engine/config_sections.hpp"
#include "engine/did_you_mean.hpp"
#include "scoring/pattern.hpp"

namespace tessera {
namespace {

// Columns of links.csv that are there already.
constexpr std::array<std::string_view, 7> kReserved = {
    "source_l",     "record_id_l",       "source_r", "record_id_r",
    "match_weight", "match_probability", "rule"};

// What a level function can read.
enum class Reads : std::uint8_t { kAnyText, kDates, kNumbers, kPlacesOnEarth };

Reads what_it_reads(LevelFunction function) {
  switch (function) {
    case LevelFunction::kDateOneEdit:
    case LevelFunction::kDateSwap:
    case LevelFunction::kDateCoarse:
    case LevelFunction::kDateWithinDays:
    case LevelFunction::kDateWithinMonths:
    case LevelFunction::kDateWithinYears:
      return Reads::kDates;
    case LevelFunction::kNumberWithin:
    case LevelFunction::kNumberPercent:
      return Reads::kNumbers;
    case LevelFunction::kKilometres:
      return Reads::kPlacesOnEarth;
    default:
      return Reads::kAnyText;
  }
}

std::optional<Kind> wanted_kind(LevelFunction function) {
  switch (what_it_reads(function)) {
    case Reads::kDates:
      return Kind::kDate;
    case Reads::kNumbers:
      return Kind::kNumber;
    case Reads::kPlacesOnEarth:
      return Kind::kGeo;
    case Reads::kAnyText:
      break;
  }
  return std::nullopt;
}

// Thresholds that grow laxer as they fall; the others grow laxer as they rise.
bool lower_is_laxer(LevelFunction function) {
  switch (function) {
    case LevelFunction::kJaro:
    case LevelFunction::kJaroWinkler:
    case LevelFunction::kQgramJaccard:
    case LevelFunction::kQgramDice:
    case LevelFunction::kQgramCosine:
    case LevelFunction::kCommonPrefix:
    case LevelFunction::kTokenSet:
    case LevelFunction::kSoftTokenSet:
      return true;
    default:
      return false;
  }
}

// Whether every pair that reaches `later` has reached `earlier`, so that `later` is never given.
bool hides(const LevelSpec& earlier, const LevelSpec& later) {
  if (earlier.function == LevelFunction::kElse) return true;
  if (earlier.function != later.function || earlier.q != later.q) return false;
  return lower_is_laxer(later.function) ? later.threshold >= earlier.threshold
                                        : later.threshold <= earlier.threshold;
}

class LevelReader {
 public:
  LevelReader(const AttributeSection& attributes, std::uint32_t column, std::string key,
              ConfigProblems& problems)
      : attributes_(&attributes), column_(column), key_(std::move(key)), problems_(&problems) {}

  std::vector<LevelSpec> levels(const std::vector<PlacedText>& written, ConfigPlace place) {
    std::vector<LevelSpec> levels;
    bool sound = true;
    for (const PlacedText& text : written) {
      std::optional<LevelSpec> level = parse_level(text.text);
      if (!level || !std::isfinite(level->threshold)) {
        problems_->add(text.place, key_, unreadable(text.text));
        sound = false;
        continue;
      }
      check_kind(*level, text.place);
      for (const LevelSpec& before : levels) {
        if (!hides(before, *level)) continue;
        problems_->add(text.place, key_,
                       "\"" + level->text + "\" is never reached, as \"" + before.text +
                           "\" before it takes all its pairs; put stronger levels first");
        break;
      }
      levels.push_back(*std::move(level));
    }
    if (sound && (levels.empty() || levels.back().function != LevelFunction::kElse)) {
      problems_->add(place, key_,
                     "the last level must be \"else\", for pairs that reach no other; "
                     "add it");
    }
    if (levels.size() > kMaxLevels) {
      problems_->add(place, key_, "a comparison has at most 15 levels; drop the least telling");
    }
    return levels;
  }

 private:
  static std::string unreadable(const std::string& text) {
    const std::string name = text.substr(0, text.find_first_of("<>=( "));
    const std::span<const std::string_view> known = level_function_names();
    if (std::find(known.begin(), known.end(), name) != known.end()) {
      return "this is not how \"" + name +
             "\" is written; levels read as in \"exact\", \"jaro_winkler >= 0.92\" (at most 1), "
             "\"levenshtein <= 1\", \"within 10 days\" and \"else\"";
    }
    return "there is no level \"" + name + "\"; they are " + joined_names(known) +
           did_you_mean_text(name, known);
  }

  void check_kind(const LevelSpec& level, ConfigPlace place) {
    const std::optional<Kind> wanted = wanted_kind(level.function);
    if (!wanted || !attributes_->differs_from(column_, *wanted)) return;
    const AttributeSpec& attribute = attributes_->specs[column_];
    problems_->add(place, key_,
                   "\"" + level.text + "\" compares values of kind " +
                       std::string(kind_name(*wanted)) + ", and \"" + attribute.name +
                       "\" is of kind " + std::string(kind_name(attribute.kind)) +
                       "; use another level, or mend the attribute's kind");
  }

  const AttributeSection* attributes_;
  std::uint32_t column_;
  std::string key_;
  ConfigProblems* problems_;
};

// Reads one [[comparison]]: one comparison, or two for a person's names.
class ComparisonReader {
 public:
  ComparisonReader(ConfigReader& reader, const AttributeSection& attributes,
                   ConfigProblems& problems)
      : reader_(&reader),
        section_(&attributes),
        attributes_(attributes.specs),
        problems_(&problems) {
    for (const AttributeSpec& attribute : attributes.specs) names_.push_back(attribute.name);
  }

  std::vector<ComparisonSpec> read() {
    const std::vector<std::uint32_t> columns = read_columns();
    const std::optional<Kind> kind = read_kind();
    const std::vector<PlacedText> levels = reader_->texts("levels");
    const bool has_levels = reader_->value("levels") != nullptr;
    const std::optional<std::string> name = reader_->text("name");
    const std::optional<bool> term_frequency = reader_->boolean("term_frequency");
    const std::optional<std::string> partner = reader_->text("swapped_with");
    reader_->report_unknown();
    if (has_levels && reader_->value("kind") != nullptr) {
      reader_->problem("kind", "a comparison has a kind or levels, not both; leave one out");
    }
    if (columns.empty()) return {};
    std::vector<ComparisonSpec> comparisons;
    if (columns.size() == 2) {
      comparisons = read_pair(columns, kind, has_levels, name.has_value(), partner.has_value());
    } else {
      comparisons.push_back(has_levels ? ComparisonSpec{}
                                       : preset_for(attributes_[columns[0]], columns[0],
                                                    kind.value_or(attributes_[columns[0]].kind)));
      ComparisonSpec& comparison = comparisons.front();
      comparison.attribute = columns[0];
      comparison.name = name.value_or(names_[columns[0]]);
      if (has_levels) {
        comparison.levels =
            LevelReader(*section_, columns[0], reader_->key_path("levels"), *problems_)
                .levels(levels, reader_->place_of("levels"));
      } else {
        check_preset(comparison);
      }
      read_partner(partner, comparison);
    }
    for (ComparisonSpec& comparison : comparisons) {
      if (term_frequency) comparison.term_frequency = *term_frequency;
    }
    return comparisons;
  }

 private:
  std::vector<std::uint32_t> read_columns() {
    std::vector<std::uint32_t> columns;
    bool sound = true;
    for (const PlacedText& written : reader_->texts("attributes")) {
      const std::optional<std::uint32_t> column = column_of(written, "attributes");
      sound = sound && column.has_value();
      if (column) columns.push_back(*column);
    }
    if (!sound) return {};
    if (columns.empty() || columns.size() > 2) {
      reader_->problem("attributes",
                       "a comparison takes one attribute, or the given and the family "
                       "name of a person; name them as in attributes = [\"village\"]");
      return {};
    }
    return columns;
  }

  std::optional<std::uint32_t> column_of(const PlacedText& written, std::string_view key) {
    const auto found = std::find(names_.begin(), names_.end(), written.text);
    if (found != names_.end()) return static_cast<std::uint32_t>(found - names_.begin());
    problems_->add(written.place, reader_->key_path(key),
                   "there is no attribute \"" + written.text +
                       "\"; add it as an [[attribute]] or use one that is there" +
                       did_you_mean_text(written.text, names_));
    return std::nullopt;
  }

  std::optional<Kind> read_kind() {
    std::vector<std::string_view> kinds;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(Kind::kSet); ++i) {
      kinds.push_back(kind_name(static_cast<Kind>(i)));
    }
    const std::optional<std::size_t> chosen = reader_->choice("kind", kinds);
    return chosen ? std::optional(static_cast<Kind>(*chosen)) : std::nullopt;
  }

  std::vector<ComparisonSpec> read_pair(const std::vector<std::uint32_t>& columns,
                                        std::optional<Kind> kind, bool has_levels, bool has_name,
                                        bool has_partner) {
    if (columns[0] == columns[1]) {
      reader_->problem("attributes",
                       "the two attributes are one; name the given and the family name");
      return {};
    }
    if (has_levels || kind != Kind::kPersonName) {
      reader_->problem("attributes",
                       "two attributes are compared together by kind = \"person_name\" only; write "
                       "one [[comparison]] for each");
      return {};
    }
    for (const std::uint32_t column : columns) {
      if (!section_->differs_from(column, Kind::kName)) continue;
      reader_->problem("attributes", "\"" + names_[column] + "\" is of kind " +
                                         std::string(kind_name(attributes_[column].kind)) +
                                         "; the parts of a person's name are of kind name");
    }
    if (has_name) {
      reader_->problem("name",
                       "this makes two comparisons, named after their attributes; leave the "
                       "name out");
    }
    if (has_partner) {
      reader_->problem("swapped_with",
                       "the two attributes are each other's partner already; leave "
                       "this out");
    }
    return person_name_comparisons(attributes_, columns[0], columns[1]);
  }

  // A preset of another kind may hold levels that the attribute's values cannot be read for.
  void check_preset(const ComparisonSpec& comparison) {
    for (const LevelSpec& level : comparison.levels) {
      const std::optional<Kind> wanted = wanted_kind(level.function);
      const AttributeSpec& attribute = attributes_[comparison.attribute];
      if (!wanted || !section_->differs_from(comparison.attribute, *wanted)) continue;
      reader_->problem("kind", "\"" + attribute.name + "\" is of kind " +
                                   std::string(kind_name(attribute.kind)) +
                                   ", which this kind's levels cannot read; leave the key out for "
                                   "the attribute's own kind");
      return;
    }
  }

  void read_partner(const std::optional<std::string>& partner, ComparisonSpec& comparison) {
    const auto is_swapped = [](const LevelSpec& level) {
      return level.function == LevelFunction::kSwapped;
    };
    const bool swaps = std::any_of(comparison.levels.begin(), comparison.levels.end(), is_swapped);
    if (!partner) {
      if (swaps) {
        reader_->problem("levels",
                         "the level \"swapped\" needs a partner; add swapped_with = \"the "
                         "other attribute\"");
      }
      return;
    }
    comparison.swapped_with =
        column_of({*partner, reader_->place_of("swapped_with")}, "swapped_with");
    if (comparison.swapped_with == comparison.attribute) {
      reader_->problem("swapped_with",
                       "an attribute cannot be exchanged with itself; name the other "
                       "attribute");
    }
    if (!swaps) {
      reader_->problem("swapped_with",
                       "no level is \"swapped\", so this says nothing; add the level, "
                       "or leave the key out");
    }
  }

  ConfigReader* reader_;
  const AttributeSection* section_;
  std::span<const AttributeSpec> attributes_;
  ConfigProblems* problems_;
  std::vector<std::string> names_;
};

void check_name(ConfigReader& reader, const std::string& name,
                const std::vector<ComparisonSpec>& before) {
  const std::string_view key = reader.value("name") == nullptr ? "attributes" : "name";
  if (name.empty())
    reader.problem(key, "a comparison's name is empty; it is a column of links.csv");
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) {
    reader.problem(key, "\"" + name +
                            "\" is already a column of links.csv; give the comparison "
                            "another name");
  }
  const auto same = [&](const ComparisonSpec& comparison) { return comparison.name == name; };
  if (std::any_of(before.begin(), before.end(), same)) {
    reader.problem(key, "two comparisons are called \"" + name +
                            "\", so their columns in links.csv could not be told apart; give one "
                            "another name");
  }
}

}  // namespace

std::vector<ComparisonSpec> read_comparison_section(ConfigReader& root,
                                                    const AttributeSection& attributes,
                                                    ConfigProblems& problems) {
  std::vector<ComparisonSpec> comparisons;
  for (ConfigReader& reader : root.tables("comparison")) {
    for (ComparisonSpec& comparison : ComparisonReader(reader, attributes, problems).read()) {
      check_name(reader, comparison.name, comparisons);
      comparisons.push_back(std::move(comparison));
    }
  }
  if (root.value("comparison") == nullptr) {
    root.problem("comparison",
                 "there is no comparison, so no pair could be weighed; add a "
                 "[[comparison]] with attributes = [\"…\"]");
  }
  if (comparisons.size() > kMaxComparisons) {
    root.problem("comparison",
                 "a job has at most 16 comparisons (a person's names count as two); "
                 "drop the least telling");
  }
  return comparisons;
}

}  // namespace tessera
