#include "exchange/part_names.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tessera {
namespace {

/// A family's name and what goes before or after it.
struct Parts {
  std::string family;
  std::string given;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

// nullopt where it cannot be parted. Texts of an import hold no other blanks.
std::optional<Parts> parts_of(std::string_view name, FamilyNameIs is) {
  Parts parts;
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
    if (name.find(',', comma + 1) != std::string_view::npos) return std::nullopt;
    parts = {trimmed(name.substr(0, comma)), trimmed(name.substr(comma + 1))};
  } else if (is == FamilyNameIs::kLastWord) {
    const std::size_t blank = name.rfind(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    parts = {trimmed(name.substr(blank)), trimmed(name.substr(0, blank))};
  } else {
    const std::size_t blank = name.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    parts = {trimmed(name.substr(0, blank)), trimmed(name.substr(blank))};
  }
  if (parts.family.empty() || parts.given.empty()) return std::nullopt;
  return parts;
}

}  // namespace

void part_full_names(Import& import, FamilyNameIs is) {
  constexpr CanonicalTable kTable = CanonicalTable::kPerson;
  const std::size_t full = column_of(kTable, "full_name").value();
  const std::size_t given = column_of(kTable, "given_name").value();
  const std::size_t family = column_of(kTable, "family_name").value();
  import.mend_rows(kTable, [&](std::vector<std::string>& person) {
    if (!person[given].empty() || !person[family].empty()) return false;
  std::optional<Parts> parts = parts_of(person[full], is);
  if (!parts) return false;
  const std::string raw = std::exchange(person[full], "");
  person[given] = std::move(parts->given);
  person[family] = std::move(parts->family);
  import.keep_raw_of("", kTable, person[0], "family_name", {person[family], Repair::kWritten}, raw,
                     "full_name");
  import.remark("full name parted into given and family name");
  return true;
});
}  // namespace tessera

}  // namespace tessera
