#include "generate/block_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "data/error.hpp"

namespace tessera {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& deed) {
  const std::string why = std::generic_category().message(errno);
  throw Error(ErrorCode::kResource, path.string(),
              "cannot " + deed + " (" + why + "); free disk space or choose another folder");
}

}  // namespace

BlockFile::BlockFile(std::filesystem::path path) : path_(std::move(path)), partial_(path_) {
  partial_ += ".partial";
  descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail(partial_, "create the file");
}

BlockFile::~BlockFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  std::error_code ignored;
  std::filesystem::remove(partial_, ignored);
}

void BlockFile::append(std::string_view block) {
  while (!block.empty()) {
    const ::ssize_t written = ::write(descriptor_, block.data(), block.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail(partial_, "write");
    }
    block.remove_prefix(static_cast<std::size_t>(written));
  }
}

void BlockFile::commit() {
  if (::fsync(descriptor_) != 0) fail(partial_, "write");
  if (::rename(partial_.c_str(), path_.c_str()) != 0) fail(path_, "rename the finished file");
  ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace tessera
