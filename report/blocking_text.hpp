// The cost of blocking rules as a table for people, and as JSON.
#pragma once

#include <optional>
#include <string>

#include "engine/measure_blocking.hpp"
#include "engine/measure_recall.hpp"

namespace tessera {

/// A line a rule under some lines on all of them. recall: of the same job; adds what share of the
/// matches the rules find, together, each, and each alone.
std::string blocking_text(const BlockingMeasure& measure,
                          const std::optional<RecallMeasure>& recall = std::nullopt);

/// One JSON object, ended by a line feed; the names of BlockingMeasure are its keys, and `recall`
/// holds those of RecallMeasure.
std::string blocking_json(const BlockingMeasure& measure,
                          const std::optional<RecallMeasure>& recall = std::nullopt);

}  // namespace tessera
