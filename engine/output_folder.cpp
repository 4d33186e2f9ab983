#include "engine/output_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr const char* kStagingName = ".tessera-partial";
// What the disk is given at once: a few requests, so that nobody waits for its queue.
constexpr std::uint64_t kStartBytes = std::uint64_t{8} << 20;

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what,
                       const std::string& reason) {
  throw Error(ErrorCode::kResource, path.string(),
              what + ": " + reason + "; free space, or choose another folder with --out");
}

void check(const std::error_code& error, const std::filesystem::path& path, const char* what) {
  if (error) fail(path, what, error.message());
}

/// Removes the files in a folder, not the folder.
void clear_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  check(error, folder, "cannot list what an earlier job left");
  for (const std::filesystem::directory_entry& entry : entries) {
    std::filesystem::remove_all(entry.path(), error);
    check(error, entry.path(), "cannot remove what an earlier job left");
  }
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that one may write to but not list: nothing more to do
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

StagedFile::StagedFile(std::filesystem::path path) : path_(std::move(path)) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(path_, "cannot make the file", std::strerror(errno));
}

StagedFile::~StagedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void StagedFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, "cannot write", std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    written_ += static_cast<std::uint64_t>(written);
    if (written_ - started_ >= kStartBytes) start_disk();
  }
}

void StagedFile::start_disk() {
#ifdef SYNC_FILE_RANGE_WRITE
  // Sets the disk to work while more is formatted, and on ext4 (data=ordered) has the bytes precede
  // the move. Waiting for the disk instead, with fsync, would cost a job of a million records more
  // than its own time; a whole file at once fills the disk's queue and waits for it, too.
  ::sync_file_range(descriptor_, static_cast<off64_t>(started_),
                    static_cast<off64_t>(written_ - started_), SYNC_FILE_RANGE_WRITE);
#endif
  started_ = written_;
}

void StagedFile::finish() {
  if (written_ > started_) start_disk();
  if (::close(std::exchange(descriptor_, -1)) != 0) {
    fail(path_, "cannot write", std::strerror(errno));
  }
}

OutputFolder::OutputFolder(std::filesystem::path folder)
    : folder_(std::move(folder)), staging_(folder_ / kStagingName) {
  std::error_code error;
  std::filesystem::create_directories(staging_, error);
  check(error, folder_, "cannot make the folder");
  lock_ = ::open(staging_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) fail(staging_, "cannot open the folder", std::strerror(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    const bool busy = errno == EWOULDBLOCK;
    const std::string reason = std::strerror(errno);
    ::close(std::exchange(lock_, -1));
    if (!busy) fail(staging_, "cannot lock the folder", reason);
    throw Error(ErrorCode::kBusy, folder_.string(),
                "another job is writing there; wait for it, or choose another folder with --out");
  }
  clear_folder(staging_);
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(staging_, ignored);
  ::close(lock_);
}

std::filesystem::path OutputFolder::staged(std::string_view name) const {
  return staging_ / name;
}

void OutputFolder::commit(std::span<const std::string_view> names) {
  std::error_code error;
  for (const std::string_view name : names) {
    if (!std::filesystem::is_regular_file(staged(name), error)) {
      fail(staged(name), "cannot find the file", "it was removed while the job ran");
    }
    if (std::filesystem::is_directory(folder_ / name, error)) {
      fail(folder_ / name, "cannot move the file into place", "a folder has its name");
    }
  }
  for (const std::string_view name : names) {
    std::filesystem::rename(staged(name), folder_ / name, error);
    check(error, folder_ / name, "cannot move the file into place");
  }
  sync_folder(folder_);
}

}  // namespace tessera
