// Work that goes on beside the thread that has the store.
#pragma once

#include <functional>
#include <memory>

namespace tessera {

/// One piece of work at a time on another thread; where only one thread may run, on the waiting
/// one.
class Beside {
 public:
  Beside();
  /// Waits; what was thrown is dropped.
  ~Beside();
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  /// Begins. REQUIRES: what was begun before is waited for.
  void run(std::function<void()> work);
  /// Waits for what was begun, and throws what it threw.
  void wait();

 private:
  struct Group;
  std::unique_ptr<Group> group_;
};

}  // namespace tessera
