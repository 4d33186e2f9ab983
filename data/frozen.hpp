// Arrays that no longer change: made in memory, or read where they lie in a mapped file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "data/dictionary.hpp"
#include "data/table.hpp"

namespace tessera {

/// An array that is read only, with what keeps it alive. Copies share it.
template <class T>
class Frozen {
 public:
  Frozen() = default;
  explicit Frozen(std::vector<T> items) {
    const auto owner = std::make_shared<const std::vector<T>>(std::move(items));
    items_ = *owner;
    owner_ = owner;
  }
  /// Items that live as long as `owner`.
  Frozen(std::shared_ptr<const void> owner, std::span<const T> items)
      : owner_(std::move(owner)), items_(items) {}

  const T& operator[](std::size_t i) const { return items_[i]; }
  const T* data() const { return items_.data(); }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  const T& back() const { return items_.back(); }
  std::span<const T> span() const { return items_; }
  std::size_t size_bytes() const { return items_.size_bytes(); }

 private:
  std::shared_ptr<const void> owner_;
  std::span<const T> items_;
};

/// Texts by number, as a Dictionary or a TextList holds them.
class FrozenTexts {
 public:
  FrozenTexts() : FrozenTexts(Dictionary()) {}
  explicit FrozenTexts(Dictionary texts) : FrozenTexts(own(std::move(texts))) {}
  explicit FrozenTexts(TextList texts) : FrozenTexts(own(std::move(texts))) {}
  /// offsets: where each text starts, and the end of the last. REQUIRES: at least one.
  FrozenTexts(Frozen<char> bytes, Frozen<std::uint64_t> offsets)
      : bytes_(std::move(bytes)), offsets_(std::move(offsets)) {}

  std::uint32_t size() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
  std::string_view operator[](std::size_t i) const {
    return {bytes_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]};
  }

  const Frozen<char>& bytes() const { return bytes_; }
  const Frozen<std::uint64_t>& offsets() const { return offsets_; }
  std::size_t size_bytes() const { return bytes_.size_bytes() + offsets_.size_bytes(); }

 private:
  template <class Texts>
  static FrozenTexts own(Texts texts) {
    const auto owner = std::make_shared<const Texts>(std::move(texts));
    return {Frozen<char>(owner, std::span(owner->bytes().data(), owner->bytes().size())),
            Frozen<std::uint64_t>(owner, owner->offsets())};
  }

  Frozen<char> bytes_;
  Frozen<std::uint64_t> offsets_;
};

}  // namespace tessera
