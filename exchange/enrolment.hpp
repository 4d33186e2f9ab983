// People of another registry on their way into openIMIS: who of a household is insured already, who
// may be enrolled, who must wait, and the bundle that enrols the others.
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "exchange/flow.hpp"
#include "exchange/households.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/person_keys.hpp"

namespace tessera {

/// How it stands with a person.
enum class Standing : std::uint8_t {
  kNew,         ///< To be enrolled.
  kInsured,     ///< openIMIS has the person.
  kSentBefore,  ///< Nothing happened since: enrolled by an exchange before.
  kGone,        ///< Dead, or the record is no longer in use.
  kTwice,       ///< Another record of the person speaks for it.
  kHeldBack,    ///< Cannot be enrolled as it is.
};

struct PersonStanding {
  Standing standing = Standing::kNew;
  const FeedRecord* record = nullptr;   ///< In the registry.
  const FeedRecord* insured = nullptr;  ///< openIMIS's record, for kInsured.
  std::string_view reason = {};         ///< For kHeldBack.
};

/// Enrols the people of `input.from` in `input.to`, household by household.
class Enrolment {
 public:
  /// REQUIRES: `input` outlives it and names the files of `from`.
  explicit Enrolment(const FlowInput& input);

  /// How it stands with a person of the source.
  PersonStanding standing(const TableRow& person) const;

  /// Counts a person of the source who is neither new nor insured, and lists one who is held back.
  void count_left_out(const PersonStanding& how, std::string_view record, FlowResult& result) const;

  /// The transaction bundle that enrols the new ones of a household; empty where there are none.
  /// Counts everyone and lists who is held back in `result`.
  std::string bundle(const Household& household, FlowResult& result) const;

 private:
  struct Newcomer;
  struct Family;

  Family family_of(const Household& household, FlowResult& result) const;
  void place(Family& family, const Household& household) const;
  std::string transaction(const Family& family, const Household& household) const;

  const FlowInput& input_;
  const FlowSource& source_;
  LinkLookup links_;
  PersonKeys keys_;
  std::size_t from_ = 0;
  std::size_t to_ = 0;
  std::unordered_map<std::string, std::string> families_;  // of openIMIS, by member
  std::unordered_map<std::int64_t, std::string> speaker_;  // by identity: the record that is sent
};

}  // namespace tessera
