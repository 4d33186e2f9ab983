// The Splink model that the tests of its reader share.
#pragma once

#include <string>

namespace tessera::test {

/// tests/cases/splink5_people.json: trained by Splink 5.0.0 on invented people. Tests run in the
/// project's folder.
std::string splink_people_json();

}  // namespace tessera::test
