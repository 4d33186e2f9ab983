#include "registry/sha256.hpp"

#include <openssl/evp.h>

#include <memory>

#include "data/check.hpp"

namespace tessera {
namespace {

/// One context a thread: looking the algorithm up anew costs three times what hashing an event
/// does.
class Hasher {
 public:
  Hasher()
      : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free),
        context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    TESSERA_CHECK(algorithm_ != nullptr && context_ != nullptr);
  }

  Sha256 hash(std::string_view bytes) {
    Sha256 digest{};
    const bool done = EVP_DigestInit_ex(context_.get(), algorithm_.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1 &&
                      EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1;
    TESSERA_CHECK(done);
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

Sha256 sha256(std::string_view bytes) {
  static thread_local Hasher hasher;
  return hasher.hash(bytes);
}

std::string hex_text(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

std::string_view byte_view(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace tessera
