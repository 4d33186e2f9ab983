// How a cover is parted between two insurers on a day: not a day twice, and none left out.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/cover_periods.hpp"

namespace tessera {

/// A coverage that begins with the receiver.
struct NewCover {
  std::string product;
  std::string begin;
  std::string end;  ///< Empty: open.
};

/// What of the periods lies on `day` or after it, by product and begin; of one product, periods
/// that overlap are one. `product`: that of all of them; empty: each its own.
std::vector<NewCover> covers_from(std::span<const CoverPeriod> periods, const std::string& day,
                                  const std::string& product);

/// Whether any of the periods and any of the new covers have a day in common.
bool overlaps(std::span<const CoverPeriod> periods, std::span<const NewCover> covers);

/// The day before, `2026-02-28` of `2026-03-01`. REQUIRES: `day` is a whole date.
std::string day_before(const std::string& day);

}  // namespace tessera
