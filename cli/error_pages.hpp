// What each kind of error means and what to do about it: the pages of `tessera explain`.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "data/error.hpp"

namespace tessera {

struct ErrorPage {
  ErrorCode code = ErrorCode::kUsage;
  std::string_view name;     ///< One word, in the message: `tessera: error[usage]: …`.
  std::string_view summary;  ///< One line.
  std::string_view text;     ///< The page: paragraphs, lines ended by line feeds.
};

/// One page for each ErrorCode, by exit code.
std::span<const ErrorPage> error_pages();

/// REQUIRES: `code` is one of ErrorCode's.
const ErrorPage& page_of(ErrorCode code);

/// By name (`usage`) or by exit code (`2`).
std::optional<ErrorPage> find_error_page(std::string_view name_or_code);

}  // namespace tessera
