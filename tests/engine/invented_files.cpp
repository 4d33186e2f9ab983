#include "tests/engine/invented_files.hpp"

#include <array>
#include <stdexcept>

#include "data/dictionary.hpp"

namespace tessera::test {
namespace {

constexpr std::array<std::string_view, 20> kGiven = {
    "Amina", "Baraka", "Chidi", "Dalila", "Esi",   "Farouk", "Grace",  "Hamisi", "Imani", "Juma",
    "Kofi",  "Lulu",   "Moses", "Neema",  "Obadi", "Penda",  "Rashid", "Salma",  "Tatu",  "Zuberi"};
constexpr std::array<std::string_view, 25> kFamily = {
    "Abara",  "Banda",  "Chanda", "Dlamini", "Essien",  "Fofana", "Gueye", "Habimana", "Idowu",
    "Jallow", "Kamara", "Lungu",  "Mensah",  "Ngugi",   "Okafor", "Phiri", "Quaye",    "Rwanda",
    "Sesay",  "Traore", "Uwase",  "Vundla",  "Wanjala", "Yeboah", "Zulu"};
constexpr std::array<std::string_view, 8> kVillages = {"Amboko", "Berisa", "Chilote", "Dombe",
                                                       "Enkolo", "Fumba",  "Goroka",  "Hilali"};
constexpr std::array<std::string_view, 5> kJobs = {"farmer", "teacher", "tailor", "driver",
                                                   "nurse"};

std::uint64_t draw(std::uint32_t person, std::uint64_t property, std::uint64_t below) {
  return mix64(mix64(person + 1) ^ (property * 0x9e37)) % below;
}

std::string two_digits(std::uint64_t number) {
  return std::to_string(100 + number).substr(1);
}

struct Day {
  std::string year, month, day;
};

Day birth_of(std::uint32_t i) {
  return {std::to_string(1930 + draw(i, 1, 90)), two_digits(1 + draw(i, 2, 12)),
          two_digits(1 + draw(i, 3, 28))};
}

std::string date_of(const std::string& property, std::uint32_t i) {
  const Day birth = birth_of(i);
  if (property == "iso") return birth.year + "-" + birth.month + "-" + birth.day;
  if (property == "dmy") return birth.day + "/" + birth.month + "/" + birth.year;
  if (property == "mdy") return birth.month + "/" + birth.day + "/" + birth.year;
  if (property == "compact") return birth.year + birth.month + birth.day;
  if (property == "year") return birth.year;
  if (property == "month") return birth.month;
  if (property == "day") return birth.day;
  return {};
}

}  // namespace

std::string invented(const std::string& property, std::uint32_t i) {
  const std::string given(kGiven[draw(i, 4, kGiven.size())]);
  const std::string family(kFamily[draw(i, 5, kFamily.size())]);
  if (std::string date = date_of(property, i); !date.empty()) return date;
  if (property == "given") return given;
  if (property == "family") return family;
  if (property == "full") return given + " " + family;
  if (property == "sex") return draw(i, 6, 2) == 0 ? "F" : "M";
  if (property == "sexcode") return draw(i, 6, 2) == 0 ? "2" : "1";
  if (property == "phone") return "+999 700 " + std::to_string(100000 + draw(i, 7, 900000));
  if (property == "email") return given + std::to_string(i) + "@example.org";
  if (property == "nid") return "N" + std::to_string(10000000 + draw(i, 8, 90000000));
  if (property == "postcode") return std::to_string(10000 + draw(i, 9, 300));
  if (property == "village") return std::string(kVillages[draw(i, 10, kVillages.size())]);
  if (property == "street") return std::to_string(1 + draw(i, 11, 200)) + " Baobab Road";
  if (property == "number") return std::to_string(i + 1);
  if (property == "key") return "r-" + std::to_string(i);
  if (property == "digits") return std::to_string(19400101 + draw(i / 3, 12, 500000));
  if (property == "age") return std::to_string(draw(i, 13, 90));
  if (property == "visit") return "2024-" + two_digits(1 + draw(i, 14, 12)) + "-15";
  if (property == "job") return std::string(kJobs[draw(i, 15, kJobs.size())]);
  if (property == "constant") return "same";
  if (property == "blank") return "";
  throw std::runtime_error("no such property: " + property);
}

SampledFile invented_file(const Columns& columns, std::uint32_t rows) {
  SampledFile file;
  file.source.name = "people";
  file.sample.format = "csv";
  for (const auto& [name, property] : columns) file.sample.columns.push_back(name);
  for (std::uint32_t i = 0; i < rows; ++i) {
    file.sample.rows.emplace_back();
    for (const auto& [name, property] : columns) {
      file.sample.rows.back().push_back(invented(property, i));
    }
  }
  return file;
}

std::string invented_csv(const Columns& columns, std::uint32_t rows) {
  const SampledFile file = invented_file(columns, rows);
  std::string text;
  const auto add = [&](const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) text += (i == 0 ? "" : ",") + fields[i];
    text += "\n";
  };
  add(file.sample.columns);
  for (const std::vector<std::string>& row : file.sample.rows) add(row);
  return text;
}

}  // namespace tessera::test
