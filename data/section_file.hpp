// A file of arrays that a later run reads where they lie: written whole, mapped, checked.
//
//   file    := header, section*
//   header  := "TESSIDX1", byte order, size, digest of the stamp, digest of the sections (64 bytes)
//   section := size in bytes, then the bytes, each from a multiple of 64 on
//
// The stamp says what the arrays were made from. A file of another stamp, of a machine with other
// byte order, one cut short or damaged is not opened: what it held is made anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "data/digest.hpp"
#include "data/frozen.hpp"

namespace tessera {

/// Writes aside, under a name of its own, and moves into place when complete.
class SectionWriter {
 public:
  /// Readable by whom `like` is. Throws Error(kResource) if it cannot be made.
  SectionWriter(std::filesystem::path path, const std::filesystem::path& like);
  ~SectionWriter();  ///< Removes what was not finished.
  SectionWriter(const SectionWriter&) = delete;
  SectionWriter& operator=(const SectionWriter&) = delete;

  /// Appends a section. Throws Error(kResource): disk full and the like.
  template <class T>
  void put(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    put_bytes(std::as_bytes(items));
  }
  template <class T>
  void put(const Frozen<T>& items) {
    put(items.span());
  }
  void put(std::string_view text) { put(std::span<const char>(text.data(), text.size())); }
  void put(const FrozenTexts& texts) {
    put(texts.bytes());
    put(texts.offsets());
  }
  void put(std::uint64_t number) { put(std::span<const std::uint64_t>(&number, 1)); }

  /// Moves the file into place; its size in bytes. Throws Error(kResource).
  std::uint64_t finish(std::string_view stamp);

 private:
  void put_bytes(std::span<const std::byte> bytes);
  void append(std::span<const char> bytes);
  void write(std::span<const char> bytes);
  void end_chunk();

  std::filesystem::path path_;
  std::filesystem::path aside_;
  int descriptor_ = -1;
  std::uint64_t size_bytes_ = 0;
  Digest chunk_;  // of the chunk under way
  std::size_t in_chunk_ = 0;
  Digest chunks_;
};

/// Why a file was not opened.
enum class SectionFault : std::uint8_t { kNone, kAbsent, kOtherStamp, kDamaged };

/// Gives the sections of a file in the order in which they were put. What it gives keeps the
/// mapping alive.
class SectionReader {
 public:
  /// Maps the file and checks all of it; or says why not in `fault`. Cost: reading it once, about
  /// 0.1 ns a byte and thread where the file is in memory.
  static std::optional<SectionReader> open(const std::filesystem::path& path,
                                           std::string_view stamp, SectionFault& fault);

  /// The next section. Throws Error(kDamaged) if it is none of such items.
  template <class T>
  Frozen<T> take() {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::span<const std::byte> bytes = take_bytes(sizeof(T));
    return {owner_, {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)}};
  }
  std::string take_text() {
    const Frozen<char> text = take<char>();
    return {text.begin(), text.end()};
  }
  FrozenTexts take_texts();
  std::uint64_t take_number();

 private:
  SectionReader(std::shared_ptr<const void> owner, std::span<const std::byte> rest,
                std::string where)
      : owner_(std::move(owner)), rest_(rest), where_(std::move(where)) {}
  std::span<const std::byte> take_bytes(std::size_t item_bytes);
  [[noreturn]] void fail() const;

  std::shared_ptr<const void> owner_;
  std::span<const std::byte> rest_;
  std::string where_;
};

}  // namespace tessera
