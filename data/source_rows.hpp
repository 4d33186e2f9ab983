// Where each source's rows lie: they lie together.
#pragma once

#include <span>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// The rows begin … end - 1, all of one source.
struct SourceRows {
  Row begin = 0;
  Row end = 0;
  std::size_t source = 0;  ///< In the job's list.
};

/// The rows of each source that has any, in order.
std::vector<SourceRows> rows_by_source(std::span<const SourceId> row_source);

}  // namespace tessera
