// Where the values of a JSON text stand, so that one of them is changed and every other byte stays.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera {

/// A value of a JSON text.
struct JsonPart {
  enum class Kind : std::uint8_t { kText, kPlain, kNull, kObject, kArray };

  std::string_view key;   ///< Of a member, as it is written between its quotes; else empty.
  std::size_t begin = 0;  ///< Its first byte in the text.
  std::size_t end = 0;    ///< Behind its last.
  Kind kind = Kind::kNull;
  std::vector<JsonPart> children;

  /// The first member of that key; nullptr if there is none.
  const JsonPart* find(std::string_view name) const;
};

/// REQUIRES: `text` is JSON that parse_json takes. Its views lead into `text`. Cost: about 5 ns a
/// byte.
JsonPart json_parts(std::string_view text);

/// A string value without its quotes and escapes. REQUIRES: `part` is of kind kText.
std::string json_string(std::string_view text, const JsonPart& part);

/// A text as a JSON string, quotes and all.
std::string json_quoted(std::string_view text);

/// One change: the bytes from `begin` to `end` become `put`.
struct JsonEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string put;
};

/// The text with all changes made. REQUIRES: they do not overlap.
std::string edit_text(std::string_view text, std::vector<JsonEdit> edits);

/// A part on one line, without the blanks between its values and without what FHIR forbids: empty
/// texts, nulls, empty objects and lists. Everything else is as it was written.
std::string compact_json(std::string_view text, const JsonPart& part);

}  // namespace tessera
