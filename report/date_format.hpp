// In which form a date is written.
#pragma once

#include <string>
#include <string_view>

namespace tessera {

/// The form of one date as written: `yyyy-mm-dd`, `dd/mm/yyyy`, `mm/dd/yy`, `yyyymmdd`,
/// `dd-mon-yyyy`, `yyyy`, with ` and time` where one follows; `other` for what has no such form.
/// Day and month of one digit or two are one form; where both numbers are at most 12 they are not
/// told apart: `nn/nn/yyyy`.
std::string date_format(std::string_view text);

}  // namespace tessera
