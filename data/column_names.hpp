// Finds columns by name: exact first, then by letters of either case; says what was meant when
// there is none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// Throws Error(kUsage, where) if a name stands twice. Columns without a name may repeat: nothing
/// can refer to them.
void check_column_names(std::span<const std::string> columns, const std::string& where);

/// The place of `name` among `columns`: the same bytes, else the only one that differs in the case
/// of ASCII letters alone. Nothing if there is none, or if several differ so.
std::optional<std::size_t> find_column(std::span<const std::string> columns, std::string_view name);

/// ` did you mean 'x'?` for the name nearest to `name` by Levenshtein distance, if one is near (a
/// third of its length at most); empty otherwise.
std::string did_you_mean(std::span<const std::string> names, std::string_view name);

}  // namespace tessera
