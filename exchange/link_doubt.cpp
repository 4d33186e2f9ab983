#include "exchange/link_doubt.hpp"

#include <algorithm>

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
  const std::vector<const FeedRecord*> found = records(entity, source);
  if (found.size() > 1) {
    return {Counterpart::kDoubtful, nullptr, "the receiver has several records of this person"};
  }
  if (const std::string_view reason = doubt(entity, source); !reason.empty()) {
    return {Counterpart::kDoubtful, nullptr, reason};
  }
  if (found.empty()) return {};
  return {Counterpart::kOne, found.front()};
}

std::string_view LinkLookup::doubt(std::int64_t entity, std::size_t source) const {
  if (waits_for_review(entity, source)) {
    return "a possible match with another record waits for review";
  }
  const auto open = open_.find(entity);
  if (open == open_.end()) return {};
  for (const OpenPair* pair : open->second) {
    const FeedRecord& left = feed_.records()[pair->left];
    const FeedRecord& right = feed_.records()[pair->right];
    if (left.entity != right.entity) continue;
    if (left.source == source || right.source == source) return "the link itself waits for review";
  }
  return {};
}

std::vector<const FeedRecord*> LinkLookup::records(std::int64_t entity, std::size_t source) const {
  std::vector<const FeedRecord*> found;
  for (const std::size_t place : feed_.records_of(entity)) {
    if (feed_.records()[place].source == source) found.push_back(&feed_.records()[place]);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const FeedRecord* a, const FeedRecord* b) { return a->linked < b->linked; });
  return found;
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
