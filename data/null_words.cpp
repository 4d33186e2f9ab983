#include "data/null_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "data/unicode.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

// One line a language, phrases apart by `|`, as a clerk writes them: they are folded when the
// program starts.
constexpr std::array kPhrases = std::to_array<std::string_view>({
    // programs and spreadsheets
    "null|none|n/a|#n/a|n.a.|n/k|n/d|s/d|s/n|n/c|undefined|#ref|#value|#div "
    "0|#name",
    // English
    "unknown|unk|unkn|unknwn|unknow|not known|not available|not applicable|not given|not provided|"
    "not recorded|not stated|not specified|not disclosed|not reported|not asked|no data|no value|"
    "no answer|no response|no information|no info|missing|empty|unspecified|unavailable|"
    "undisclosed|unidentified|refused|declined|withheld|to be confirmed|tbc|tbd|"
    "to be determined|don't know|do not know|not sure|unsure|void|nothing|does not have",
    // French
    "inconnu|inconnue|inconnu(e)|néant|aucun|aucune|non connu|non connue|non renseigné|"
    "non renseignée|non communiqué|non disponible|non précisé|non spécifié|non applicable|"
    "non déclaré|sans objet|indéterminé|indéterminée|pas de données|ne sait pas|manquant|"
    "à compléter|vide",
    // Portuguese
    "desconhecido|desconhecida|ignorado|ignorada|não informado|não informada|não consta|não sabe|"
    "não disponível|não aplicável|não se aplica|sem informação|sem informações|sem dados|nenhum|"
    "nenhuma|vazio|nulo|não declarado|não identificado|não possui|não tem",
    // Spanish
    "desconocido|desconocida|sin dato|sin datos|sin información|no informado|no informa|"
    "no disponible|no aplica|no consta|no sabe|no se sabe|no especificado|no especificada|"
    "se desconoce|ninguno|ninguna|ignora|se ignora|vacío|no tiene|no registra|no registrado|"
    "no declarado|no identificado|sin especificar|sin registro",
    // German
    "unbekannt|unbekannte|unbekannter|nicht bekannt|keine angabe|keine angaben|k. A.|"
    "nicht angegeben|nicht vorhanden|ohne angabe|entfällt|entfaellt|unbestimmt|nicht zutreffend|"
    "fehlt|fehlend",
    // Italian, Dutch, Polish, Turkish
    "sconosciuto|sconosciuta|ignoto|ignota|non noto|non nota|non disponibile|non dichiarato|"
    "non specificato|onbekend|niet bekend|niet van toepassing|nvt|nieznany|nieznana|nieznane|"
    "brak danych|nie dotyczy|nie podano|bilinmiyor|bilinmeyen|belirtilmemiş|belirtilmedi",
    // Swahili, Hausa, Somali, Kinyarwanda, Malagasy, Haitian Creole
    "haijulikani|hajulikani|isiyojulikana|asiyejulikana|hakuna|hakuna taarifa|hakuna data|haipo|"
    "sijui|haijatajwa|haitumiki|ba a sani ba|lama yaqaan|ma jiro|ntibizwi|tsy fantatra|enkoni|"
    "pa konnen",
    // Amharic
    "አይታወቅም|ያልታወቀ|ያልታወቀች|የለም|የለውም|የላትም|አልተገለጸም|ያልተገለጸ|አልተሞላም|መረጃ የለም",
    // Arabic, Persian, Urdu
    "غير معروف|غير معروفة|مجهول|مجهولة|غير متوفر|غير متوفرة|غير متاح|لا يوجد|لا توجد|"
    "لا توجد بيانات|بدون|غير محدد|غير محددة|غير مذكور|لا ينطبق|لا شيء|لا أعرف|فارغ|غير مسجل|"
    "غير معلوم|نامعلوم|ناشناس|نامشخص|ندارد|معلوم نہیں",
    // Hindi, Nepali
    "अज्ञात|पता नहीं|ज्ञात नहीं|मालूम नहीं|उपलब्ध नहीं|लागू नहीं|कोई नहीं|अनुपलब्ध|रिक्त|थाहा छैन|"
    "थाहा नभएको|उल्लेख नभएको|उपलब्ध छैन|लागू हुँदैन|छैन|नखुलेको|खाली",
    // Bengali
    "অজানা|অজ্ঞাত|জানা নেই|জানা নাই|প্রযোজ্য নয়|নেই|নাই|পাওয়া যায়নি|উল্লেখ নেই|তথ্য নেই",
    // Russian, Ukrainian, Kazakh, Kyrgyz, Mongolian, Uzbek
    "неизвестно|неизвестен|неизвестна|неизвестный|неизвестная|нет|нет данных|нет сведений|"
    "не указано|не указан|не указана|не определено|не определен|не применимо|отсутствует|н/д|"
    "невідомо|невідомий|невідома|немає|немає даних|не вказано|белгісіз|белгисиз|тодорхойгүй|"
    "мэдэхгүй|байхгүй|хамаарахгүй|номаълум|noma'lum",
    // Khmer, Thai, Lao, Burmese
    "មិនស្គាល់|មិនដឹង|គ្មាន|មិនមាន|មិនមានទិន្នន័យ|មិនបានបញ្ជាក់|ไม่ทราบ|ไม่มี|"
    "ไม่มีข้อมูล|ບໍ່ຮູ້|ບໍ່ມີ|မသိ|"
    "မသိပါ|မရှိ|မရှိပါ",
    // Vietnamese, Indonesian and Malay, Tagalog
    "không rõ|không biết|không có|chưa biết|chưa rõ|tidak diketahui|tidak ada|tidak tahu|"
    "belum diketahui|kosong|hindi alam|walang impormasyon",
    // Tamil, Sinhala, Chinese, Japanese, Korean
    "தெரியாது|இல்லை|නොදනී|නැත|不详|不詳|未知|不明|无|無|알 수 없음|없음|모름",
});

// Null words that are also names of people or places.
constexpr std::string_view kAlsoNames = "na|nan|nil|no|nao|nada|blank|kein|keine|brak|yok|pending";

// Longer texts than this (bytes, folded) are not looked up.
constexpr std::size_t kLongest = 64;

WordSet make_words() {
  WordSet words;
  for (const std::string_view language : kPhrases) {
    for_each_part(language, '|', [&](std::string_view phrase) {
      // n/d is no value but N.D. is a place: of such a pair the slash counts, of all else only
      // letters do.
      std::string folded = fold(phrase);
      words.insert(folded.find('/') != std::string::npos ? folded : fold_name(folded));
    });
  }
  return words;
}

// xx, XXXX: signs put where a value should be.
bool is_crossed_out(std::string_view word) {
  return word.size() >= 2 && word.find_first_not_of('x') == std::string_view::npos;
}

// Nil, not NIL and not nil.
bool is_written_as_name(std::string_view raw) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return raw.size() >= 2 && is_upper(raw[0]) && std::all_of(raw.begin() + 1, raw.end(), is_lower);
}

}  // namespace

bool is_null_word(std::string_view raw, std::string_view folded, Kind kind) {
  static const WordSet words = make_words();
  static const WordSet also_names = folded_names(kAlsoNames);
  if (folded.size() > kLongest) return false;
  const std::string letters = fold_name(folded);
  if (letters.empty() || is_crossed_out(letters) || words.contains(letters)) return true;
  if (folded.find('/') != std::string_view::npos && words.contains(folded)) return true;
  if (!also_names.contains(letters)) return false;
  const bool is_name_column =
      kind == Kind::kName || kind == Kind::kPersonName || kind == Kind::kPlace;
  return !is_name_column || !is_written_as_name(raw);
}

}  // namespace tessera
