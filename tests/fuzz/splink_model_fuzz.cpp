// Any bytes as a Splink model: refused with an Error, or a model with finite weights that can be
// written.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data/check.hpp"
#include "data/error.hpp"
#include "scoring/splink_levels.hpp"
#include "scoring/splink_model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // As SQL too: few random bytes are JSON.
  const tessera::SplinkLevelMeaning meaning = tessera::read_splink_condition(text);
  TESSERA_CHECK(meaning.level.has_value() == meaning.reason.empty());
  const tessera::SplinkRuleMeaning rule = tessera::read_splink_rule(text);
  TESSERA_CHECK(rule.parts.empty() == !rule.reason.empty());
  try {
    const tessera::SplinkModel read = tessera::read_splink_model(text, "splink.json");
    TESSERA_CHECK(read.comparisons.size() == read.model.comparisons.size());
    const std::string once = tessera::model_json(read.model);
    TESSERA_CHECK(tessera::model_json(tessera::read_model_json(once, "once")) == once);
  } catch (const tessera::Error&) {
    // a bad request, said in words
  }
  return 0;
}
