// A config file as a tree of values that know their line and column: what TOML says, before
// anything is understood.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tessera {

/// A place in the config's text, both from 1; 0 where there is none (a value from the command
/// line).
struct ConfigPlace {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct ConfigValue;

struct ConfigArray {
  std::vector<ConfigValue> items;
};

/// Keys with their values. Keys differ; order says nothing.
struct ConfigTable {
  std::vector<std::string> keys;
  std::vector<ConfigPlace> key_places;  ///< size keys.size()
  std::vector<ConfigValue> values;      ///< size keys.size()

  /// The value of `key`, or nullptr.
  const ConfigValue* find(std::string_view key) const;
};

/// A time of day or a moment: TOML knows them, no key of ours takes one. (A date arrives as text,
/// `2026-01-31`.)
struct ConfigTime {};

struct ConfigValue {
  ConfigPlace place;
  std::variant<bool, std::int64_t, double, std::string, ConfigTime, ConfigArray, ConfigTable>
      content;

  const ConfigArray* array() const { return std::get_if<ConfigArray>(&content); }
  const ConfigTable* table() const { return std::get_if<ConfigTable>(&content); }
};

/// What a value is, in words for messages: `a number`, `a list`, …
std::string_view config_type_name(const ConfigValue& value);

/// Reads TOML 1.0. Throws Error(kUsage) at `where_name:line:column` if it is none; then nothing
/// more can be said of it.
ConfigTable read_config_tree(std::string_view toml, const std::string& where_name);

}  // namespace tessera
