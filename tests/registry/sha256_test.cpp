#include "registry/sha256.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

// FIPS 180-2, appendix B.1 and B.2, and the empty message (NIST CAVP, SHA256ShortMsg, Len = 0).
TEST(Sha256, GivesTheStandardsDigests) {
  EXPECT_EQ(hex_text(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_text(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_text(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, ItsBytesAreViewedInOrder) {
  const Sha256 digest = sha256("abc");
  EXPECT_EQ(byte_view(digest).size(), 32U);
  EXPECT_EQ(static_cast<unsigned char>(byte_view(digest).front()), 0xba);
}

}  // namespace
}  // namespace tessera
