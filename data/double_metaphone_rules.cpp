// Double Metaphone's rules for C, G and S. Each rule carries the name that made it needed.
#include "data/double_metaphone_reader.hpp"

namespace tessera {
namespace {

/// CH behind or at the beginning: K in Greek and Germanic words, else X.
TwoSounds read_ch(const NameReader& name) {
  if (!name.is_first() && name.has(0, {"CHAE"})) return {"K", "X", 2};  // michael
  const bool greek_root = name.is_first() &&
                          name.has(1, {"HARAC", "HARIS", "HOR", "HYM", "HIA", "HEM"}) &&
                          !name.begins({"CHORE"});
  if (greek_root) return one_sound("K", 2);                           // chemistry, chorus
  const bool kh_word = name.has(-2, {"ORCHES", "ARCHIT", "ORCHID"});  // not arch
  // wachtler, wechsler, but not tichner
  const bool kh_behind_vowel = (name.is_first() || name.has(-1, {"A", "O", "U", "E"})) &&
                               name.has(2, {"L", "R", "N", "M", "B", "H", "F", "V", "W", " "});
  if (name.is_germanic() || kh_word || name.has(2, {"T", "S"}) || kh_behind_vowel) {
    return one_sound("K", 2);
  }
  if (name.is_first()) return one_sound("X", 2);
  if (name.begins({"MC"})) return one_sound("K", 2);  // mchugh
  return {"X", "K", 2};
}

/// CC, but for McClellan.
TwoSounds read_cc(const NameReader& name) {
  const bool soft = name.has(2, {"I", "E", "H"}) && !name.has(2, {"HU"});
  if (!soft) return one_sound("K", 2);  // bacchus
  const bool as_ks = (name.place() == 1 && name.at(-1) == 'A') || name.has(-1, {"UCCEE", "UCCES"});
  return one_sound(as_ks ? "KS" : "X", 3);  // accident, succeed; bertucci
}

/// GH: hard, silent or F.
TwoSounds read_gh(const NameReader& name) {
  const std::size_t place = name.place();
  if (place > 0 && !name.has_vowel(-1)) return one_sound("K", 2);
  if (place == 0) return one_sound(name.at(2) == 'I' ? "J" : "K", 2);  // ghislane, ghoul
  // Parker's rule: hugh, bough, broughton
  const bool silent = (place > 1 && name.has(-2, {"B", "H", "D"})) ||
                      (place > 2 && name.has(-3, {"B", "H", "D"})) ||
                      (place > 3 && name.has(-4, {"B", "H"}));
  if (silent) return one_sound("", 2);
  const bool as_f = place > 2 && name.at(-1) == 'U' && name.has(-3, {"C", "G", "L", "R", "T"});
  if (as_f) return one_sound("F", 2);  // laugh, cough, tough
  return one_sound(name.at(-1) == 'I' ? "" : "K", 2);
}

/// GN
TwoSounds read_gn(const NameReader& name) {
  if (name.place() == 1 && name.has_vowel(-1) && !name.is_slavo_germanic()) return {"KN", "N", 2};
  if (name.has(2, {"EY"}) || name.is_slavo_germanic()) return one_sound("KN", 2);  // cagney
  return {"N", "KN", 2};
}

/// SC
TwoSounds read_sc(const NameReader& name) {
  if (name.at(2) == 'H') {                                                 // Schlesinger's rule
    if (name.has(3, {"ER", "EN"})) return {"X", "SK", 3};                  // schenker
    if (name.has(3, {"OO", "UY", "ED", "EM"})) return one_sound("SK", 3);  // school
    const bool as_s = name.is_first() && !name.has_vowel(3) && name.at(3) != 'W';
    return {"X", as_s ? "S" : "X", 3};  // schmidt
  }
  return one_sound(name.has(2, {"I", "E", "Y"}) ? "S" : "SK", 3);
}

}  // namespace

TwoSounds read_c(const NameReader& name) {
  const bool germanic_ach = name.place() > 1 && !name.has_vowel(-2) && name.has(-1, {"ACH"}) &&
                            name.at(2) != 'I' &&
                            (name.at(2) != 'E' || name.has(-2, {"BACHER", "MACHER"}));
  if (germanic_ach) return one_sound("K", 2);
  if (name.is_first() && name.has(0, {"CAESAR"})) return one_sound("S", 2);
  if (name.has(0, {"CHIA"})) return one_sound("K", 2);  // chianti
  if (name.has(0, {"CH"})) return read_ch(name);
  if (name.has(0, {"CZ"}) && !name.has(-2, {"WICZ"})) return {"S", "X", 2};  // czerny
  if (name.has(1, {"CIA"})) return one_sound("X", 3);                        // focaccia
  if (name.has(0, {"CC"}) && !(name.place() == 1 && name.at(-1) == 'M')) return read_cc(name);
  if (name.has(0, {"CK", "CG", "CQ"})) return one_sound("K", 2);
  if (name.has(0, {"CIO", "CIE", "CIA"})) return {"S", "X", 2};
  if (name.has(0, {"CI", "CE", "CY"})) return one_sound("S", 2);
  if (name.has(1, {" C", " Q", " G"})) return one_sound("K", 3);  // mac caffrey
  const bool doubled = name.has(1, {"C", "K", "Q"}) && !name.has(1, {"CE", "CI"});
  return one_sound("K", doubled ? 2 : 1);
}

TwoSounds read_g(const NameReader& name) {
  if (name.at(1) == 'H') return read_gh(name);
  if (name.at(1) == 'N') return read_gn(name);
  if (name.has(1, {"LI"}) && !name.is_slavo_germanic()) return {"KL", "L", 2};  // tagliaro
  const bool ges = name.is_first() && name.has(1, {"Y", "ES", "EP", "EB", "EL", "EY", "IB", "IL",
                                                   "IN", "IE", "EI", "ER"});
  if (ges) return {"K", "J", 2};
  const bool ger = name.has(1, {"ER", "Y"}) && !name.begins({"DANGER", "RANGER", "MANGER"}) &&
                   !name.has(-1, {"E", "I", "RGY", "OGY"});
  if (ger) return {"K", "J", 2};
  if (name.has(1, {"E", "I", "Y"}) || name.has(-1, {"AGGI", "OGGI"})) {  // biaggi
    if (name.is_germanic() || name.has(1, {"ET"})) return one_sound("K", 2);
    return {"J", name.has(1, {"IER "}) ? "J" : "K", 2};  // always soft in a French ending
  }
  return one_sound("K", name.at(1) == 'G' ? 2 : 1);
}

TwoSounds read_s(const NameReader& name) {
  if (name.has(-1, {"ISL", "YSL"})) return one_sound("", 1);  // island, carlysle
  if (name.is_first() && name.has(0, {"SUGAR"})) return {"X", "S", 1};
  if (name.at(1) == 'H') {
    const bool germanic = name.has(1, {"HEIM", "HOEK", "HOLM", "HOLZ"});
    return one_sound(germanic ? "S" : "X", 2);
  }
  if (name.has(0, {"SIO", "SIA"})) {  // Italian and Armenian
    return {"S", name.is_slavo_germanic() ? "S" : "X", 3};
  }
  if (name.at(1) == 'Z') return {"S", "X", 2};
  // smith for schmidt, snider for schneider
  if (name.is_first() && name.has(1, {"M", "N", "L", "W"})) return {"S", "X", 1};
  if (name.at(1) == 'C') return read_sc(name);
  const bool silent = name.is_last() && name.has(-2, {"AI", "OI"});  // resnais, artois
  return {silent ? "" : "S", "S", name.has(1, {"S", "Z"}) ? std::size_t{2} : std::size_t{1}};
}

}  // namespace tessera
