#include "exchange/clean_field.hpp"

#include <array>

#include "data/date.hpp"
#include "data/ndjson_row.hpp"
#include "data/sex_words.hpp"
#include "data/unicode.hpp"
#include "exchange/codes.hpp"

namespace tessera {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

// One blank where there were several or a control character, none at the ends.
std::string with_single_blanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool blank = c == ' ' || is_control(c);
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

CleanedField words(std::string_view raw) {
  if (!is_utf8(raw)) {
    return {with_single_blanks(encode_utf8(decode_utf8(raw))), Repair::kNotUtf8};
  }
  CleanedField field{with_single_blanks(raw), Repair::kNone};
  if (field.text != raw) field.repair = Repair::kBlanks;
  return field;
}

CleanedField date(const std::string& text, DateOrder order) {
  const ParsedDate parsed = parse_date(text, order);
  if (parsed.fault != DateFault::kNone) return {"", Repair::kNotReadable};
  if (parsed.date.is_unknown()) return {"", Repair::kNotKnown};
  std::string written = edtf(parsed.date);
  if (!written.empty() && written.back() == '~') written.pop_back();
  if (written == text) return {written, Repair::kNone};
  const bool had_time = text.size() > written.size() && text.starts_with(written) &&
                        (text[written.size()] == 'T' || text[written.size()] == ' ');
  return {written, had_time ? Repair::kTimeDropped : Repair::kWritten};
}

CleanedField date_time(const std::string& text, DateOrder order) {
  const CleanedField day = date(text, order);
  if (day.text.empty()) return day;
  return day.repair == Repair::kTimeDropped ? CleanedField{text, Repair::kNone} : day;
}

CleanedField sex(const std::string& text) {
  const std::string folded = fold(text);
  const std::optional<char> known = sex_of_word(folded);
  if (!known) {
    const bool unknown = is_unknown_sex(folded) || folded == "unknown" || folded == "unk";
    return {"", unknown ? Repair::kNotKnown : Repair::kNotReadable};
  }
  const std::string word = *known == 'f' ? "female" : *known == 'm' ? "male" : "other";
  return {word, word == text ? Repair::kNone : Repair::kCoded};
}

CleanedField truth(const std::string& text) {
  const std::string folded = fold(text);
  for (const char* yes : {"true", "1", "yes", "y", "t"}) {
    if (folded == yes) return {"true", text == "true" ? Repair::kNone : Repair::kWritten};
  }
  for (const char* no : {"false", "0", "no", "n", "f"}) {
    if (folded == no) return {"false", text == "false" ? Repair::kNone : Repair::kWritten};
  }
  return {"", Repair::kNotReadable};
}

CleanedField number(const std::string& text) {
  if (is_json_number(text)) return {text, Repair::kNone};
  std::string plain;
  for (const char c : fold(text)) {
    if (c != ',' && c != ' ') plain += c;
  }
  if (plain.starts_with('+')) plain.erase(0, 1);
  while (plain.size() > 1 && plain[0] == '0' && plain[1] >= '0' && plain[1] <= '9') {
    plain.erase(0, 1);
  }
  if (!is_json_number(plain)) return {"", Repair::kNotReadable};
  return {plain, Repair::kWritten};
}

CleanedField coded(const std::string& text, CodeTable table) {
  const std::string_view word = canonical_word(table, text);
  if (word.empty()) return {"other", Repair::kNoCode};
  return {std::string(word), word == text ? Repair::kNone : Repair::kCoded};
}

}  // namespace

std::string_view repair_name(Repair repair) {
  constexpr std::array<std::string_view, kRepairs> kNames = {
      "none",         "blanks",    "not UTF-8",    "written anew",     "code translated",
      "time dropped", "not known", "not readable", "code not in table"};
  return kNames[static_cast<std::size_t>(repair)];
}

CleanedField clean_field(std::string_view raw, FieldKind kind, DateOrder order) {
  CleanedField text = words(raw);
  if (text.text.empty()) return text;
  CleanedField clean;
  switch (kind) {
    case FieldKind::kText:
    case FieldKind::kId:
      return text;
    case FieldKind::kDate:
      clean = date(text.text, order);
      break;
    case FieldKind::kDateTime:
      clean = date_time(text.text, order);
      break;
    case FieldKind::kSex:
      clean = sex(text.text);
      break;
    case FieldKind::kBool:
      clean = truth(text.text);
      break;
    case FieldKind::kNumber:
      clean = number(text.text);
      break;
    case FieldKind::kRole:
      clean = coded(text.text, CodeTable::kRole);
      break;
    case FieldKind::kRelation:
      clean = coded(text.text, CodeTable::kRelation);
      break;
    case FieldKind::kWord:
      clean.text = fold(text.text);
      clean.repair = clean.text == text.text ? Repair::kNone : Repair::kCoded;
      break;
    case FieldKind::kMarital:
      clean = coded(text.text, CodeTable::kMarital);
      break;
  }
  if (clean.repair == Repair::kNone) clean.repair = text.repair;
  return clean;
}

}  // namespace tessera
