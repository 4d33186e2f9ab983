#include "engine/job.hpp"

#include <cmath>

namespace tessera {

double Threshold::bits() const {
  return in_bits ? value : std::log2(value / (1.0 - value));
}

}  // namespace tessera
