// Whether what increments go by is what the records give.
#pragma once

#include <string>
#include <vector>

#include "registry/store.hpp"

namespace tessera {

/// What is wrong with the index of block names and with what the store counts, one line each; none:
/// every settled record is found under each of its block names. REQUIRES: the records are whole.
/// Cost: cleans and keys all records, reads the index.
std::vector<std::string> check_index(Store& store);

}  // namespace tessera
