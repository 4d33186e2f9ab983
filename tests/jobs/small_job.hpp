// A small job of invented people, for tests that run the command on files of their own making.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {

/// The header and eight good rows of an extract: columns record_id, given_name, family_name,
/// birth_date; record ids 1 to 8; 1 and 2 are one person.
inline constexpr std::string_view kGoodPeople =
    "record_id,given_name,family_name,birth_date\n"
    "1,Amina,Okafor,1988-04-12\n"
    "2,Amina,Okafor,1988-04-12\n"
    "3,Ravi,Thapa,1975-11-30\n"
    "4,Lucía,Romero,2001-07-05\n"
    "5,Tesfaye,Bekele,1963-02-17\n"
    "6,Sokha,Chan,1994-09-23\n"
    "7,Ibrahim,Diallo,1980-12-01\n"
    "8,Mei,Okafor,1999-06-14\n";

/// The config of a job with the one source `people` in `file`; `extra` stands in its [[source]].
inline std::string small_config(std::string_view file, std::string_view extra = "") {
  return "[[source]]\nname = \"people\"\npath = \"" + std::string(file) +
         "\"\nid = \"record_id\"\n" + std::string(extra) +
         "\n[[attribute]]\nname = \"given_name\"\nkind = \"name\"\n"
         "[[attribute]]\nname = \"family_name\"\nkind = \"name\"\n"
         "[[attribute]]\nname = \"birth_date\"\nkind = \"date\"\n"
         "[blocking]\nrules = [[\"family_name\"], [\"birth_date\"]]\n"
         "[[comparison]]\nattributes = [\"given_name\", \"family_name\"]\nkind = \"person_name\"\n"
         "[[comparison]]\nattributes = [\"birth_date\"]\n";
}

/// Runs the built `tessera` in `folder`.
CommandResult run_tessera(const TemporaryFolder& folder, const std::vector<std::string>& arguments);

}  // namespace tessera::test
