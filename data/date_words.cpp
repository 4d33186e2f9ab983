#include "data/date_words.hpp"

#include <array>
#include <string>
#include <unordered_map>

#include "data/unicode.hpp"
#include "data/word_list.hpp"

namespace tessera {
namespace {

// One line a language, twelve months apart by blanks; alternatives of one month apart by `|`.
constexpr std::array kMonths = std::to_array<std::string_view>({
    // English
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sep|sept october|oct november|nov december|dec",
    // French
    "janvier|janv|jan février|fév|févr mars avril|avr mai juin juillet|juil août septembre|sept "
    "octobre|oct novembre|nov décembre|déc",
    // Portuguese
    "janeiro|jan fevereiro|fev março|mar abril|abr maio|mai junho|jun julho|jul agosto|ago "
    "setembro|set outubro|out novembro|nov dezembro|dez",
    // Spanish
    "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
    "septiembre|setiembre|sep octubre|oct noviembre|nov diciembre|dic",
    // German, with the Austrian names
    "januar|jänner|jan februar|feber|feb märz|mär|mrz april|apr mai juni|jun juli|jul august|aug "
    "september|sep oktober|okt november|nov dezember|dez",
    // Italian
    "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
    "settembre|set ottobre|ott novembre|nov dicembre|dic",
    // Dutch
    "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug "
    "september|sep oktober|okt november|nov december|dec",
    // Swahili
    "januari|jan februari|feb machi|mac aprili|apr mei juni|jun julai|jul agosti|ago "
    "septemba|sep oktoba|okt novemba|nov desemba|des",
    // Russian, nominative and genitive
    "январь|января|янв февраль|февраля|фев март|марта|мар апрель|апреля|апр май|мая июнь|июня|июн "
    "июль|июля|июл август|августа|авг сентябрь|сентября|сен|сент октябрь|октября|окт "
    "ноябрь|ноября|ноя декабрь|декабря|дек",
    // Arabic: Egypt and the Gulf, the Levant, the Maghreb
    "يناير|جانفي فبراير|شباط|فيفري مارس|آذار أبريل|إبريل|نيسان|أفريل مايو|أيار|ماي "
    "يونيو|حزيران|جوان "
    "يوليو|تموز|جويلية أغسطس|آب|أوت سبتمبر|أيلول أكتوبر نوفمبر ديسمبر",
    // Hindi
    "जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर "
    "अक्टूबर|अक्तूबर नवंबर|नवम्बर "
    "दिसंबर|दिसम्बर",
    // Bengali
    "জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট "
    "সেপ্টেম্বর অক্টোবর নভেম্বর "
    "ডিসেম্বর",
});

// Ordinal endings, prepositions, East Asian units, weekdays.
constexpr std::string_view kFillers =
    "st nd rd th er re of the de del di do da den der le el la am um on º ª o a "
    "年 月 日 년 월 일 г г. года год "
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat "
    "sunday sun lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves "
    "viernes sábado domingo montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "segunda terça quarta quinta sexta feira";

std::unordered_map<std::string, int> make_months() {
  std::unordered_map<std::string, int> months;
  for (const std::string_view language : kMonths) {
    int month = 0;
    for_each_part(language, ' ', [&](std::string_view names) {
      ++month;
      for_each_part(names, '|', [&](std::string_view name) { months.emplace(fold(name), month); });
    });
  }
  return months;
}

WordSet make_fillers() {
  WordSet fillers;
  for_each_part(kFillers, ' ', [&](std::string_view word) { fillers.insert(fold(word)); });
  return fillers;
}

}  // namespace

std::optional<int> month_of_word(std::string_view folded_word) {
  static const std::unordered_map<std::string, int> months = make_months();
  const auto found = months.find(std::string(folded_word));
  if (found == months.end()) return std::nullopt;
  return found->second;
}

bool is_date_filler(std::string_view folded_word) {
  static const WordSet fillers = make_fillers();
  return fillers.contains(folded_word);
}

}  // namespace tessera
