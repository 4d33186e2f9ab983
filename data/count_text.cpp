#include "data/count_text.hpp"

namespace tessera {

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  std::string text = with_commas(number) + " ";
  if (number == 1) return text += one;
  return many.empty() ? (text += one) += "s" : text += many;
}

std::string size_text(std::uint64_t size_bytes) {
  constexpr std::uint64_t kKilo = 1'000;
  constexpr std::uint64_t kMega = kKilo * kKilo;
  constexpr std::uint64_t kGiga = kMega * kKilo;
  const auto rounded = [&](std::uint64_t unit) {
    return std::to_string((size_bytes + unit / 2) / unit);
  };
  if (size_bytes < kMega - kKilo / 2) return rounded(kKilo) + " kB";
  if (size_bytes < kGiga - kMega / 2) return rounded(kMega) + " MB";
  const std::uint64_t tenths = (size_bytes + kGiga / 20) / (kGiga / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GB";
}

}  // namespace tessera
