// Software of others that judges FHIR: fhir.resources (R4B) and the HAPI FHIR validator (R4).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {

/// The Python that has fhir.resources; may not be there.
std::filesystem::path judge_python();

/// What fhir.resources says of files below `where`; 0: nothing against them.
CommandResult judge(const std::filesystem::path& where, std::vector<std::string> files);

/// Whether HAPI is there.
bool has_hapi();

/// Where documents that were found clean are remembered.
std::filesystem::path hapi_clean();

/// What HAPI says of files below `where`. A document that was clean once is not judged again: the
/// validator takes half a minute to wake up.
CommandResult validate(const std::filesystem::path& where, std::vector<std::string> files,
                       const std::filesystem::path& clean = hapi_clean());

}  // namespace tessera::test
