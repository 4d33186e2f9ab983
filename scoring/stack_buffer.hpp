// Scratch space of a hot function: on the stack while small, on the heap beyond.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace tessera {

/// `size` elements, all `value` at first; up to kInline of them need no allocation.
template <class T, std::size_t kInline>
class StackBuffer {
 public:
  StackBuffer(std::size_t size, T value) : size_(size) {
    if (size > kInline) {
      heap_.assign(size, value);
    } else {
      for (std::size_t i = 0; i < size; ++i) inline_[i] = value;
    }
  }

  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  T* data() { return heap_.empty() ? inline_.data() : heap_.data(); }
  const T* data() const { return heap_.empty() ? inline_.data() : heap_.data(); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  std::span<T> all() { return {data(), size_}; }

 private:
  std::size_t size_;
  std::array<T, kInline> inline_;  // only the first size_ are ever read
  std::vector<T> heap_;
};

}  // namespace tessera
