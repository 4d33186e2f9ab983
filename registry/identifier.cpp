#include "registry/identifier.hpp"

#include <sys/random.h>

#include <cctype>
#include <cerrno>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr unsigned kModulus = 23;
static_assert(kIdentifierLetters.size() == kModulus);

// Random bytes at or over this are drawn again: below it every letter has equally many.
constexpr unsigned kEvenBytes = 256 / kModulus * kModulus;

void fill_random(std::span<unsigned char> bytes) {
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = getrandom(bytes.data() + have, bytes.size() - have, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      throw Error(ErrorCode::kResource, "getrandom",
                  "the system gives no random numbers; identifiers cannot be minted");
    }
    have += static_cast<std::size_t>(got);
  }
}

IdentifierReading fault(std::string what) {
  return {{}, std::move(what)};
}

}  // namespace

std::uint8_t identifier_check(std::span<const std::uint8_t, kIdentifierLength - 1> values) {
  unsigned sum = 0;
  for (unsigned i = 0; i < values.size(); ++i) sum += (i + 1) * values[i];
  // 16 · 13 = 208 = 9 · 23 + 1, so that 13 undoes the last weight.
  return static_cast<std::uint8_t>((kModulus - sum % kModulus) * 13 % kModulus);
}

std::string identifier_text(std::span<const std::uint8_t, kIdentifierLength - 1> values) {
  std::string text;
  for (std::size_t i = 0; i < kIdentifierLength; ++i) {
    if (i > 0 && i % kIdentifierGroup == 0) text.push_back('-');
    text.push_back(kIdentifierLetters[i < values.size() ? values[i] : identifier_check(values)]);
  }
  return text;
}

std::string IdentifierDraw::next() {
  std::array<std::uint8_t, kIdentifierLength - 1> values{};
  for (std::uint8_t& value : values) {
    do {
      if (used_ == bytes_.size()) {
        fill_random(bytes_);
        used_ = 0;
      }
      value = bytes_[used_++];
    } while (value >= kEvenBytes);
    value = static_cast<std::uint8_t>(value % kModulus);
  }
  return identifier_text(values);
}

IdentifierReading read_identifier(std::string_view text) {
  std::array<std::uint8_t, kIdentifierLength> values{};
  std::size_t letters = 0;
  for (const char raw : text) {
    if (raw == '-' || raw == ' ') continue;
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(raw)));
    const std::size_t value = kIdentifierLetters.find(letter);
    if (value == std::string_view::npos) {
      const std::string place = "letter " + std::to_string(letters + 1);
      return fault(std::isalnum(static_cast<unsigned char>(letter)) != 0
                       ? place + " is " + letter + ", which no identifier holds"
                       : place + " is neither a letter nor a digit");
    }
    if (letters < values.size()) values[letters] = static_cast<std::uint8_t>(value);
    ++letters;
  }
  if (letters != kIdentifierLength) {
    return fault("has " + std::to_string(letters) + " letters, an identifier has " +
                 std::to_string(kIdentifierLength));
  }
  const auto first = std::span(values).first<kIdentifierLength - 1>();
  if (identifier_check(first) != values.back()) {
    return fault("the check letter does not fit: a letter is wrong, or two are exchanged");
  }
  return {identifier_text(first), {}};
}

}  // namespace tessera
