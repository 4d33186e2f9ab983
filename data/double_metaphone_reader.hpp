// A name being read by Double Metaphone: the letters, the place reached and both codes so far.
// Internal to data/double_metaphone*.cpp.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace tessera {

/// Two readings of one place, and how many letters they take.
struct TwoSounds {
  std::string_view primary;
  std::string_view alternate;
  std::size_t letters;
};

/// One sound for both readings.
constexpr TwoSounds one_sound(std::string_view sound, std::size_t letters) {
  return {sound, sound, letters};
}

/// The name in upper case and a place in it. Offsets count from that place; before the name there
/// is nothing, behind it blanks.
class NameReader {
 public:
  explicit NameReader(std::string name);

  bool is_at_end() const { return place_ >= name_.size(); }
  bool is_first() const { return place_ == 0; }
  bool is_last() const { return place_ + 1 == name_.size(); }
  std::size_t place() const { return place_; }
  std::size_t size() const { return name_.size(); }
  void advance(std::size_t letters) { place_ += letters; }

  /// The letter `offset` letters on (or back); NUL before the name, a blank behind it.
  char at(std::ptrdiff_t offset) const;
  bool has_vowel(std::ptrdiff_t offset) const;
  /// Whether one of `pieces` stands `offset` letters on (or back).
  bool has(std::ptrdiff_t offset, std::initializer_list<std::string_view> pieces) const;
  /// Whether the name begins, or ends, with one of `pieces`.
  bool begins(std::initializer_list<std::string_view> pieces) const;
  bool ends(std::initializer_list<std::string_view> pieces) const;

  /// Whether the spelling looks Slavic or Germanic: it has W, K, CZ (or WITZ).
  bool is_slavo_germanic() const { return is_slavo_germanic_; }
  /// Whether it begins as Dutch and German names do: VAN, VON, SCH.
  bool is_germanic() const { return is_germanic_; }

 private:
  std::string name_;
  std::size_t place_ = 0;
  bool is_slavo_germanic_;
  bool is_germanic_;
};

/// The letters with the most readings (data/double_metaphone_rules.cpp). REQUIRES: the place
/// holds that letter.
TwoSounds read_c(const NameReader& name);
TwoSounds read_g(const NameReader& name);
TwoSounds read_s(const NameReader& name);

}  // namespace tessera
