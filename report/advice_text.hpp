// Advice on blocking rules, told.
#pragma once

#include <string>

#include "engine/advise_rules.hpp"

namespace tessera {

/// The rules with what each costs and brings, the recall that is estimated for them, and the lines
/// to put into a config.
std::string advice_text(const RuleAdvice& advice);

/// One JSON object, ended by a line feed.
std::string advice_json(const RuleAdvice& advice);

}  // namespace tessera
