#include "data/spill_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "data/check.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

[[noreturn]] void fail(const std::filesystem::path& folder, const char* what,
                       const std::string& reason) {
  throw Error(ErrorCode::kResource, folder.string(),
              std::string(what) + ": " + reason +
                  "; free space there, or raise --memory so that nothing has to be put aside");
}

std::filesystem::path nearest_folder(std::filesystem::path folder) {
  std::error_code fault;
  if (folder.empty()) return std::filesystem::temp_directory_path();
  folder = std::filesystem::absolute(folder, fault);
  while (!std::filesystem::is_directory(folder, fault) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

// Not every file system knows files without a name: there one is made and its name removed.
int open_nameless(const std::filesystem::path& folder) {
#ifdef O_TMPFILE
  const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return descriptor;
#endif
  std::string name = (folder / ".tessera-spill-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

SpillFile::SpillFile(const std::filesystem::path& folder)
    : folder_(nearest_folder(folder)), descriptor_(open_nameless(folder_)) {
  if (descriptor_ < 0)
    fail(folder_, "cannot make a file for what memory lacks", std::strerror(errno));
}

SpillFile::~SpillFile() {
  ::close(descriptor_);
}

SpillFile::Place SpillFile::write(std::span<const std::byte> bytes) {
  const Place place{size_bytes_, bytes.size()};
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(folder_, "cannot put aside what memory lacks", std::strerror(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    size_bytes_ += static_cast<std::uint64_t>(written);
  }
  return place;
}

void SpillFile::read(const Place& place, std::span<std::byte> bytes) const {
  TESSERA_CHECK(bytes.size() == place.size_bytes);
  std::uint64_t offset = place.offset;
  while (!bytes.empty()) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      fail(folder_, "cannot read what was put aside",
           got == 0 ? "the file is shorter than it was" : std::strerror(errno));
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
}

}  // namespace tessera
