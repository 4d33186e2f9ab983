#include "data/sex_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "data/unicode.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

struct SexWords {
  char sex;
  std::string_view words;  ///< Apart by `|`.
};

constexpr std::array kSexWords = std::to_array<SexWords>({
    // ISO/IEC 5218 (1 male, 2 female), HL7 v2 table 0001, openIMIS
    {'m', "1|01|1.0|m"},
    {'f', "2|02|2.0|f"},
    {'o',
     "3|o|x|d|i|a|oth|other|others|indeterminate|intersex|non-binary|nonbinary|third gender|"
     "third|transgender|ambiguous|undifferentiated"},
    // English
    {'m', "male|man|boy|masc|mal|males|mr|son|husband"},
    {'f', "female|woman|girl|fem|femal|females|mrs|ms|miss|daughter|wife"},
    // French, Portuguese, Spanish, Italian
    {'m',
     "masculin|homme|garçon|h|masculino|homem|hombre|menino|niño|varón|macho|maschio|"
     "maschile|uomo|mâle"},
    {'f',
     "féminin|femme|fille|feminino|femenino|femenina|mulher|mujer|menina|niña|hembra|femmina|"
     "femminile|donna|femelle"},
    {'o',
     "autre|outro|otro|altro|intersexe|intersexo|indeterminado|indéterminé|divers|andere|"
     "anders|другой|другое|अन्य|অন্যান্য|তৃতীয় লিঙ্গ|ሌላ|أخرى|آخر|ផ្សេងទៀត|nyingine|khác|lainnya"},
    // German, Dutch, Danish and Swedish, Polish, Turkish
    {'m',
     "männlich|maennlich|mann|junge|herr|mannelijk|jongen|mand|mandlig|manlig|mężczyzna|"
     "męska|męski|erkek|e|bay"},
    {'f',
     "weiblich|w|frau|mädchen|vrouw|vrouwelijk|v|meisje|kvinde|kvindelig|kvinna|kvinnlig|k|"
     "kobieta|żeńska|żeński|kadın|kız|bayan"},
    // Swahili, Hausa, Yoruba, Somali, Kinyarwanda, Malagasy, Lingala
    {'m', "mwanaume|mwanamume|kiume|me|mume|mvulana|namiji|okunrin|lab|gabo|lahy|mobali"},
    {'f', "mwanamke|kike|ke|mke|msichana|mace|obinrin|dhedig|gore|vavy|mwasi"},
    // Amharic, Tigrinya
    {'m', "ወንድ|ወ|ተባዕታይ"},
    {'f', "ሴት|ሴ|አንስታይ"},
    // Arabic, Persian, Urdu
    {'m', "ذكر|ذ|رجل|ولد|مرد|مذكر|پسر"},
    {'f', "أنثى|أ|امرأة|بنت|انثى|زن|مؤنث|دختر|عورت"},
    // Hindi, Nepali, Bengali, Tamil, Sinhala
    {'m', "पुरुष|पु|पुल्लिंग|लड़का|पुरूष|পুরুষ|ছেলে|ஆண்|පුරුෂ|පිරිමි"},
    {'f',
     "महिला|म|स्त्री|स्त्रीलिंग|लड़की|औरत|মহিলা|নারী|স্ত্রী|মেয়ে|பெண்|"
     "ස්ත්‍රී|"
     "ගැහැණු"},
    // Russian, Ukrainian, Kazakh, Mongolian
    {'m', "мужской|муж|м|мужчина|мальчик|чоловіча|чоловічий|чоловік|ч|ер|еркек|эр|эрэгтэй|эркек"},
    {'f', "женский|жен|ж|женщина|девочка|жіноча|жіночий|жінка|әйел|эм|эмэгтэй|аял"},
    // Khmer, Thai, Lao, Burmese
    {'m', "ប្រុស|ប|ชาย|ຊາຍ|ကျား|အမျိုးသား"},
    {'f', "ស្រី|ស|หญิง|ຍິງ|မ|အမျိုးသမီး"},
    // Vietnamese, Indonesian and Malay, Tagalog
    {'m', "nam|laki-laki|lelaki|laki|l|pria|lalaki"},
    {'f', "nữ|perempuan|p|wanita|babae"},
    // Chinese, Japanese, Korean
    {'m', "男|男性|남|남자|남성"},
    {'f', "女|女性|여|여자|여성"},
});

constexpr std::array kUnknown =
    std::to_array<std::string_view>({"0", "00", "9", "99", "u", "un", "ns", "н"});

std::unordered_map<std::string, char> make_sexes() {
  std::unordered_map<std::string, char> sexes;
  for (const SexWords& line : kSexWords) {
    for_each_part(line.words, '|',
                  [&](std::string_view word) { sexes.emplace(fold_name(word), line.sex); });
  }
  return sexes;
}

// Words long enough that one wrong letter leaves them recognisable, by sex.
constexpr std::string_view kLongMale = "male|masculin|homme|masculino|hombre|homem|mannlich";
constexpr std::string_view kLongFemale =
    "female|feminin|femme|feminino|femenino|mujer|mulher|weiblich";

// Whether one letter changed, dropped, doubled in or swapped with its neighbour makes `a` of `b`.
bool is_one_slip_apart(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1) return false;
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const std::string_view rest_a = a.substr(static_cast<std::size_t>(in_a - a.begin()));
  const std::string_view rest_b = b.substr(static_cast<std::size_t>(in_b - b.begin()));
  if (rest_a.empty()) return true;
  if (a.size() > b.size()) return rest_a.substr(1) == rest_b;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
         rest_a.substr(2) == rest_b.substr(2);
}

bool is_slip_of_one_of(std::string_view word, std::string_view list) {
  bool found = false;
  for_each_part(list, '|',
                [&](std::string_view known) { found = found || is_one_slip_apart(word, known); });
  return found;
}

// make, femaoe: mistyped, but near words of one sex only (emale is near both). Short words are
// codes.
std::optional<char> sex_of_mistyped(std::string_view word) {
  constexpr std::size_t kShortest = 4;
  if (word.size() < kShortest) return std::nullopt;
  const bool male = is_slip_of_one_of(word, kLongMale);
  const bool female = is_slip_of_one_of(word, kLongFemale);
  if (male == female) return std::nullopt;
  return male ? 'm' : 'f';
}

}  // namespace

std::optional<char> sex_of_word(std::string_view folded) {
  static const std::unordered_map<std::string, char> sexes = make_sexes();
  const std::string word = fold_name(folded);
  const auto found = sexes.find(word);
  if (found == sexes.end()) return sex_of_mistyped(word);
  return found->second;
}

bool is_unknown_sex(std::string_view folded) {
  return std::find(kUnknown.begin(), kUnknown.end(), folded) != kUnknown.end();
}

}  // namespace tessera
