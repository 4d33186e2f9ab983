#include "data/kind.hpp"

#include <array>

namespace tessera {
namespace {

constexpr std::array<std::string_view, 14> kNames = {
    "person_name", "name",     "date",    "identifier", "sex",    "phone", "email",
    "place",       "postcode", "address", "text",       "number", "geo",   "set"};

}  // namespace

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

}  // namespace tessera
