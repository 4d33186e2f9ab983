// The index rule as written in a config: `index(top = 20)`, `index(top=20, few=50)`,
// `index(top=20, all)`, each with `pairs=10000` at the end or without.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "engine/job.hpp"

namespace tessera {

/// Whether a rule's text means the index rule, well written or not: `index` and an open bracket.
bool is_index_rule_text(std::string_view text);

/// The rule, its `text` in the one canonical form; or what is wrong with it, one sentence.
std::variant<IndexRule, std::string> read_index_rule(std::string_view text);

}  // namespace tessera
