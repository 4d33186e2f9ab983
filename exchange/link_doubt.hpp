// Whether a link of the registry is good enough to send something by.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/feed.hpp"

namespace tessera {

/// What a source has of an identity.
enum class Counterpart : std::uint8_t {
  kNone,      ///< No record of the source.
  kOne,       ///< One record, beyond doubt.
  kDoubtful,  ///< See the reason.
};

struct LinkedRecord {
  Counterpart state = Counterpart::kNone;
  const FeedRecord* record = nullptr;  ///< For kOne.
  std::string_view reason = {};        ///< For kDoubtful, a sentence.
};

/// Looks identities up in a feed, and the pairs that wait for review beside them.
class LinkLookup {
 public:
  explicit LinkLookup(const Feed& feed);

  /// What `source` has of the identity. Doubtful where it has several records of it; where a pair
  /// waits for review between a record of the identity and another identity's record of `source`;
  /// and where one waits within the identity that holds a record of `source`. What a reviewer
  /// decided is no doubt, even against the evidence, as long as the records stay as they were.
  LinkedRecord in(std::int64_t entity, std::size_t source) const;

  /// Why nothing should be sent by the identity's link to `source`, whether it has one record of it
  /// or several; empty: no pair waits.
  std::string_view doubt(std::int64_t entity, std::size_t source) const;

  /// The identity's records of `source`, the one that came first to it first.
  std::vector<const FeedRecord*> records(std::int64_t entity, std::size_t source) const;

  /// Whether a pair waits for review between a record of the identity and a record of `source` that
  /// belongs to another identity.
  bool waits_for_review(std::int64_t entity, std::size_t source) const;

 private:
  const Feed& feed_;
  std::unordered_map<std::int64_t, std::vector<const OpenPair*>> open_;  // by identity
};

}  // namespace tessera
