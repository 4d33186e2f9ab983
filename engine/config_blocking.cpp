#include <algorithm>

#include "engine/config_sections.hpp"
#include "engine/did_you_mean.hpp"
#include "engine/index_rule_text.hpp"

namespace tessera {
namespace {

constexpr std::uint32_t kMaxKeyLength = 64;
constexpr std::size_t kMaxRules = 64;  // a pair's rules are one word of bits
constexpr std::string_view kForm =
    "write lists of keys, [[\"birth_date\", \"prefix(family_name,2)\"], [\"national_id\"]]";

bool takes_length(KeyFunction function) {
  return function == KeyFunction::kPrefix || function == KeyFunction::kSuffix;
}

bool needs_date(KeyFunction function) {
  return function == KeyFunction::kYear || function == KeyFunction::kMonth ||
         function == KeyFunction::kDay;
}

// Reads the rules of one config; each fault is noted at the text it is about.
class RuleReader {
 public:
  RuleReader(const AttributeSection& attributes, ConfigProblems& problems)
      : attributes_(&attributes), problems_(&problems) {
    for (const AttributeSpec& attribute : attributes.specs) names_.push_back(attribute.name);
  }

  std::optional<BlockingRule> rule(const ConfigValue& written, const std::string& key) {
    const ConfigArray* list = written.array();
    if (list == nullptr || list->items.empty()) {
      problems_->add(written.place, key, "this is no list of keys; " + std::string(kForm));
      return std::nullopt;
    }
    BlockingRule rule;
    bool sound = true;
    for (const PlacedText& text : texts_of(*list, key, *problems_)) {
      const std::optional<KeyPart> part = key_part(text, key);
      sound = sound && part.has_value();
      if (!part) continue;
      const std::string canonical =
          key_part_text(*part, names_[part->attribute], part->with ? names_[*part->with] : "");
      const std::string with_bars = " + " + rule.text + " + ";
      if (with_bars.find(" + " + canonical + " + ") != std::string::npos) {
        problems_->add(text.place, key,
                       "\"" + canonical + "\" stands twice in one rule; leave one out");
        continue;
      }
      rule.parts.push_back(*part);
      rule.text += (rule.text.empty() ? "" : " + ") + canonical;
    }
    if (!sound || rule.parts.empty()) return std::nullopt;
    return rule;
  }

 private:
  std::optional<std::uint32_t> column_of(const std::string& name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - names_.begin());
  }

  std::optional<KeyPart> key_part(const PlacedText& written, const std::string& key) {
    const auto fault = [&](std::string sentence) {
      problems_->add(written.place, key, std::move(sentence));
      return std::nullopt;
    };
    const std::optional<KeyPartText> split = split_key_part(written.text);
    if (!split) {
      return fault(
          "this is no key; write an attribute's name, or a function of one as in "
          "\"year(birth_date)\" or \"prefix(family_name,2)\"");
    }
    const std::optional<KeyFunction> function = key_function_from_name(split->function);
    if (!function) {
      return fault("there is no key function \"" + split->function + "\"; they are " +
                   joined_names(key_function_names()) +
                   did_you_mean_text(split->function, key_function_names()));
    }
    const std::optional<std::uint32_t> column = column_of(split->attribute);
    const std::optional<std::uint32_t> with = column_of(split->with);
    if (!column || (!with && !split->with.empty())) {
      const std::string& name = column ? split->with : split->attribute;
      return fault("there is no attribute \"" + name +
                   "\"; add it as an [[attribute]] or use one that is there" +
                   did_you_mean_text(name, names_));
    }
    if (with && !takes_two(*function)) {
      return fault("\"" + split->function + "\" takes one attribute; those that take two are " +
                   "tokens, sounds and sorted_sounds");
    }
    if (with == column) {
      return fault("the two attributes are one; name it once");
    }
    KeyPart part{*function, *column, 0, with};
    if (needs_date(*function) && attributes_->differs_from(part.attribute, Kind::kDate)) {
      return fault("\"" + split->function + "\" takes a part of a date, and \"" + split->attribute +
                   "\" is of kind " +
                   std::string(kind_name(attributes_->specs[part.attribute].kind)) +
                   "; use it on an attribute of kind date");
    }
    if (takes_length(*function) != split->length.has_value()) {
      return fault(split->length ? "\"" + split->function + "\" takes no length; drop the number"
                                 : "\"" + split->function + "\" needs a length, as in " +
                                       split->function + "(" + split->attribute + ",3)");
    }
    if (split->length && (*split->length < 1 || *split->length > kMaxKeyLength)) {
      return fault("a length lies between 1 and 64 characters; write as in " + split->function +
                   "(" + split->attribute + ",3)");
    }
    part.length = split->length.value_or(0);
    return part;
  }

  const AttributeSection* attributes_;
  ConfigProblems* problems_;
  std::vector<std::string> names_;
};

// The rule's parts in an order of their own, to find rules that say the same.
std::vector<std::string> sorted_keys(const BlockingRule& rule,
                                     std::span<const AttributeSpec> attributes) {
  std::vector<std::string> keys;
  for (const KeyPart& part : rule.parts) {
    keys.push_back(key_part_text(part, attributes[part.attribute].name,
                                 part.with ? attributes[*part.with].name : ""));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

// The text of a rule that means the index: alone, or the only key of a list.
const std::string* index_text(const ConfigValue& written) {
  const ConfigArray* list = written.array();
  const ConfigValue* item = list == nullptr           ? &written
                            : list->items.size() == 1 ? &list->items.front()
                                                      : nullptr;
  const auto* text = item == nullptr ? nullptr : std::get_if<std::string>(&item->content);
  return text != nullptr && is_index_rule_text(*text) ? text : nullptr;
}

void add_index_rule(const std::string& text, const ConfigPlace& place, const std::string& key,
                    ConfigProblems& problems, std::optional<IndexRule>& rule) {
  const std::variant<IndexRule, std::string> read = read_index_rule(text);
  if (const auto* fault = std::get_if<std::string>(&read)) {
    problems.add(place, key, *fault);
  } else if (rule) {
    problems.add(place, key, "there is an index rule already; keep one");
  } else {
    rule = std::get<IndexRule>(read);
  }
}

}  // namespace

BlockingSection read_blocking_section(ConfigReader& root, const AttributeSection& attributes,
                                      ConfigProblems& problems) {
  std::optional<ConfigReader> blocking = root.table("blocking");
  if (!blocking) {
    if (root.value("blocking") == nullptr) {
      root.problem("blocking",
                   "there are no blocking rules, so no pair would be compared; add "
                   "[blocking] and its rules: " +
                       std::string(kForm));
    }
    return {};
  }
  BlockingSection section;
  std::vector<BlockingRule>& rules = section.rules;
  std::vector<std::vector<std::string>> seen;
  const ConfigValue* written = blocking->value("rules");
  const ConfigArray* list = written == nullptr ? nullptr : written->array();
  if (list == nullptr || list->items.empty()) {
    blocking->problem("rules",
                      "there are no rules, so no pair would be compared; " + std::string(kForm));
  }
  RuleReader reader(attributes, problems);
  for (std::size_t i = 0; list != nullptr && i < list->items.size(); ++i) {
    const std::string key = "blocking.rules[" + std::to_string(i) + "]";
    if (const std::string* text = index_text(list->items[i])) {
      add_index_rule(*text, list->items[i].place, key, problems, section.index_rule);
      continue;
    }
    std::optional<BlockingRule> rule = reader.rule(list->items[i], key);
    if (!rule) continue;
    std::vector<std::string> keys = sorted_keys(*rule, attributes.specs);
    if (std::find(seen.begin(), seen.end(), keys) != seen.end()) {
      problems.add(list->items[i].place, key,
                   "this rule makes the same pairs as one before it; "
                   "leave one out");
      continue;
    }
    seen.push_back(std::move(keys));
    rules.push_back(std::move(*rule));
  }
  if (list != nullptr && list->items.size() > kMaxRules) {
    blocking->problem("rules", "there are more than 64 rules; keep those that find most pairs");
  }
  if (section.index_rule && list->items.size() == 1) {
    blocking->problem("rules",
                      "the index rule stands alone, and training needs pairs that keys "
                      "make; " +
                          std::string(kForm));
  }
  blocking->report_unknown();
  return section;
}

}  // namespace tessera
