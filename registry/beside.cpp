#include "registry/beside.hpp"

#include <tbb/task_group.h>

#include <utility>

namespace tessera {

struct Beside::Group {
  tbb::task_group tasks;
};

Beside::Beside() : group_(std::make_unique<Group>()) {}

Beside::~Beside() {
  try {
    wait();
  } catch (...) {  // of work whose outcome nobody waits for
  }
}

void Beside::run(std::function<void()> work) {
  group_->tasks.run(std::move(work));
}

void Beside::wait() {
  group_->tasks.wait();
}

}  // namespace tessera
