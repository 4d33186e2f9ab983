// Who is told how much of a step is done.
#pragma once

#include <functional>

namespace tessera {

/// Told what share of a step is done, in [0, 1], now and then: one call at a time, from any thread;
/// may be empty.
using ShareWatcher = std::function<void(double share_done)>;

}  // namespace tessera
