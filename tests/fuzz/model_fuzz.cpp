// Any bytes as model.json: refused with an Error, or a model that writes back to bytes that read to
// the same.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data/check.hpp"
#include "data/error.hpp"
#include "scoring/model.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const tessera::Model model = tessera::read_model_json(text, "model.json");
    const std::string once = tessera::model_json(model);
    TESSERA_CHECK(tessera::model_json(tessera::read_model_json(once, "once")) == once);
    TESSERA_CHECK(std::isfinite(model.weight_bits(0)));
    for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
      for (unsigned level = 1; level <= model.comparisons[c].levels.size(); ++level) {
        TESSERA_CHECK(std::isfinite(model.level_bits(c, level)));
      }
    }
  } catch (const tessera::Error&) {
    // a bad request, said in words
  }
  return 0;
}
