// A chart's specification from its template and its rows.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tessera {

/// Rows of a chart's data: texts and numbers by field.
struct ChartRows {
  using Cell = std::variant<std::string, double>;

  std::string name;                          ///< As the template calls it.
  std::vector<std::string> fields;           ///< Ours, never from outside.
  std::vector<std::vector<Cell>> rows = {};  ///< Each as long as `fields`.
};

/// Vega-Lite with its data inline. `spec` is Vega-Lite's JSON whose parts read their data by name
/// (`"data": {"name": "pairs"}`). REQUIRES: `spec` is JSON of ours.
std::string chart_spec(std::string_view spec, const std::vector<ChartRows>& data);

}  // namespace tessera
