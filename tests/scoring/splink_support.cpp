#include "tests/scoring/splink_support.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tessera::test {

std::string splink_people_json() {
  std::ifstream file("tests/cases/splink5_people.json", std::ios::binary);
  if (!file) throw std::runtime_error("run the tests in the project's folder");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace tessera::test
