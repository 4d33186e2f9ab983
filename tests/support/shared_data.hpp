// Where the labelled sets and reference vectors lie, for tests that read them in place.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tessera::test {

/// The folder `../shared/data` beside the checkout (or $TESSERA_SHARED_DATA), if it is there.
/// Tests that need it call GTEST_SKIP() with a line naming the folder when it is absent.
std::optional<std::filesystem::path> shared_data();

/// The rows of a small CSV file (gz if the name ends so), header included, each a list of fields
/// (RFC 4180). Throws std::runtime_error if the file cannot be read. For test tables only, not the
/// product's reader.
std::vector<std::vector<std::string>> read_test_csv(const std::filesystem::path& path);

/// The rows of a tab-separated table under tests/cases/, comment lines (`#`) and the header left
/// out. In a field the escapes \t \n \r \0 \\ \xHH stand for those bytes.
std::vector<std::vector<std::string>> read_cases(const std::string& name);

/// A fresh empty folder that is removed when the object goes.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }
  /// Writes `text` to `name` in the folder and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace tessera::test
