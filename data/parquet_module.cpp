#include "data/parquet_module.hpp"

#include <dlfcn.h>

#include <array>
#include <filesystem>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr const char* kName = "tessera_parquet.so";

std::string beside_the_program() {
  std::error_code unknown;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  return (program.parent_path() / kName).string();
}

}  // namespace

OpenParquet load_parquet_module(std::span<const std::string> places) {
  std::string reason;
  for (const std::string& place : places) {
    void* module = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    void* entry = module != nullptr ? dlsym(module, "tessera_open_parquet") : nullptr;
    if (entry != nullptr) return reinterpret_cast<OpenParquet>(entry);
    const char* said = dlerror();
    reason = said != nullptr ? said : "no reason given";
  }
  throw Error(ErrorCode::kResource, kName,
              "Parquet cannot be read without it (" + reason +
                  "); put it beside the program with Arrow's libraries, or write the file as CSV");
}

std::unique_ptr<SourceReader> open_parquet(const SourceSpec& source) {
  static const OpenParquet open =
      load_parquet_module(std::array<std::string, 2>{beside_the_program(), TESSERA_PARQUET_MODULE});
  return std::unique_ptr<SourceReader>(open(source));
}

}  // namespace tessera
