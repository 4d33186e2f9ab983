#include "data/digest.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "data/dictionary.hpp"  // hash_bytes

namespace tessera {
namespace {

static_assert(std::endian::native == std::endian::little, "words are read little-endian");

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87ULL;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4FULL;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9ULL;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63ULL;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5ULL;

template <typename Word>
std::uint64_t read_word(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof(Word));
  return word;
}

std::uint64_t mix_lane(std::uint64_t lane, std::uint64_t word) {
  return std::rotl(lane + word * kPrime2, 31) * kPrime1;
}

void take_stripe(std::array<std::uint64_t, 4>& lanes, const char* at) {
  for (std::size_t i = 0; i < 4; ++i) {
    lanes[i] = mix_lane(lanes[i], read_word<std::uint64_t>(at + 8 * i));
  }
}

std::uint64_t join_lanes(const std::array<std::uint64_t, 4>& lanes) {
  std::uint64_t hash = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) +
                       std::rotl(lanes[3], 18);
  for (const std::uint64_t lane : lanes) hash = (hash ^ mix_lane(0, lane)) * kPrime1 + kPrime4;
  return hash;
}

std::string hex_of(std::uint64_t rest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; rest >>= 4) text[i] = kDigits[rest & 15];
  return text;
}

}  // namespace

Digest::Digest() : lanes_{kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1} {}

void Digest::update(std::span<const char> bytes) {
  total_bytes_ += bytes.size();
  if (pending_size_ > 0) {
    const std::size_t taken = std::min(kStripe - pending_size_, bytes.size());
    std::copy_n(bytes.begin(), taken,
                pending_.begin() + static_cast<std::ptrdiff_t>(pending_size_));
    pending_size_ += taken;
    bytes = bytes.subspan(taken);
    if (pending_size_ < kStripe) return;
    take_stripe(lanes_, pending_.data());
    pending_size_ = 0;
  }
  for (; bytes.size() >= kStripe; bytes = bytes.subspan(kStripe)) take_stripe(lanes_, bytes.data());
  std::copy(bytes.begin(), bytes.end(), pending_.begin());
  pending_size_ = bytes.size();
}

std::uint64_t Digest::value() const {
  std::uint64_t hash = total_bytes_ >= kStripe ? join_lanes(lanes_) : kPrime5;
  hash += total_bytes_;
  const char* at = pending_.data();
  const char* const end = at + pending_size_;
  for (; end - at >= 8; at += 8) {
    hash = std::rotl(hash ^ mix_lane(0, read_word<std::uint64_t>(at)), 27) * kPrime1 + kPrime4;
  }
  if (end - at >= 4) {
    hash = std::rotl(hash ^ read_word<std::uint32_t>(at) * kPrime1, 23) * kPrime2 + kPrime3;
    at += 4;
  }
  for (; at < end; ++at) {
    hash = std::rotl(hash ^ static_cast<unsigned char>(*at) * kPrime5, 11) * kPrime1;
  }
  hash = (hash ^ hash >> 33) * kPrime2;
  hash = (hash ^ hash >> 29) * kPrime3;
  return hash ^ hash >> 32;
}

std::string Digest::hex() const {
  return hex_of(value());
}

std::string text_digest(std::string_view text) {
  return hex_of(hash_bytes(text));
}

}  // namespace tessera
