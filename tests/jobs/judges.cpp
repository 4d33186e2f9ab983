#include "tests/jobs/judges.hpp"

namespace tessera::test {
namespace {

std::filesystem::path hapi_folder() {
  return std::filesystem::path(TESSERA_SOURCE_DIR) / "build/judges/hapi";
}

}  // namespace

std::filesystem::path judge_python() {
  return std::filesystem::path(TESSERA_SOURCE_DIR) / "build/judges/venv/bin/python";
}

CommandResult judge(const std::filesystem::path& where, std::vector<std::string> files) {
  files.insert(files.begin(), TESSERA_SOURCE_DIR "/tests/judges/check_fhir.py");
  return run_command(judge_python(), files, where);
}

bool has_hapi() {
  return std::filesystem::exists(hapi_folder() / "pin.txt");
}

std::filesystem::path hapi_clean() {
  return hapi_folder() / "clean";
}

CommandResult validate(const std::filesystem::path& where, std::vector<std::string> files,
                       const std::filesystem::path& clean) {
  const std::string path =
      (hapi_folder() / "classes").string() + ":" + (hapi_folder() / "jars").string() + "/*";
  files.insert(files.begin(), {"-cp", path, "-Xmx1g", "CheckHapi", clean.string()});
  return run_command("/usr/bin/java", files, where);
}

}  // namespace tessera::test
