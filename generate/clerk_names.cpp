#include "generate/clerk_names.hpp"

#include <algorithm>

#include "generate/text_errors.hpp"

namespace tessera {
namespace {

constexpr Day kNewborn = 60;  // days
constexpr double kNewbornWithoutName = 0.12;

/// One name in Latin letters with the slips that its registry's rates give it.
std::string with_slips(const Clerk& clerk, std::string name) {
  if (name.empty()) return name;
  if (clerk.errs(clerk.rates.phonetic)) name = with_respelling(name, clerk.random);
  if (clerk.errs(clerk.rates.typo)) name = with_typo(name, clerk.random);
  if (clerk.errs(clerk.rates.ocr)) name = with_misreading(name, clerk.random);
  if (clerk.errs(clerk.rates.truncated) && name.size() > 5) {
    name = first_letters(name, 4 + clerk.random.index(3));
  }
  return name;
}

/// Hyphens and apostrophes come and go: Jean-Pierre, Jean Pierre, JeanPierre; N'Diaye, NDiaye.
std::string with_loose_marks(const Clerk& clerk, std::string name) {
  const std::size_t at = name.find_first_of("-'");
  if (at == std::string::npos || !clerk.random.chance(0.3)) return name;
  if (name[at] == '-' && clerk.random.chance(0.7)) {
    name[at] = ' ';
  } else {
    name.erase(at, 1);
  }
  return name;
}

std::string write_given(const Clerk& clerk, const Person& person, const CultureNames& culture) {
  std::string given = person.given;
  const auto short_forms = culture.short_forms(given);
  if (!short_forms.empty() && clerk.random.chance(clerk.rates.nickname)) {
    given = short_forms[clerk.random.index(short_forms.size())];
  }
  const bool initial = clerk.errs(clerk.rates.initial);
  given = initial ? first_letters(given, 1) + (clerk.random.chance(0.5) ? "." : "")
                  : with_slips(clerk, std::move(given));
  if (person.second.empty() || clerk.random.chance(clerk.rates.second_dropped)) return given;
  const bool second_initial = clerk.random.chance(0.12);
  return given + ' ' +
         (second_initial ? first_letters(person.second, 1) : with_slips(clerk, person.second));
}

std::string write_family(const Clerk& clerk, const Person& person, Day day) {
  const bool kept = person.married != 0 && clerk.random.chance(clerk.rates.old_family);
  const std::string& family = kept ? person.birth_family : person.family_on(day);
  return with_slips(clerk, family);
}

WrittenNames in_native_script(const Person& person, Script script, Day day) {
  std::string given = person.given;
  if (!person.second.empty()) given += ' ' + person.second;
  return {write_in_script(given, script), write_in_script(person.family_on(day), script),
          write_in_script(person.mother, script)};
}

void finish(const Clerk& clerk, WrittenNames& names) {
  const bool plain = clerk.random.chance(clerk.rates.diacritics_dropped);
  const bool upper = clerk.random.chance(clerk.rates.upper_case);
  for (std::string* name : {&names.given, &names.family, &names.mother}) {
    if (plain) *name = without_diacritics(*name);
    *name = with_loose_marks(clerk, std::move(*name));
    if (upper) *name = in_upper_case(*name);
  }
}

/// Values that stand for none, and none.
void blank_out(const Clerk& clerk, WrittenNames& names) {
  if (clerk.errs(clerk.rates.family_missing)) names.family.clear();
  if (clerk.errs(clerk.rates.family_placeholder)) {
    static constexpr std::string_view kPlaceholders[] = {"UNKNOWN", "N/A", "XXX", "-"};
    names.family = kPlaceholders[clerk.random.index(std::size(kPlaceholders))];
  }
  if (clerk.errs(clerk.rates.given_missing)) names.given.clear();
}

}  // namespace

WrittenNames write_names(const Clerk& clerk, const Person& person, const CultureNames& culture,
                         Registry registry, Day day) {
  if (culture.spec.script != Script::kNone && clerk.random.chance(clerk.rates.native_script)) {
    return in_native_script(person, culture.spec.script, day);
  }
  WrittenNames names;
  names.given = write_given(clerk, person, culture);
  names.family = write_family(clerk, person, day);
  if (registry == Registry::kCrvs && !clerk.errs(clerk.rates.mother_missing)) {
    names.mother = with_slips(clerk, person.mother);
  }
  if (clerk.errs(clerk.rates.names_swapped * culture.spec.swaps_names)) {
    std::swap(names.given, names.family);
  }
  finish(clerk, names);
  blank_out(clerk, names);
  const bool newborn = day - person.member.born <= kNewborn;
  if (registry == Registry::kClient && newborn && clerk.random.chance(kNewbornWithoutName)) {
    names.given = "BABY OF " + in_upper_case(person.mother.substr(0, person.mother.find(' ')));
  }
  return names;
}

std::string write_place(const Clerk& clerk, std::string_view place, Script script, bool native) {
  if (native) return write_in_script(place, script);
  std::string written(place);
  if (clerk.random.chance(clerk.rates.diacritics_dropped)) written = without_diacritics(written);
  if (clerk.errs(clerk.rates.village_wrong)) {
    written = clerk.random.chance(0.5) ? with_typo(written, clerk.random)
                                       : with_respelling(written, clerk.random);
  }
  // Some clerks add the ward; the comma makes the field need its quotes.
  if (clerk.random.chance(0.015)) {
    written += ", Ward " + std::to_string(clerk.random.between(1, 9));
  }
  return written;
}

}  // namespace tessera
