#include "engine/config_tree.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "data/error.hpp"

namespace tessera {
namespace {

ConfigPlace place_of(const toml::source_region& region) {
  return {region.begin.line, region.begin.column};
}

std::string date_text(const toml::date& date) {
  std::string text = std::to_string(10000 + date.year).substr(1) + "-";
  text += std::to_string(100 + date.month).substr(1) + "-";
  return text + std::to_string(100 + date.day).substr(1);
}

ConfigTable converted(const toml::table& table);

ConfigValue converted(const toml::node& node) {
  ConfigValue value;
  value.place = place_of(node.source());
  if (const toml::table* table = node.as_table()) {
    value.content = converted(*table);
  } else if (const toml::array* array = node.as_array()) {
    ConfigArray list;
    list.items.reserve(array->size());
    for (const toml::node& item : *array) list.items.push_back(converted(item));
    value.content = std::move(list);
  } else if (const auto* text = node.as_string()) {
    value.content = text->get();
  } else if (const auto* integer = node.as_integer()) {
    value.content = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    value.content = number->get();
  } else if (const auto* truth = node.as_boolean()) {
    value.content = truth->get();
  } else if (const auto* date = node.as_date()) {
    value.content = date_text(date->get());
  } else {
    value.content = ConfigTime{};
  }
  return value;
}

ConfigTable converted(const toml::table& table) {
  ConfigTable result;
  for (const auto& [key, node] : table) {
    result.keys.emplace_back(key.str());
    result.key_places.push_back(place_of(key.source()));
    result.values.push_back(converted(node));
  }
  return result;
}

}  // namespace

const ConfigValue* ConfigTable::find(std::string_view key) const {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return found == keys.end() ? nullptr : &values[static_cast<std::size_t>(found - keys.begin())];
}

std::string_view config_type_name(const ConfigValue& value) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "true or false", "a number", "a number", "a text", "a time", "a list", "a table"};
  return kNames[value.content.index()];
}

ConfigTable read_config_tree(std::string_view text, const std::string& where_name) {
  try {
    return converted(toml::parse(text, std::string_view(where_name)));
  } catch (const toml::parse_error& fault) {
    const ConfigPlace place = place_of(fault.source());
    throw Error(ErrorCode::kUsage,
                where_name + ":" + std::to_string(place.line) + ":" + std::to_string(place.column),
                "this is not TOML: " + std::string(fault.description()) +
                    "; mend the line (docs/config.md shows the form)");
  }
}

}  // namespace tessera
