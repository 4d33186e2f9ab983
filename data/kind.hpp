// What a column holds: its kind chooses cleaning, the comparison preset and survivorship.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tessera {

enum class Kind : std::uint8_t {
  kPersonName,  ///< A person's whole name in one column.
  kName,        ///< One part of a name: given, family, middle, maiden.
  kDate,
  kIdentifier,  ///< Kept as text; a type may stand before a colon (`nid:123`).
  kSex,
  kPhone,
  kEmail,
  kPlace,
  kPostcode,
  kAddress,
  kText,
  kNumber,
  kGeo,  ///< `latitude,longitude` in degrees.
  kSet,  ///< Words whose order says nothing, separated by `|`, `;` or `,`.
};

/// Whether values are written in some script: names, places, addresses, free text.
constexpr bool has_script(Kind kind) {
  return kind == Kind::kPersonName || kind == Kind::kName || kind == Kind::kPlace ||
         kind == Kind::kAddress || kind == Kind::kText;
}

/// The name used in configs (`person_name`, `date`, …).
std::string_view kind_name(Kind kind);

/// The kind of that name, if there is one.
std::optional<Kind> kind_from_name(std::string_view name);

}  // namespace tessera
