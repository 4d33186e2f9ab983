// A growing piece of text made of many short fields: an append costs a few copies, not a call.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tessera {

/// A short text that is put again and again: its first bytes are copied without a look at how many
/// they are.
class RepeatedText {
 public:
  RepeatedText() = default;
  explicit RepeatedText(std::string_view text) { assign(text); }

  void assign(std::string_view text) {
    text_.assign(text);
    std::memcpy(first_.data(), text_.data(), std::min(text_.size(), first_.size()));
  }

 private:
  friend class TextBuffer;
  static constexpr std::size_t kFirst = 32;
  std::array<char, kFirst> first_{};
  std::string text_;
};

/// Text under construction. Cleared, it keeps its memory, so one buffer serves many pieces.
class TextBuffer {
 public:
  std::size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }
  void clear() { size_ = 0; }

  void put(char c) {
    make_room(1);
    bytes_[size_++] = c;
  }

  void put(const RepeatedText& text) { put({&text}); }

  /// One after the other. Cost of each: two loads and stores up to 32 bytes.
  void put(std::initializer_list<const RepeatedText*> texts) { put({texts.begin(), texts.size()}); }
  void put(std::span<const RepeatedText* const> texts) {
    std::size_t room = RepeatedText::kFirst;
    for (const RepeatedText* text : texts) room += text->text_.size();
    make_room(room);
    char* const begin = bytes_.get() + size_;
    char* to = begin;  // what is counted in the object would be read again after every byte
    for (const RepeatedText* text : texts) {
      const std::size_t size = text->text_.size();
      std::memcpy(to, text->first_.data(), RepeatedText::kFirst);
      if (size > RepeatedText::kFirst) [[unlikely]] {
        std::memcpy(to + RepeatedText::kFirst, text->text_.data() + RepeatedText::kFirst,
                    size - RepeatedText::kFirst);
      }
      to += size;
    }
    size_ += static_cast<std::size_t>(to - begin);
  }

  /// Cost: two or four loads and stores up to 32 bytes, a call of memcpy above.
  void put(std::string_view text) {
    make_room(text.size());
    copy_short(bytes_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }

 private:
  static constexpr std::size_t kFirstBytes = std::size_t{4} << 10;

  void make_room(std::size_t bytes) {
    if (capacity_ - size_ < bytes) [[unlikely]] {
      grow(bytes);
    }
  }

  void grow(std::size_t bytes) {
    const std::size_t capacity = std::max({kFirstBytes, capacity_ * 2, size_ + bytes});
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(larger.get(), bytes_.get(), size_);
    bytes_ = std::move(larger);
    capacity_ = capacity;
  }

  /// Copies the first and the last `sizeof(Word)` bytes, which may overlap.
  template <typename Word>
  static void copy_ends(char* to, const char* from, std::size_t size) {
    Word first;
    Word last;
    std::memcpy(&first, from, sizeof(Word));
    std::memcpy(&last, from + size - sizeof(Word), sizeof(Word));
    std::memcpy(to, &first, sizeof(Word));
    std::memcpy(to + size - sizeof(Word), &last, sizeof(Word));
  }

  struct Sixteen {
    std::uint64_t words[2];
  };

  static void copy_short(char* to, const char* from, std::size_t size) {
    if (size > 32) {
      std::memcpy(to, from, size);
    } else if (size >= 16) {
      copy_ends<Sixteen>(to, from, size);
    } else if (size >= 8) {
      copy_ends<std::uint64_t>(to, from, size);
    } else if (size >= 4) {
      copy_ends<std::uint32_t>(to, from, size);
    } else if (size >= 2) {
      copy_ends<std::uint16_t>(to, from, size);
    } else if (size == 1) {
      *to = *from;
    }
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace tessera
