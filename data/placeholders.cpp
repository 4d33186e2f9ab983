#include "data/placeholders.hpp"

#include <algorithm>
#include <array>

#include "data/outlier_count.hpp"
#include "data/unicode.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

// Whole values of a name column: children not yet named, and rows typed to try a program out. Apart
// by `|`.
constexpr std::string_view kNames =
    "baby|baby boy|baby girl|babyboy|babygirl|baby male|baby female|baby one|baby two|baby a|baby "
    "b|"
    "twin|twin a|twin b|twin one|twin two|newborn|new born|new born baby|newborn "
    "baby|infant|infant boy|"
    "infant girl|male child|female child|male infant|female infant|boy child|girl child|"
    "unnamed|not named|no name|noname|not yet named|name not given|yet to be named|stillborn|"
    "test|testing|test test|test patient|patient test|testpatient|test user|test person|"
    "test client|test name|test record|dummy|dummy patient|sample patient|demo patient|"
    "do not use|duplicate|duplicate record|deleted|john doe|jane "
    "doe|anonymous|asdf|asdfgh|asdfasdf|"
    "qwerty|abc|abcd|xyz|first name|last name|firstname|lastname|surname|given name|family name|"
    "bébé|bébé garçon|bébé fille|nouveau-né|nouveau-née|nouveau né|sans nom|anonyme|patient x|"
    "recién nacido|recién nacida|sin nombre|sin apellido|anónimo|paciente prueba|prueba|fulano de "
    "tal|"
    "recém-nascido|recém-nascida|recém nascido|sem nome|teste|fulano|"
    "neugeborenes|neugeborener|säugling|ohne namen|namenlos|max mustermann|erika mustermann|"
    "neonato|neonata|pasgeborene|noworodek|yenidoğan|bebek|bebe|"
    "mtoto|mtoto mchanga|kichanga|hana jina|ሕፃን|ጨቅላ|ስም የለም|ስም የለውም|"
    "طفل|طفلة|بدون اسم|رضيع|نوزاد|نومولود|"
    "नवजात|नवजात शिशु|शिशु|बच्चा|बेबी|नाम नहीं|नाम नभएको|নবজাতক|শিশু|বাচ্চা|নাম নেই|বেবি|"
    "новорожденный|новорожденная|младенец|ребенок|без имени|тест|тестовый|аноним|"
    "ទារក|គ្មានឈ្មោះ|bayi|bayi nyonya|tanpa nama|sanggol|walang pangalan|trẻ sơ sinh|không tên";

// What a name column's value begins with when it names the mother instead: BABY OF …, B/O …, fils
// de.
constexpr std::string_view kNameOpenings =
    "baby of |baby boy of |baby girl of |baby boy |baby girl |babyboy |babygirl |baby male |baby "
    "female |"
    "bo of |babyof |newborn of |new born of |newborn |infant of |infant boy |infant girl |male "
    "infant of |"
    "female infant of |male child of |female child of |child of |twin of |"
    "test patient |test test |"
    "bébé de |bébé |nouveau-né de |nouveau-né |enfant de |recién nacido de |recién nacida de "
    "|recién nacido |"
    "rn de |hijo de |hija de |recém-nascido de |recém-nascido |bebê de |filho de |filha de |"
    "neugeborenes |baby von |mtoto wa |bayi ny |anak dari |طفل |नवजात |শিশু ";

constexpr std::string_view kEmailLocalParts =
    "noemail|no email|nomail|no mail|none|na|null|unknown|test|noreply|no reply|donotreply|"
    "sinemail|sincorreo|sin correo|notiene|no tiene|naotem|nao tem|semail|sememail|sansemail|aucun|"
    "inconnu|desconocido|dummy|nobody|noone|no|xxx|abc|asdf|email|correo|example|user|not "
    "available|"
    "notavailable|notprovided|not provided|refused|declined";

constexpr std::array kEmailDomains = std::to_array<std::string_view>(
    {"example.com", "example.org", "example.net", "test.com", "none.com", "noemail.com", "na.com",
     "nomail.com", "unknown.com", "email.invalid", "localhost", "test.test", "none.none", "a.com"});

bool all_of_one(std::string_view text, char c) {
  return text.find_first_not_of(c) == std::string_view::npos;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// 123456, 1234567890, 987654: each digit one beside the last, 9 and 0 neighbours.
bool is_digit_run(std::string_view digits) {
  const auto steps_by = [&](int step) {
    for (std::size_t i = 1; i < digits.size(); ++i) {
      if ((digits[i] - '0' - (digits[i - 1] - '0') + 10) % 10 != (step + 10) % 10) return false;
    }
    return true;
  };
  return is_digits(digits) && (steps_by(1) || steps_by(-1));
}

bool is_placeholder_name(std::string_view name) {
  static const WordSet names = folded_names(kNames);
  static const WordSet openings = folded_names(kNameOpenings);
  constexpr std::size_t kLongestListed = 64;
  // aaaa, but iii may be a third
  if (name.size() >= 3 && name[0] >= 'a' && name[0] <= 'z' && name != "iii" &&
      all_of_one(name, name[0])) {
    return true;
  }
  if (all_of_one(name, '0')) return true;
  // test1, baby 2: a running number does not make it a name.
  std::string_view words = name;
  while (!words.empty() && ((words.back() >= '0' && words.back() <= '9') || words.back() == ' ')) {
    words.remove_suffix(1);
  }
  if (words.size() <= kLongestListed && names.contains(words)) return true;
  for (std::size_t blank = name.find(' ');
       blank != std::string_view::npos && blank <= kLongestListed;
       blank = name.find(' ', blank + 1)) {
    if (openings.contains(name.substr(0, blank))) return true;
  }
  return false;
}

// Identifiers: zeros, nines and letters repeated, and runs long enough that chance hardly makes
// them. 1111 may be a real number in a register of some thousands; 111111 of 999999 is one value at
// most.
bool is_placeholder_identifier(std::string_view identifier) {
  constexpr std::size_t kLongRun = 6;
  const std::size_t colon = identifier.find(':');
  const std::string_view value =
      colon == std::string_view::npos ? identifier : identifier.substr(colon + 1);
  if (value.empty() || all_of_one(value, '0')) return true;
  if (value.size() >= 4 && (all_of_one(value, '9') || all_of_one(value, 'X'))) return true;
  return value.size() >= kLongRun && (all_of_one(value, value[0]) || is_digit_run(value));
}

bool is_placeholder_phone(std::string_view digits) {
  constexpr std::size_t kShortest = 5;
  if (digits.size() < kShortest || all_of_one(digits, digits[0])) return true;
  // 0700000000 and +254 700 000000: nothing but zeros behind a prefix.
  const std::size_t prefix = std::min<std::size_t>(digits.size() - kShortest, 4);
  if (digits.size() >= 9 && all_of_one(digits.substr(prefix), '0')) return true;
  return digits.size() >= 6 && is_digit_run(digits);
}

bool is_placeholder_email(std::string_view email) {
  static const WordSet local_parts = folded_names(kEmailLocalParts);
  const std::size_t at = email.find('@');
  if (at == std::string_view::npos) return false;
  const std::string_view local = email.substr(0, at);
  const std::string_view domain = email.substr(at + 1);
  // @clinic.org is everybody's; @ana@clinic.org is Ana's, mistyped.
  if (local.empty()) return domain.find('@') == std::string_view::npos;
  if (std::find(kEmailDomains.begin(), kEmailDomains.end(), domain) != kEmailDomains.end())
    return true;
  return local_parts.contains(fold_name(local)) ||
         (local.size() >= 3 && all_of_one(local, local[0]));
}

bool is_placeholder_date(std::string_view date) {
  return date.starts_with("9999") || date.starts_with("1111-11-11") ||
         date.starts_with("0001-01-01");
}

}  // namespace

bool is_placeholder(std::string_view value, Kind kind) {
  switch (kind) {
    case Kind::kName:
    case Kind::kPersonName:
      return is_placeholder_name(value);
    case Kind::kIdentifier:
      return is_placeholder_identifier(value);
    case Kind::kPhone:
      return is_placeholder_phone(value);
    case Kind::kEmail:
      return is_placeholder_email(value);
    case Kind::kDate:
      return is_placeholder_date(value);
    case Kind::kPostcode:
      return all_of_one(value, '0') || (value.size() >= 4 && all_of_one(value, '9'));
    case Kind::kGeo:
      return value == "0,0";  // where the columns were empty
    case Kind::kSex:
    case Kind::kPlace:
    case Kind::kAddress:
    case Kind::kText:
    case Kind::kNumber:
    case Kind::kSet:
      return false;
  }
  return false;
}

bool belongs_to_few(Kind kind) {
  return kind == Kind::kIdentifier || kind == Kind::kPhone || kind == Kind::kEmail;
}

std::uint32_t implausible_count(std::span<const std::uint32_t> counts) {
  return least_outlier(
      counts, {.ratio = 10.0, .never_suspect = 20, .least_records = 100, .most_usual = 20.0});
}

}  // namespace tessera
