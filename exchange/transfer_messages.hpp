// The messages of a transfer: what the two insurers are told, and what takes it back.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/person_keys.hpp"
#include "exchange/transfer_cover.hpp"
#include "exchange/transfer_groups.hpp"

namespace tessera {

/// A claim, or what belongs to it, as the sender has it.
struct SentClaim {
  std::string type;     ///< Claim, ClaimResponse, CoverageEligibilityRequest, ServiceRequest.
  std::string member;   ///< Which says who the patient is.
  std::string id;       ///< The sender's.
  std::string request;  ///< Of a ClaimResponse: the id of its Claim, where that moves too.
  std::string text;     ///< JSON.
};

/// A coverage of the sender's that ends, or that does not begin.
struct EndedCover {
  std::string coverage;
  std::string end;  ///< As it was; empty: open.
  bool is_cancelled = false;
};

/// One person who moves.
struct Mover {
  std::string record;  ///< Of the sender.
  const FeedRecord* known = nullptr;
  std::string there;  ///< The receiver's record; empty: none yet.
  std::vector<EndedCover> ends;
  std::vector<NewCover> begins;
  std::vector<SentClaim> claims;
};

/// A family, or those of it who move, with all that is known of it.
struct Move {
  TransferGroup group;
  std::vector<Mover> movers;  ///< As group.movers.
  std::string joins;          ///< The receiver's family that they join; empty: a new one.
};

/// Transactions to one insurer, as JSON; empty where there is nothing to tell.
struct Told {
  std::string does;
  std::string undoes;
};

/// By `TYPE/ID` the sender's own texts of what a move changes.
using Originals = std::map<std::string, std::string, std::less<>>;

class TransferMessages {
 public:
  /// REQUIRES: all outlive it; `input.on` is a day.
  explicit TransferMessages(const FlowInput& input);

  /// The names of the originals that `sender` takes.
  std::set<std::string, std::less<>> wanted(const Move& move) const;

  /// What the sender does: Coverages end on the day before (or are cancelled where they begin
  /// later), who leaves a family that goes on is out of its Group, and who heads it now is marked.
  /// Undone by its own texts. Throws nothing; REQUIRES: the sender's format is FHIR, and the
  /// originals are there.
  Told sender(const Move& move, const Originals& originals) const;

  /// What the receiver does: Patients whom it does not know and a Group for them are created, the
  /// Coverages and all claims too, each under an identifier of this transfer and if none has it.
  /// Undone by these identifiers alone, so that nothing is deleted that was there before.
  Told receiver(const Move& move) const;

  /// How the receiver's messages lead to a mover: its record, else the Patient that is created.
  std::string reference(const Mover& mover) const;

 private:
  FhirIdentifier mark(std::string_view kind, const std::string& id) const;
  std::string url(std::string_view kind, const std::string& id) const;
  std::string patient(const Mover& mover, const Move& move) const;
  std::string group(const Move& move) const;
  std::string coverage(const NewCover& cover, const std::string& id, const Mover& mover,
                       const Move& move) const;

  const FlowInput& input_;
  const FlowSource& source_;
  PersonKeys keys_;
};

/// The claim about the receiver's person, with an identifier that says whose it was; the answer to
/// a claim leads to that claim. Every other byte stays, but for line breaks between values. Empty
/// where it has no reference to its patient. `claim_url`: where the claim of a ClaimResponse is.
std::string moved_claim(const SentClaim& claim, const std::string& reference,
                        const std::string& record, const FhirIdentifier& mark,
                        const std::string& claim_url);

}  // namespace tessera
