#include "engine/index_rule_text.hpp"

#include <charconv>
#include <optional>

namespace tessera {
namespace {

constexpr std::uint32_t kMostTop = 1000;
constexpr std::uint32_t kMostFew = 1'000'000;
constexpr std::uint32_t kMostPairs = 2'000'000'000;
constexpr std::string_view kForm =
    "write as in \"index(top=20)\", \"index(top=20, few=50)\", \"index(top=20, all)\" or "
    "\"index(top=20, all, pairs=10000)\"";

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t') out += c;
  }
  return out;
}

std::optional<std::uint32_t> number_after(std::string_view item, std::string_view name) {
  if (!item.starts_with(name)) return std::nullopt;
  item.remove_prefix(name.size());
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(item.data(), item.data() + item.size(), number);
  if (fault != std::errc() || end != item.data() + item.size()) return std::nullopt;
  return number;
}

}  // namespace

bool is_index_rule_text(std::string_view text) {
  return without_blanks(text).starts_with("index(");
}

std::variant<IndexRule, std::string> read_index_rule(std::string_view text) {
  const std::string tight = without_blanks(text);
  const std::string fault = "this is no index rule; " + std::string(kForm);
  if (!is_index_rule_text(text) || !tight.ends_with(")")) return fault;
  IndexRule rule;
  bool has_top = false;
  bool has_which = false;
  std::string_view inside = std::string_view(tight).substr(6, tight.size() - 7);
  while (!inside.empty()) {
    const std::size_t comma = std::min(inside.find(','), inside.size());
    const std::string_view item = inside.substr(0, comma);
    inside.remove_prefix(std::min(comma + 1, inside.size()));
    if (const auto top = number_after(item, "top="); top && !has_top) {
      if (*top < 1 || *top > kMostTop) {
        return "top lies between 1 and 1000; " + std::string(kForm);
      }
      rule.top = *top;
      has_top = true;
    } else if (const auto few = number_after(item, "few="); few && !has_which) {
      if (*few < 1 || *few > kMostFew) {
        return "few lies between 1 and 1000000; " + std::string(kForm);
      }
      rule.few = *few;
      has_which = true;
    } else if (const auto pairs = number_after(item, "pairs="); pairs && rule.pairs == 0) {
      if (*pairs < 1 || *pairs > kMostPairs) {
        return "pairs lies between 1 and 2000000000; " + std::string(kForm);
      }
      rule.pairs = *pairs;
    } else if (item == "all" && !has_which) {
      rule.few = IndexRule::kAll;
      has_which = true;
    } else {
      return fault;
    }
  }
  if (!has_top) return fault;
  rule.text = "index(top=" + std::to_string(rule.top) +
              (rule.few == IndexRule::kAll ? ", all" : ", few=" + std::to_string(rule.few)) +
              (rule.pairs == 0 ? ")" : ", pairs=" + std::to_string(rule.pairs) + ")");
  return rule;
}

}  // namespace tessera
