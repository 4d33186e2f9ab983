#include <algorithm>
#include <array>

#include "data/clean_rules.hpp"
#include "data/error.hpp"
#include "engine/config_sections.hpp"
#include "engine/did_you_mean.hpp"
#include "engine/merge.hpp"

namespace tessera {
namespace {

constexpr std::array<Survivorship, 5> kSurvivorships = {
    Survivorship::kMostFrequent, Survivorship::kMostRecent, Survivorship::kSourceOrder,
    Survivorship::kLongest, Survivorship::kMostComplete};
// Columns of golden.csv that are there already.
constexpr std::array<std::string_view, 3> kReserved = {"entity_id", "records", "sources"};
constexpr std::string_view kBreaking = "()+,\"'|";

std::vector<std::string_view> all_kind_names() {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Kind::kSet); ++i) {
    names.push_back(kind_name(static_cast<Kind>(i)));
  }
  return names;
}

void check_name(ConfigReader& reader, const std::string& name,
                const std::vector<AttributeSpec>& before) {
  const bool breaks = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f ||
           kBreaking.find(c) != std::string_view::npos;
  });
  if (breaks) {
    reader.problem("name",
                   "an attribute's name stands in key functions, so it has no blanks, brackets, "
                   "commas, quotes, plus or bar; write it as in birth_date");
  }
  if (std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end()) {
    reader.problem("name",
                   "\"" + name + "\" is already a column of golden.csv; choose another name");
  }
  const auto same = [&](const AttributeSpec& attribute) { return attribute.name == name; };
  if (std::any_of(before.begin(), before.end(), same)) {
    reader.problem("name", "two attributes are called \"" + name +
                               "\"; give each a name of its own, or join their columns in one");
  }
}

std::vector<std::string> column_names(ConfigReader& reader, std::string_view key) {
  std::vector<std::string> names;
  for (const PlacedText& column : reader.texts(key)) {
    if (column.text.empty()) {
      reader.problem(key, "a column's name is empty; write it as the file's header has it");
    } else if (std::find(names.begin(), names.end(), column.text) != names.end()) {
      reader.problem(key, "column \"" + column.text + "\" stands twice; leave one out");
    } else {
      names.push_back(column.text);
    }
  }
  return names;
}

// What keeps a rule from being applied, without the place that RuleChain names; empty if nothing
// does.
std::string fault_of(const CleaningRule& rule) {
  AttributeSpec attribute;
  attribute.rules.push_back(rule);
  try {
    const RuleChain chain(attribute);
    return {};
  } catch (const Error& fault) {
    const std::string text = fault.what();
    return text.substr(std::min(text.size(), fault.where().size() + 2));
  }
}

std::vector<CleaningRule> read_rules(ConfigReader& reader) {
  const ConfigValue* written = reader.value("rules");
  if (written == nullptr) return {};
  constexpr std::string_view kForm =
      "write pairs of pattern and replacement, [[\"re\", \"with\"], …]";
  const ConfigArray* list = written->array();
  if (list == nullptr) {
    reader.problem(
        "rules", "this is " + std::string(config_type_name(*written)) + "; " + std::string(kForm));
    return {};
  }
  std::vector<CleaningRule> rules;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const ConfigArray* pair = list->items[i].array();
    const bool two = pair != nullptr && pair->items.size() == 2;
    const auto* pattern = two ? std::get_if<std::string>(&pair->items[0].content) : nullptr;
    const auto* replacement = two ? std::get_if<std::string>(&pair->items[1].content) : nullptr;
    if (pattern == nullptr || replacement == nullptr) {
      reader.problem("rules",
                     "rule " + std::to_string(i) + " is not two texts; " + std::string(kForm));
      continue;
    }
    CleaningRule rule{*pattern, *replacement};
    if (const std::string fault = fault_of(rule); !fault.empty()) {
      reader.problem("rules", "rule " + std::to_string(i) + ": " + fault);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<Survivorship> read_survivorship(ConfigReader& reader, bool any_updated) {
  std::vector<std::string_view> names;
  for (const Survivorship rule : kSurvivorships) names.push_back(survivorship_name(rule));
  std::vector<Survivorship> rules;
  for (const PlacedText& written : reader.texts("survivorship")) {
    const auto found = std::find(names.begin(), names.end(), written.text);
    if (found == names.end()) {
      reader.problem("survivorship", "\"" + written.text + "\" is no survivorship rule; they are " +
                                         joined_names(names) +
                                         did_you_mean_text(written.text, names));
      continue;
    }
    rules.push_back(kSurvivorships[static_cast<std::size_t>(found - names.begin())]);
    if (rules.back() == Survivorship::kMostRecent && !any_updated) {
      reader.problem(
          "survivorship",
          "most_recent needs to know when a record was updated, and no source says; give "
          "a [[source]] the key updated, or drop the rule");
    }
  }
  return rules;
}

bool is_empty_list(ConfigReader& reader, std::string_view key) {
  const ConfigValue* value = reader.value(key);
  return value != nullptr && value->array() != nullptr && value->array()->items.empty();
}

AttributeSpec read_name_and_kind(ConfigReader& reader, const std::vector<AttributeSpec>& before) {
  AttributeSpec attribute;
  attribute.name =
      reader.required_text("name", "name the attribute as in name = \"birth_date\"").value_or("");
  if (!attribute.name.empty()) check_name(reader, attribute.name, before);
  const std::vector<std::string_view> kinds = all_kind_names();
  if (const auto kind = reader.choice("kind", kinds)) {
    attribute.kind = static_cast<Kind>(*kind);
  } else if (reader.value("kind") == nullptr) {
    reader.problem("kind",
                   "this is missing; the kind chooses how values are cleaned and compared: " +
                       joined_names(kinds));
  }
  return attribute;
}

AttributeSpec read_attribute(ConfigReader& reader, bool any_updated,
                             const std::vector<AttributeSpec>& before) {
  AttributeSpec attribute = read_name_and_kind(reader, before);
  attribute.columns = column_names(reader, "columns");
  attribute.parts = column_names(reader, "parts");
  if (reader.value("columns") == nullptr && reader.value("parts") == nullptr) {
    attribute.columns.push_back(attribute.name);
  } else if (is_empty_list(reader, "columns") || is_empty_list(reader, "parts")) {
    reader.problem(
        "columns",
        "a list of columns is empty; name some, or leave the key out for the attribute's "
        "own name");
  }
  attribute.rules = read_rules(reader);
  for (PlacedText& word : reader.texts("null_words")) {
    attribute.null_words.push_back(std::move(word.text));
  }
  attribute.survivorship = read_survivorship(reader, any_updated);
  reader.report_unknown();
  return attribute;
}

// An attribute made of `before`. What only read attributes have is no key of it.
DerivedAttribute read_derived(ConfigReader& reader, const std::vector<AttributeSpec>& before) {
  DerivedAttribute derived;
  const AttributeSpec named = read_name_and_kind(reader, before);
  derived.name = named.name;
  derived.kind = named.kind;
  std::vector<std::string_view> names;
  for (const AttributeSpec& attribute : before) names.push_back(attribute.name);
  for (const PlacedText& of : reader.texts("first_of")) {
    const auto found = std::find(names.begin(), names.end(), of.text);
    if (found == names.end()) {
      reader.problem("first_of", "there is no attribute \"" + of.text +
                                     "\"; name attributes that are read from columns" +
                                     did_you_mean_text(of.text, names));
      continue;
    }
    derived.first_of.push_back(static_cast<std::uint32_t>(found - names.begin()));
  }
  if (is_empty_list(reader, "first_of")) {
    reader.problem("first_of", "the list is empty; name the attributes to take a value from");
  }
  reader.report_unknown();
  return derived;
}

}  // namespace

AttributeSection read_attribute_section(ConfigReader& root, bool any_updated) {
  AttributeSection section;
  std::vector<ConfigReader> tables = root.tables("attribute");
  for (const bool derived : {false, true}) {
    for (ConfigReader& reader : tables) {
      if ((reader.value("first_of") != nullptr) != derived) continue;
      if (derived) {
        section.derived.push_back(read_derived(reader, section.specs));
        AttributeSpec& spec = section.specs.emplace_back();
        spec.name = section.derived.back().name;
        spec.kind = section.derived.back().kind;
      } else {
        section.specs.push_back(read_attribute(reader, any_updated, section.specs));
      }
      const std::optional<std::string> kind = reader.text("kind");
      section.kind_known.push_back(kind && kind_from_name(*kind));
    }
  }
  if (root.value("attribute") == nullptr) {
    root.problem("attribute",
                 "there is no attribute, so nothing to compare; add an [[attribute]] "
                 "with name, columns and kind");
  }
  return section;
}

}  // namespace tessera
