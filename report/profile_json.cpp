#include "report/profile_json.hpp"

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

template <typename Item, typename ToJson>
Json list(const std::vector<Item>& items, const ToJson& to_json) {
  Json all = Json::array();
  for (const Item& item : items) all.push_back(to_json(item));
  return all;
}

Json counted(const std::vector<CountedText>& values, const char* key) {
  return list(values, [&](const CountedText& value) {
    return Json{{key, value.text}, {"records", value.records}};
  });
}

Json column_json(const ColumnReport& column) {
  return Json{{"name", column.name},
              {"kind", column.kind},
              {"use", column.use},
              {"filled", column.filled},
              {"distinct", column.distinct},
              {"most_frequent", counted(column.most_frequent, "value")},
              {"suspicious", list(column.suspicious,
                                  [](const SuspiciousValues& of) {
                                    return Json{
                                        {"what", of.what},
                                        {"records", of.records},
                                        {"values", of.values},
                                        {"most_frequent", counted(of.most_frequent, "value")}};
                                  })},
              {"scripts", counted(column.scripts, "script")},
              {"date_formats", counted(column.date_formats, "format")}};
}

}  // namespace

std::string profile_json(std::span<const FileReport> files, const ProfileOptions& options) {
  Json all = Json::array();
  for (const FileReport& file : files) {
    all.push_back(Json{{"name", file.name},
                       {"path", file.path},
                       {"format", file.format},
                       {"rows", file.rows},
                       {"bad_rows", file.bad_rows},
                       {"columns", list(file.columns, column_json)}});
  }
  const Json json{{"files", all}, {"least_holders", options.least_holders}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
