// Reads one table of a config key by key, noting every value of the wrong type and every unknown
// key.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/config_problems.hpp"
#include "engine/config_tree.hpp"

namespace tessera {

/// A text with its place.
struct PlacedText {
  std::string text;
  ConfigPlace place;
};

/// One table under reading. Every getter marks its key as known; a key that is absent gives nullopt
/// (or an empty list); a value of the wrong type is noted as a problem and gives the same.
/// `report_unknown` then notes the keys nobody asked for.
class ConfigReader {
 public:
  /// `path` is the table's key path (`source[1]`; empty for the root). `table` and `problems` must
  /// outlive the reader.
  ConfigReader(const ConfigTable& table, ConfigPlace place, std::string path,
               ConfigProblems& problems);

  ConfigPlace place() const { return place_; }
  const std::string& path() const { return path_; }

  /// The key's path for messages.
  std::string key_path(std::string_view key) const;

  /// The place of the key's value, or of the table if the key is absent.
  ConfigPlace place_of(std::string_view key) const;

  const ConfigValue* value(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> number(std::string_view key);        ///< Finite.
  std::optional<std::uint64_t> whole(std::string_view key);  ///< A whole number from 0 on.
  std::vector<PlacedText> texts(std::string_view key);

  /// The key's text as one of `names`: its index. Another text is a problem with "did you mean".
  std::optional<std::size_t> choice(std::string_view key, std::span<const std::string_view> names);

  /// The tables of `[[key]]`.
  std::vector<ConfigReader> tables(std::string_view key);

  /// The table of `[key]`.
  std::optional<ConfigReader> table(std::string_view key);

  /// As `text`, but its absence, or an empty text, is a problem; `why` ends the message.
  std::optional<std::string> required_text(std::string_view key, std::string_view why);

  /// Notes a problem with the key's value (or, if it is absent, with the table).
  void problem(std::string_view key, std::string sentence);

  /// Notes every key that was never asked for.
  void report_unknown();

 private:
  void wrong_type(std::string_view key, const ConfigValue& value, std::string_view wanted);

  const ConfigTable* table_;
  ConfigPlace place_;
  std::string path_;
  ConfigProblems* problems_;
  std::set<std::string, std::less<>> known_;
};

/// The texts of a list, each with its place; other items are problems under `key`.
std::vector<PlacedText> texts_of(const ConfigArray& list, const std::string& key,
                                 ConfigProblems& problems);

/// `a, b and c`.
std::string joined_names(std::span<const std::string_view> names);

}  // namespace tessera
