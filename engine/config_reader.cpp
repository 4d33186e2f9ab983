#include "engine/config_reader.hpp"

#include <algorithm>
#include <cmath>

#include "engine/did_you_mean.hpp"

namespace tessera {

ConfigReader::ConfigReader(const ConfigTable& table, ConfigPlace place, std::string path,
                           ConfigProblems& problems)
    : table_(&table), place_(place), path_(std::move(path)), problems_(&problems) {}

std::string ConfigReader::key_path(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

ConfigPlace ConfigReader::place_of(std::string_view key) const {
  const ConfigValue* found = table_->find(key);
  return found == nullptr ? place_ : found->place;
}

const ConfigValue* ConfigReader::value(std::string_view key) {
  known_.emplace(key);
  return table_->find(key);
}

void ConfigReader::wrong_type(std::string_view key, const ConfigValue& value,
                              std::string_view wanted) {
  problems_->add(
      value.place, key_path(key),
      "this is " + std::string(config_type_name(value)) + "; write " + std::string(wanted));
}

std::optional<std::string> ConfigReader::text(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&found->content)) return *text;
  wrong_type(key, *found, "a text in quotes");
  return std::nullopt;
}

std::optional<bool> ConfigReader::boolean(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* truth = std::get_if<bool>(&found->content)) return *truth;
  wrong_type(key, *found, "true or false, without quotes");
  return std::nullopt;
}

std::optional<double> ConfigReader::number(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&found->content)) {
    return static_cast<double>(*whole);
  }
  if (const auto* number = std::get_if<double>(&found->content)) {
    if (std::isfinite(*number)) return *number;
    problems_->add(found->place, key_path(key), "this is not finite; write a plain number");
    return std::nullopt;
  }
  wrong_type(key, *found, "a number without quotes");
  return std::nullopt;
}

std::optional<std::uint64_t> ConfigReader::whole(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&found->content)) {
    if (*whole >= 0) return static_cast<std::uint64_t>(*whole);
    problems_->add(found->place, key_path(key), "this is below 0; write a whole number from 0 on");
    return std::nullopt;
  }
  wrong_type(key, *found, "a whole number without quotes");
  return std::nullopt;
}

std::vector<PlacedText> ConfigReader::texts(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return {};
  if (const ConfigArray* list = found->array()) return texts_of(*list, key_path(key), *problems_);
  wrong_type(key, *found, "a list of texts, [\"…\", \"…\"]");
  return {};
}

std::optional<std::size_t> ConfigReader::choice(std::string_view key,
                                                std::span<const std::string_view> names) {
  const std::optional<std::string> written = text(key);
  if (!written) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), *written);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  problem(key, "\"" + *written + "\" is not known here; it is one of " + joined_names(names) +
                   did_you_mean_text(*written, names));
  return std::nullopt;
}

std::vector<ConfigReader> ConfigReader::tables(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return {};
  std::vector<ConfigReader> readers;
  const ConfigArray* list = found->array();
  const std::string name(key);
  if (list == nullptr) {
    wrong_type(key, *found, "one [[" + name + "]] table for each");
    return {};
  }
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const ConfigValue& item = list->items[i];
    const std::string item_path = key_path(key) + "[" + std::to_string(i) + "]";
    if (const ConfigTable* table = item.table()) {
      readers.emplace_back(*table, item.place, item_path, *problems_);
    } else {
      problems_->add(
          item.place, item_path,
          "this is " + std::string(config_type_name(item)) + "; write a [[" + name + "]] table");
    }
  }
  return readers;
}

std::optional<ConfigReader> ConfigReader::table(std::string_view key) {
  const ConfigValue* found = value(key);
  if (found == nullptr) return std::nullopt;
  if (const ConfigTable* table = found->table()) {
    return ConfigReader(*table, found->place, key_path(key), *problems_);
  }
  wrong_type(key, *found, "a table, [" + std::string(key) + "]");
  return std::nullopt;
}

std::optional<std::string> ConfigReader::required_text(std::string_view key, std::string_view why) {
  const ConfigValue* found = value(key);
  if (found == nullptr) {
    problems_->add(place_, key_path(key), "this is missing; " + std::string(why));
    return std::nullopt;
  }
  std::optional<std::string> written = text(key);
  if (written && written->empty()) {
    problems_->add(found->place, key_path(key), "this is empty; " + std::string(why));
    return std::nullopt;
  }
  return written;
}

void ConfigReader::problem(std::string_view key, std::string sentence) {
  problems_->add(place_of(key), key_path(key), std::move(sentence));
}

void ConfigReader::report_unknown() {
  const std::vector<std::string_view> names(known_.begin(), known_.end());
  for (std::size_t i = 0; i < table_->keys.size(); ++i) {
    if (known_.contains(table_->keys[i])) continue;
    problems_->add(table_->key_places[i], key_path(table_->keys[i]),
                   "there is no such key; the keys here are " + joined_names(names) +
                       did_you_mean_text(table_->keys[i], names));
  }
}

std::vector<PlacedText> texts_of(const ConfigArray& list, const std::string& key,
                                 ConfigProblems& problems) {
  std::vector<PlacedText> texts;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const ConfigValue& item = list.items[i];
    if (const auto* text = std::get_if<std::string>(&item.content)) {
      texts.push_back({*text, item.place});
    } else {
      problems.add(item.place, key + "[" + std::to_string(i) + "]",
                   "this is " + std::string(config_type_name(item)) + "; write a text in quotes");
    }
  }
  return texts;
}

std::string joined_names(std::span<const std::string_view> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
    text += names[i];
  }
  return text;
}

}  // namespace tessera
