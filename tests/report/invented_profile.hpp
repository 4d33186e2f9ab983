// A profile made by hand.
#pragma once

#include "report/profile.hpp"

namespace tessera::test {

inline std::vector<FileReport> invented_profile() {
  ColumnReport dob;
  dob.name = "dob";
  dob.kind = "date";
  dob.use = "attribute birth_date";
  dob.filled = 999;
  dob.distinct = 800;
  dob.most_frequent = {{"01/01/1980", 40}, {"x", 20}};
  dob.suspicious = {{"is a day of the year on which dates heap", 60, 2, {{"01-01", 60}}},
                    {"is a placeholder", 1, 1, {}}};
  dob.date_formats = {{"dd/mm/yyyy", 75}, {"yyyy-mm-dd", 25}};
  dob.scripts = {{"Latin", 5}, {"Khmer", 5}};
  return {{"people", "people.csv", "csv", 1000, 2, {dob}}};
}

}  // namespace tessera::test
