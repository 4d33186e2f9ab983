#include "registry/assign_groups.hpp"

#include <algorithm>

#include "data/sort_unique.hpp"
#include "registry/overlap.hpp"

namespace tessera {
namespace {

using Place = std::uint32_t;

/// The groups of now that each entity is in.
class Membership {
 public:
  explicit Membership(std::span<const GroupOfPersons> now) {
    std::vector<std::pair<EntityNumber, Place>> held;
    for (Place i = 0; i < now.size(); ++i) {
      for (const EntityNumber entity : now[i].members) held.emplace_back(entity, i);
      for (const EntityNumber entity : now[i].were) held.emplace_back(entity, i);
    }
    sort_unique(held);
    for (const auto& [entity, place] : held) {
      entities_.push_back(entity);
      places_.push_back(place);
    }
  }
  // Ascending.
  std::span<const Place> of(EntityNumber entity) const {
    const auto [begin, end] = std::equal_range(entities_.begin(), entities_.end(), entity);
    return std::span(places_).subspan(static_cast<std::size_t>(begin - entities_.begin()),
                                      static_cast<std::size_t>(end - begin));
  }

 private:
  std::vector<EntityNumber> entities_;  // ascending, once for each of its places
  std::vector<Place> places_;
};

/// How many persons go to each of some places; ascending by place.
using PlaceCounts = std::vector<std::pair<Place, std::uint64_t>>;

PlaceCounts count_places(std::vector<Place> places) {
  std::sort(places.begin(), places.end());
  PlaceCounts counts;
  for (const Place place : places) {
    if (counts.empty() || counts.back().first != place) counts.emplace_back(place, 0);
    ++counts.back().second;
  }
  return counts;
}

/// Persons shared with each group of now that shares some.
PlaceCounts shared(const LastingGroup& group, const Membership& membership) {
  std::vector<Place> places;
  for (const EntityNumber entity : group.members) {
    const std::span<const Place> of = membership.of(entity);
    places.insert(places.end(), of.begin(), of.end());
  }
  return count_places(std::move(places));
}

// Numbers that two ascending lists share.
std::uint64_t common(std::span<const std::int64_t> a, std::span<const std::int64_t> b) {
  return static_cast<std::uint64_t>(std::count_if(a.begin(), a.end(), [&](std::int64_t one) {
    return std::binary_search(b.begin(), b.end(), one);
  }));
}

class Assigner {
 public:
  Assigner(std::span<const LastingGroup> before, std::span<const GroupOfPersons> now)
      : before_(before), now_(now), membership_(now), going_on_(before.size(), kNone) {
    out_.of.assign(now.size(), 0);
  }

  GroupAssignment run() {
    assign(true);
    assign(false);
    std::sort(out_.restored.begin(), out_.restored.end());
    GroupNumber next = before_.empty() ? -1 : before_.back().number - 1;
    for (GroupNumber& of : out_.of) {
      if (of != 0) continue;
      of = next--;
      out_.minted.push_back(of);
    }
    for (Place b = 0; b < before_.size(); ++b) {
      if (before_[b].living) tell_of(b);
    }
    return std::move(out_);
  }

 private:
  static constexpr Place kNone = kNoIdentity;

  // First the living, then the retired ones in what is left.
  void assign(bool living) {
    // A person counts for more than all heads together, a head for more than all source groups.
    std::uint64_t head = 1;
    for (const GroupOfPersons& group : now_) head += group.sources.size();
    const std::uint64_t person = head * (now_.size() + 1);
    std::vector<Overlap> overlaps;
    for (Place b = 0; b < before_.size(); ++b) {
      const LastingGroup& group = before_[b];
      if (group.living != living) continue;
      for (const auto& [place, count] : shared(group, membership_)) {
        if (!living && (out_.of[place] != 0 || 2 * count <= group.members.size())) continue;
        const bool same_head = group.head != 0 && group.head == now_[place].head;
        overlaps.push_back(
            {b, place,
             count * person + (same_head ? head : 0) + common(group.sources, now_[place].sources)});
      }
    }
    const auto found = assign_identities(overlaps, static_cast<Place>(now_.size()));
    for (Place i = 0; i < found.size(); ++i) {
      if (found[i] == kNoIdentity) continue;
      out_.of[i] = before_[found[i]].number;
      going_on_[found[i]] = i;
      if (!living) out_.restored.push_back(before_[found[i]].number);
    }
  }

  bool is_new(GroupNumber number) const {
    return before_.empty() || number < before_.back().number ||
           std::binary_search(out_.restored.begin(), out_.restored.end(), number);
  }

  // Where the persons of a group went who are in it no more.
  void tell_of(Place b) {
    const LastingGroup& group = before_[b];
    const Place stays = going_on_[b];
    std::vector<Place> gone;
    for (const EntityNumber entity : group.members) {
      const std::span<const Place> places = membership_.of(entity);
      if (std::find(places.begin(), places.end(), stays) != places.end()) continue;
      gone.insert(gone.end(), places.begin(), places.end());
    }
    const PlaceCounts went = count_places(std::move(gone));
    Place heir = kNone;
    std::uint64_t most = 0;
    const auto age = [&](Place place) { return -out_.of[place]; };
    for (const auto& [place, count] : went) {
      if (stays != kNone) continue;
      if (count < most || (count == most && heir != kNone && age(heir) < age(place))) continue;
      heir = place;
      most = count;
    }
    for (const auto& [place, count] : went) {
      if (place != heir && is_new(out_.of[place])) {
        out_.split.emplace_back(group.number, out_.of[place]);
      }
    }
    if (stays != kNone) return;
    if (heir == kNone) {
      out_.retired.push_back(group.number);
    } else {
      out_.merged.emplace_back(group.number, out_.of[heir]);
    }
  }

  std::span<const LastingGroup> before_;
  std::span<const GroupOfPersons> now_;
  Membership membership_;
  std::vector<Place> going_on_;  // per group before: the place it goes on in
  GroupAssignment out_;
};

}  // namespace

GroupAssignment assign_groups(std::span<const LastingGroup> before,
                              std::span<const GroupOfPersons> now) {
  return Assigner(before, now).run();
}

}  // namespace tessera
