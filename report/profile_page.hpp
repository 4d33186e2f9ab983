// What extracts hold before anything is linked, as a page of charts.
#pragma once

#include <span>

#include "report/page.hpp"
#include "report/profile.hpp"

namespace tessera {

/// Per file: how full its columns are, what in them may mislead, forms of dates and scripts. Holds
/// the values that the reports hold: with options.least_holders only those that so many share.
Page profile_page(std::span<const FileReport> files, const ProfileOptions& options);

}  // namespace tessera
