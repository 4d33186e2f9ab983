#include "cli/look_up_clock.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace tessera {
namespace {

constexpr std::array<double, 1> kWhole = {1.0};

}  // namespace

LookUpClock::LookUpClock(std::istream& input, const std::string& path, const StageWatcher& watcher)
    : input_(input), watcher_(watcher) {
  std::error_code unseen;
  if (std::filesystem::is_regular_file(path, unseen)) {
    const std::uintmax_t size = std::filesystem::file_size(path, unseen);
    if (!unseen) size_bytes_ = size;
  }
  tell();
}

void LookUpClock::tell() const {
  if (!watcher_) return;
  StageProgress progress{"look up records", 1, 1};
  if (size_bytes_ > 0) {
    // At the end of a file its place is no longer told.
    const std::streamoff at = input_.eof() ? -1 : static_cast<std::streamoff>(input_.tellg());
    progress.share_done = at < 0 ? 1.0 : static_cast<double>(at) / static_cast<double>(size_bytes_);
    progress.share_done = std::min(1.0, progress.share_done);
    progress.expected_s = kWhole;
  }
  watcher_(progress);
}

}  // namespace tessera
