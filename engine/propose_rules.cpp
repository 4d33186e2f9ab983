// A rule finds a true pair only if both records agree on all its keys, so good rules are few keys,
// of different attributes, each stable under the errors that registries make: a misspelt name keeps
// its sound, a wrong day keeps its year, a family that moved keeps its phone. Several rules that
// fail for different reasons find nearly all pairs.
//
// How broad a rule may be depends on the number of records: agreeing on the sound of the family
// name alone makes 17 pairs a record among 5 000 records, and 17 000 among 5 million. So each
// candidate names its base keys and, after them, keys that sharpen it, to be added one by one until
// the sample says that the rule is affordable.
#include "engine/propose_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/propose_place.hpp"

namespace tessera {
namespace {

// A candidate. Keys are as in configs, but for sound(x): soundex(x) where that gives keys (Latin
// letters), else prefix(x,3). A candidate is skipped if an attribute of its base is absent; absent
// sharpeners are passed over.
struct Candidate {
  std::array<std::string_view, 3> base;
  std::array<std::string_view, 4> sharpeners;
  std::string_view reason;
};

constexpr std::array<Candidate, 46> kPersonCandidates = {{
    // Numbers and addresses given to one person or household: few pairs, mostly true.
    {{"national_id"}, {"sound(family_name)"}, "a number issued to one person"},
    {{"insurance_id"}, {"sound(given_name)"}, "a number issued to one person or family"},
    {{"email"}, {"prefix(given_name,1)"}, "an address that few share"},
    {{"phone"}, {"prefix(given_name,1)", "sex"}, "a number that a household shares"},
    // The date of birth survives every error in the names.
    {{"birth_date"},
     {"prefix(given_name,1)", "sex", "prefix(family_name,1)"},
     "the birth date survives any error in the names"},
    {{"birth_date"},
     {"prefix(family_name,1)"},
     "the birth date survives any error in the given name"},
    {{"birth_date", "sounds(given_name,family_name)"},
     {"sex"},
     "the birth date and the sound of one name, in whichever column it stands"},
    {{"birth_date", "village"}, {"sex"}, "one village and birth date, whatever the names"},
    {{"village", "sorted_sounds(given_name,family_name)"},
     {},
     "one village and both names by sound survive any error in the date"},
    {{"village", "sound(given_name)"}, {"sex", "year(birth_date)"}, "one village, one given name"},
    {{"village", "sound(family_name)"},
     {"prefix(given_name,1)", "sex", "year(birth_date)"},
     "one village, one family name"},
    // Both names, by sound: survives any error in the date and the place.
    {{"sound(given_name)", "sound(family_name)"},
     {"sex", "year(birth_date)", "postcode"},
     "both names by sound survive any error elsewhere"},
    {{"sound(family_name)"},
     {"year(birth_date)", "prefix(given_name,1)", "sex", "month(birth_date)"},
     "the family name survives a changed given name"},
    {{"sound(given_name)"},
     {"year(birth_date)", "sex", "prefix(family_name,1)", "month(birth_date)"},
     "the given name survives marriage and adoption"},
    {{"sound(full_name)"}, {"year(birth_date)", "sex"}, "the whole name by sound"},
    {{"tokens(full_name)"},
     {"year(birth_date)", "sex", "initials(full_name)"},
     "one word of the name survives a change of the others and of their order"},
    {{"prefix(full_name,5)"},
     {"year(birth_date)", "sex", "city"},
     "the name's beginning survives errors in its end"},
    {{"sorted_tokens(full_name)"}, {"year(birth_date)"}, "the whole name in any order"},
    {{"tokens(given_name)", "tokens(family_name)"},
     {"year(birth_date)"},
     "one word of each name survives added or dropped second names"},
    // Two parts of the date, the third being wrong: slips of one digit, calendars, exchanged months
    // and days.
    {{"year(birth_date)", "month(birth_date)"},
     {"prefix(given_name,1)", "sex", "prefix(family_name,1)", "city"},
     "year and month survive a wrong day"},
    {{"year(birth_date)", "day(birth_date)"},
     {"prefix(given_name,1)", "sex", "prefix(family_name,1)", "city"},
     "year and day survive a wrong month"},
    {{"month(birth_date)", "day(birth_date)"},
     {"prefix(given_name,1)", "sex", "prefix(family_name,1)", "city"},
     "month and day survive a wrong year"},
    {{"month(birth_date)", "day(birth_date)", "sound(given_name)"},
     {"sex", "prefix(family_name,1)"},
     "month and day survive a wrong year"},
    {{"month(birth_date)", "day(birth_date)", "sound(family_name)"},
     {"sex", "prefix(given_name,1)"},
     "month and day survive a wrong year"},
    {{"month(birth_date)", "day(birth_date)", "initials(full_name)"},
     {"sex"},
     "month and day survive a wrong year"},
    {{"year(birth_date)", "prefix(family_name,3)"},
     {"prefix(given_name,1)"},
     "a name's beginning survives errors in its end"},
    {{"year(birth_date)", "suffix(family_name,3)"},
     {"prefix(given_name,1)"},
     "a name's end survives errors in its beginning"},
    {{"prefix(given_name,2)", "prefix(family_name,2)"},
     {"year(birth_date)"},
     "both beginnings survive errors in the ends"},
    {{"suffix(given_name,3)", "suffix(family_name,3)"},
     {"year(birth_date)", "sex", "month(birth_date)"},
     "both ends survive errors in the beginnings"},
    {{"sorted_sounds(given_name,family_name)"},
     {"year(birth_date)", "sex", "postcode"},
     "both names by sound, in either order"},
    // Where they live, with one name.
    {{"postcode"},
     {"prefix(given_name,1)", "sex", "sound(given_name)", "year(birth_date)"},
     "one neighbourhood, whatever the dates"},
    {{"postcode"},
     {"prefix(family_name,1)", "sex", "sound(family_name)", "year(birth_date)"},
     "one neighbourhood, whatever the dates"},
    {{"address"}, {"prefix(given_name,1)", "sex", "year(birth_date)"}, "the same dwelling"},
    {{"tokens(address)", "sound(given_name)"},
     {"year(birth_date)", "sex"},
     "a word of the address survives its other spellings"},
    {{"city", "sound(given_name)"}, {"year(birth_date)", "sex"}, "one town, one given name"},
    {{"city", "sound(family_name)"},
     {"year(birth_date)", "prefix(given_name,1)", "sex"},
     "one town, one family name"},
    {{"prefix(postcode,4)", "prefix(given_name,1)"},
     {"sex", "year(birth_date)", "prefix(family_name,1)"},
     "a postal district survives a wrong last character"},
    {{"city", "year(birth_date)"},
     {"prefix(given_name,1)", "sex", "month(birth_date)"},
     "one town, one year, whatever the names"},
    {{"birth_place", "year(birth_date)"},
     {"prefix(given_name,1)", "sex", "month(birth_date)"},
     "born in one place and year, whatever the names"},
    {{"birth_place", "occupation"},
     {"sex", "prefix(given_name,1)", "year(birth_date)"},
     "one place of birth and one trade, whatever the names"},
    {{"suffix(phone,6)"}, {"prefix(given_name,1)", "sex"}, "the same number, its prefix apart"},
    {{"prefix(email,6)"}, {"prefix(given_name,1)", "sex"}, "an address with an error in its end"},
    // Other names.
    {{"sound(birth_name)", "sound(given_name)"},
     {"year(birth_date)"},
     "the name at birth survives marriage"},
    {{"sound(mother_name)", "sound(given_name)"},
     {"year(birth_date)"},
     "a mother's child of one name"},
    {{"sound(birth_place)", "sound(given_name)"},
     {"year(birth_date)"},
     "place of birth and given name"},
    {{"year(birth_date)", "city", "prefix(full_name,1)"},
     {"sex", "month(birth_date)"},
     "one town, one year, one initial"},
}};

// One rule under construction.
class RuleMaker {
 public:
  RuleMaker(std::span<const MappedAttribute> attributes, RuleCosts& costs, const RuleLimits& limits)
      : attributes_(attributes), costs_(&costs), limits_(limits) {}

  // Takes the broadest affordable form of a candidate.
  void consider(std::span<const std::string> base, std::span<const std::string> sharpeners,
                std::string_view reason) {
    std::vector<KeyPart> parts;
    for (const std::string& key : base) {
      const std::optional<KeyPart> part = part_of(key);
      if (!part) return;
      parts.push_back(*part);
    }
    RuleCosts::Cost cost = costs_->of(parts);
    for (const std::string& key : sharpeners) {
      if (is_affordable(cost)) break;
      const std::optional<KeyPart> part = part_of(key);
      if (!part || says_nothing_new(*part, parts)) continue;
      parts.push_back(*part);
      cost = costs_->of(parts);
    }
    if (cost.keyed_share < kLeastKeyed || cost.one_source || parts.size() > kMostKeys) return;
    const bool affordable = is_affordable(cost);
    ProposedRule rule{{text_of(parts), parts}, std::string(reason), cost.pairs_per_record};
    if (!affordable) {
      if (!sharpest_ || rule.pairs_per_record < sharpest_->pairs_per_record) sharpest_ = rule;
      return;
    }
    if (makes_no_new_pairs(parts)) return;
    drop_contained_in(parts);
    total_ += cost.pairs_per_record;
    rules_.push_back(std::move(rule));
  }

  bool has_room(std::size_t rules) const { return rules_.size() < rules; }

  // Whether some rule was left out or sharpened because others had taken what all may make.
  bool is_crowded() const { return crowded_; }

  std::vector<ProposedRule> finish() && {
    if (rules_.empty() && sharpest_) rules_.push_back(*sharpest_);
    return std::move(rules_);
  }

 private:
  static constexpr std::size_t kMostKeys = 4;  // records that agree on more agree on others' keys
  static constexpr double kLeastKeyed = 0.02;  // of the sampled records must have a key

  bool is_affordable(const RuleCosts::Cost& cost) {
    if (cost.pairs_per_record > limits_.pairs_per_record) return false;
    const bool fits = total_ + cost.pairs_per_record <= limits_.total_pairs_per_record;
    crowded_ = crowded_ || !fits;
    return fits;
  }

  std::optional<KeyPart> part_of(const std::string& written) {
    std::optional<KeyPartText> text = split_key_part(written);
    if (!text) return std::nullopt;
    KeyPart part;
    const std::optional<std::uint32_t> column = column_of(text->attribute);
    if (!column) return std::nullopt;
    part.attribute = *column;
    if (!text->with.empty()) {
      part.with = column_of(text->with);
      if (!part.with) return std::nullopt;
    }
    if (text->function == "sound") return sound_of(part.attribute);
    const std::optional<KeyFunction> function = key_function_from_name(text->function);
    if (!function) return std::nullopt;
    part.function = *function;
    part.length = text->length.value_or(0);
    return part;
  }

  // A record's place, wherever from, stands in for its village; a district for its city.
  std::optional<std::uint32_t> column_of(std::string_view name) const {
    const std::string_view first = name == "village" ? kPlaceName : name;
    const std::string_view last = name == "city" ? std::string_view("district") : name;
    for (const std::string_view wanted : {first, name, last}) {
      const auto named = [&](const MappedAttribute& a) { return a.spec.name == wanted; };
      const auto found = std::find_if(attributes_.begin(), attributes_.end(), named);
      if (found == attributes_.end()) continue;
      return static_cast<std::uint32_t>(found - attributes_.begin());
    }
    return std::nullopt;
  }

  // Names in scripts that nothing romanises have no soundex.
  KeyPart sound_of(std::uint32_t attribute) {
    const KeyPart sound{KeyFunction::kSoundex, attribute, 0};
    const KeyPart value{KeyFunction::kValue, attribute, 0};
    const double keyed = costs_->of(std::span(&sound, 1)).keyed_share;
    const double filled = costs_->of(std::span(&value, 1)).keyed_share;
    return keyed >= 0.9 * filled ? sound : KeyPart{KeyFunction::kPrefix, attribute, 3};
  }

  std::string text_of(const std::vector<KeyPart>& parts) const {
    std::string text;
    for (const KeyPart& part : parts) {
      if (!text.empty()) text += " + ";
      text += key_part_text(part, attributes_[part.attribute].spec.name,
                            part.with ? attributes_[*part.with].spec.name : "");
    }
    return text;
  }

  // Whether records that agree on `fine` agree on `coarse`, too.
  static bool implies(const KeyPart& fine, const KeyPart& coarse) {
    if (fine.attribute != coarse.attribute || fine.with != coarse.with) return false;
    if (fine.function == coarse.function) {
      return fine.length >= coarse.length || coarse.function == KeyFunction::kValue;
    }
    return fine.function == KeyFunction::kValue;
  }

  static bool says_nothing_new(const KeyPart& part, const std::vector<KeyPart>& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const KeyPart& had) { return implies(had, part); });
  }

  // Whether every pair that agrees on `fine` agrees on `coarse`.
  static bool all_imply(const std::vector<KeyPart>& fine, const std::vector<KeyPart>& coarse) {
    return std::all_of(coarse.begin(), coarse.end(), [&](const KeyPart& wanted) {
      return std::any_of(fine.begin(), fine.end(),
                         [&](const KeyPart& part) { return implies(part, wanted); });
    });
  }

  bool makes_no_new_pairs(const std::vector<KeyPart>& parts) const {
    return std::any_of(rules_.begin(), rules_.end(), [&](const ProposedRule& taken) {
      return all_imply(parts, taken.rule.parts);
    });
  }

  // Rules taken before whose pairs this broader one makes as well; but single keys stay, as a pair
  // is told under the first rule that makes it, and agreeing on a number or a birth date is the
  // plainest reason.
  void drop_contained_in(const std::vector<KeyPart>& parts) {
    std::erase_if(rules_, [&](const ProposedRule& taken) {
      const bool contained = taken.rule.parts.size() > 1 && all_imply(taken.rule.parts, parts);
      if (contained) total_ -= taken.pairs_per_record;
      return contained;
    });
  }

  std::span<const MappedAttribute> attributes_;
  RuleCosts* costs_;
  RuleLimits limits_;
  std::vector<ProposedRule> rules_;
  std::optional<ProposedRule> sharpest_;
  double total_ = 0.0;
  bool crowded_ = false;
};

template <std::size_t kSize>
std::vector<std::string> filled(const std::array<std::string_view, kSize>& keys) {
  std::vector<std::string> texts;
  for (const std::string_view key : keys) {
    if (!key.empty()) texts.emplace_back(key);
  }
  return texts;
}

// Many sharp rules that fail for different reasons find more than a few broad ones. So where they
// do not all find room, each gets no more than its part.
std::vector<ProposedRule> rules_of_persons(std::span<const MappedAttribute> attributes,
                                           RuleCosts& costs, const RuleLimits& limits) {
  constexpr double kEnough = 5.0;  // pairs a record of one rule
  for (const double most : {std::max(limits.pairs_per_record, kEnough), limits.pairs_per_record}) {
    RuleMaker maker(attributes, costs, {most, limits.total_pairs_per_record});
    for (const Candidate& candidate : kPersonCandidates) {
      maker.consider(filled(candidate.base), filled(candidate.sharpeners), candidate.reason);
    }
    if (!maker.is_crowded() || most <= limits.pairs_per_record) return std::move(maker).finish();
  }
  return {};
}

// The keys of an attribute whose meaning is not known, the broadest first.
std::vector<std::string> forms_of(const MappedAttribute& attribute) {
  const std::string& name = attribute.spec.name;
  const bool words = attribute.spec.kind != Kind::kDate && attribute.spec.kind != Kind::kNumber &&
                     attribute.profile.mean_words >= 1.5;
  if (!words) return {name};
  return {"tokens(" + name + ")", "prefix(" + name + ",5)", "prefix(" + name + ",9)", name};
}

// Without persons: every attribute alone, then every two, each sharpened by the others, the most
// telling first; texts by a word, then whole, then by how they begin.
void consider_any(std::span<const MappedAttribute> attributes, RuleMaker& maker) {
  constexpr std::size_t kMostRules = 12;
  std::vector<std::size_t> order(attributes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return attributes[a].profile.distinct > attributes[b].profile.distinct;
  });
  std::vector<std::vector<std::string>> forms;
  for (const std::size_t i : order) forms.push_back(forms_of(attributes[i]));
  for (const std::vector<std::string>& keys : forms) {
    for (const std::string& key : keys) {
      if (maker.has_room(kMostRules)) maker.consider({&key, 1}, {}, "a value that few share");
    }
  }
  for (std::size_t i = 0; i < forms.size(); ++i) {
    for (std::size_t j = i + 1; j < forms.size(); ++j) {
      std::vector<std::string> others;
      for (std::size_t k = 0; k < forms.size(); ++k) {
        if (k != i && k != j) others.push_back(forms[k].front());
      }
      for (const std::string& a : forms[i]) {
        for (const std::string& b : forms[j]) {
          if (!maker.has_room(kMostRules)) return;
          maker.consider(std::vector{a, b}, others, "values that few share together");
        }
      }
    }
  }
}

}  // namespace

std::vector<ProposedRule> propose_rules(std::span<const MappedAttribute> attributes,
                                        bool has_person, RuleCosts& costs,
                                        const RuleLimits& limits) {
  std::vector<ProposedRule> rules;
  if (has_person) rules = rules_of_persons(attributes, costs, limits);
  if (!rules.empty()) return rules;
  RuleMaker plain(attributes, costs, limits);
  consider_any(attributes, plain);
  rules = std::move(plain).finish();
  if (!rules.empty()) return rules;
  // No sampled record has a key: a rule all the same, so that the job is whole and says what it
  // could not compare.
  const std::string& name = attributes.front().spec.name;
  return {
      {{name, {{KeyFunction::kValue, 0, 0}}}, "no sampled record has a value to block on", 0.0}};
}

}  // namespace tessera
