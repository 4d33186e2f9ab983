#include "cli/text_file.hpp"

#include <fstream>

#include "data/error.hpp"

namespace tessera {

void write_text_file(const std::string& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) {
    throw Error(ErrorCode::kResource, path, "cannot be written; check the folder and space");
  }
}

}  // namespace tessera
