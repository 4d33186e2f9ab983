// A 64-bit digest of a file's bytes, to tell inputs apart; not for security.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tessera {

/// XXH64 with seed 0 over a stream: the same digest whatever the pieces it comes in.
/// Source: Y. Collet, xxHash specification 0.1.1, "XXH64 algorithm". Cost: about 0.1 ns a byte.
class Digest {
 public:
  Digest();

  /// Takes the next bytes of the stream.
  void update(std::span<const char> bytes);

  /// The digest of all bytes so far.
  std::uint64_t value() const;

  /// `value` as 16 lower-case hex digits.
  std::string hex() const;

 private:
  static constexpr std::size_t kStripe = 32;

  std::array<std::uint64_t, 4> lanes_;
  std::array<char, kStripe> pending_{};  // the first pending_size_ bytes of a stripe
  std::size_t pending_size_ = 0;
  std::uint64_t total_bytes_ = 0;
};

/// 16 hex digits of a text: names a job or a model in run.json.
std::string text_digest(std::string_view text);

}  // namespace tessera
