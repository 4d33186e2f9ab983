#include "exchange/link_doubt.hpp"

#include "registry/plan.hpp"

namespace tessera {

LinkLookup::LinkLookup(const Feed& feed) : feed_(feed) {
  for (const OpenPair& pair : feed.open_pairs()) {
    if (pair.reason == queue_reason_name(QueueReason::kConflict)) continue;  // it was decided
    const std::int64_t left = feed.records()[pair.left].entity;
    const std::int64_t right = feed.records()[pair.right].entity;
    open_[left].push_back(&pair);
    if (right != left) open_[right].push_back(&pair);
  }
}

LinkedRecord LinkLookup::in(std::int64_t entity, std::size_t source) const {
  LinkedRecord linked;
  for (const std::size_t place : feed_.records_of(entity)) {
    const FeedRecord& record = feed_.records()[place];
    if (record.source != source) continue;
    if (linked.record != nullptr) {
      return {Counterpart::kDoubtful, nullptr, "the receiver has several records of this person"};
    }
    linked.record = &record;
    linked.state = Counterpart::kOne;
  }
  if (waits_for_review(entity, source)) {
    return {Counterpart::kDoubtful, nullptr,
            "a possible match with a record of the receiver waits for review"};
  }
  const auto open = open_.find(entity);
  if (open == open_.end()) return linked;
  for (const OpenPair* pair : open->second) {
    const FeedRecord& left = feed_.records()[pair->left];
    const FeedRecord& right = feed_.records()[pair->right];
    if (left.entity != right.entity) continue;
    if (left.source == source || right.source == source) {
      return {Counterpart::kDoubtful, nullptr, "the link itself waits for review"};
    }
  }
  return linked;
}

bool LinkLookup::waits_for_review(std::int64_t entity, std::size_t source) const {
  const auto open = open_.find(entity);
  if (open == open_.end()) return false;
  for (const OpenPair* pair : open->second) {
    const FeedRecord& left = feed_.records()[pair->left];
    const FeedRecord& right = feed_.records()[pair->right];
    if (left.entity == right.entity) continue;
    if ((left.entity == entity ? right : left).source == source) return true;
  }
  return false;
}

}  // namespace tessera
