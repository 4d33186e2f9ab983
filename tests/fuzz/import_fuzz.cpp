// Any bytes as a file of any format, through the door that users' files come in by. The first byte
// picks the format, the second the file's name where the name says what it is. Either refused with
// an Error, or rows that keep their promises and rejects that name a line.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "data/check.hpp"
#include "data/error.hpp"
#include "exchange/formats.hpp"
#include "tests/fuzz/check_rows.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

/// A folder of this process, gone with it.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("tessera-fuzz-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string file_name(std::string_view format, std::uint8_t pick) {
  if (format != "canonical") return "message";
  constexpr std::size_t kNames = tessera::kCanonicalTables + 1;
  const std::size_t at = pick % kNames;
  if (at == tessera::kCanonicalTables) return "raw.csv";
  return std::string(tessera::contract(static_cast<tessera::CanonicalTable>(at)).name) + ".csv";
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const Folder folder;
  const auto formats = tessera::exchange_formats();
  const std::string_view format = formats[data[0] % formats.size()].name;
  const fs::path file = folder.path() / file_name(format, data[1]);
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data) + 2, static_cast<std::streamsize>(size - 2));
  try {
    const tessera::Import import = tessera::import_files(format, {file});
    tessera::test::check_rows(import);
    for (const tessera::ImportReject& reject : import.rejects()) {
      TESSERA_CHECK(!reject.reason.empty() && !reject.file.empty());
    }
  } catch (const tessera::Error& error) {
    TESSERA_CHECK(error.what()[0] != 0);
  }
  std::error_code ignored;
  fs::remove(file, ignored);
  return 0;
}
