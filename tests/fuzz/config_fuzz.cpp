// Any bytes as a config: read_job_text returns a job or throws Error(kUsage), and a job that is
// written reads back to the same bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data/check.hpp"
#include "data/error.hpp"
#include "engine/read_job.hpp"
#include "engine/write_job.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  tessera::JobSpec job;
  try {
    job = tessera::read_job_text(text, "fuzz.toml");
  } catch (const tessera::Error& fault) {
    TESSERA_CHECK(fault.code() == tessera::ErrorCode::kUsage);
    return 0;
  }
  const std::string written = tessera::job_toml(job);
  TESSERA_CHECK(tessera::job_toml(tessera::read_job_text(written, "again.toml")) == written);
  return 0;
}
