#include "tests/jobs/small_job.hpp"

namespace tessera::test {

CommandResult run_tessera(const TemporaryFolder& folder,
                          const std::vector<std::string>& arguments) {
  return run_command(TESSERA_BINARY, arguments, folder.path());
}

}  // namespace tessera::test
