// The formats by name, and the one door through which all of them come in.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"

namespace tessera {

/// A format: its name on the command line, what it is, and who reads it.
struct ExchangeFormat {
  std::string_view name;
  std::string_view what;
  void (*import)(const std::vector<std::filesystem::path>& files, Import& import);
};

std::span<const ExchangeFormat> exchange_formats();

/// By name; nullptr if there is none of it.
const ExchangeFormat* find_format(std::string_view name);

/// Called now and then with the share of an import's work that is done, in [0, 1]. May be empty.
using ImportProgress = std::function<void(double share_done)>;

/// Of the time that a source takes, what reading its messages and writing its tables take.
inline constexpr std::array<double, 2> kImportShares = {0.85, 0.15};

/// Reads files (a folder stands for the files in it) of one format into canonical rows, sorted and
/// merged. The same files in any order give the same tables. Throws Error(kUsage) for an unknown
/// format (with the names of those known), for a file that is not there, is empty, too large or
/// one bad document; kResource if it cannot be read. Cost: about 30 ns a byte of JSON, and the
/// tables in memory: 200 to 400 bytes a person.
Import import_files(std::string_view format, const std::vector<std::filesystem::path>& files,
                    DateOrder dates = DateOrder::kDayMonthYear,
                    const ImportProgress& progress = {});

}  // namespace tessera
