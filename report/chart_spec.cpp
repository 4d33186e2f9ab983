#include "report/chart_spec.hpp"

#include <nlohmann/json.hpp>

#include "data/check.hpp"

namespace tessera {

using Json = nlohmann::ordered_json;

std::string chart_spec(std::string_view spec, const std::vector<ChartRows>& data) {
  Json json = Json::parse(spec);
  for (const ChartRows& of : data) {
    Json rows = Json::array();
    for (const std::vector<ChartRows::Cell>& cells : of.rows) {
      TESSERA_CHECK(cells.size() == of.fields.size());
      Json row = Json::object();
      for (std::size_t f = 0; f < cells.size(); ++f) {
        std::visit([&](const auto& cell) { row[of.fields[f]] = cell; }, cells[f]);
      }
      rows.push_back(std::move(row));
    }
    json["datasets"][of.name] = std::move(rows);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace tessera
