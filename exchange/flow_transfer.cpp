// One insurer or programme → another: persons who move on a day, with all their claims.
//
// A family moves whole or not at all: what is in doubt for one of those who would move holds all of
// them back. What the sender covers from the day on is what the receiver begins to cover, so that
// no day is covered twice and none is lost; the sender keeps the days before.
#include <algorithm>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/flows.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/transfer_claims.hpp"

namespace tessera {
namespace {

constexpr std::string_view kOtherHeldBack =
    "another person who would move with it is held back, and it with them";
constexpr std::string_view kNotCovered = "the sender does not cover it on that day or after";
constexpr std::string_view kCoveredThere =
    "the receiver covers it, or the family that it would join, on some of these days already";
constexpr std::string_view kRestLosesCover =
    "those who stay are covered by its coverage as their head's: transfer them too";

class Transfer {
 public:
  explicit Transfer(const FlowInput& input)
      : input_(input),
        sender_(checked_sender(input)),
        receiver_(input.need(input.to)),
        links_(input.feed),
        messages_(input),
        covers_(sender_.tables),
        covers_there_(receiver_.tables),
        from_(input.place(input.from)),
        to_(input.place(input.to)) {}

  FlowResult run() {
    const TransferOrders orders = transfer_groups(sender_.tables, input_.people);
    for (const std::string& record : orders.unknown) {
      hold_back(record, "is not among the sender's persons");
    }
    for (const std::string& record : orders.gone) {
      hold_back(record, "is dead or no longer in use");
    }
    std::set<std::string> persons;
    for (const TransferGroup& group : orders.groups) {
      persons.insert(group.movers.begin(), group.movers.end());
    }
    claims_ = claims_of(sender_, persons);
    std::vector<Move> moves;
    std::set<std::string, std::less<>> wanted;
    for (const TransferGroup& group : orders.groups) {
      std::optional<Move> move = judge(group);
      if (!move) continue;
      wanted.merge(messages_.wanted(*move));
      moves.push_back(std::move(*move));
    }
    const Originals originals = is_fhir() ? original_resources(sender_.files, wanted) : Originals();
    for (const char* file : {"receiver.ndjson", "undo_receiver.ndjson"}) result_.files[file];
    if (is_fhir()) {
      for (const char* file : {"sender.ndjson", "undo_sender.ndjson"}) result_.files[file];
    }
    for (const Move& move : moves) send(move, originals);
    result_.files["transfer.csv"] = std::move(words_);
    result_.files["totals.csv"] = std::move(totals_);
    return std::move(result_);
  }

 private:
  static const FlowSource& checked_sender(const FlowInput& input) {
    if (input.people.empty()) {
      throw Error(ErrorCode::kUsage, "--people",
                  "names nobody: give a CSV with the sender's record ids of those who move, in a "
                  "column record_id");
    }
    if (input.on.empty()) {
      throw Error(ErrorCode::kUsage, "--on",
                  "is missing: say which day is their first with the receiver, as --on 2026-07-01");
    }
    return input.need(input.from);
  }

  // Whether the sender takes messages. What another has is changed where it is kept, by
  // transfer.csv: a resource written from tables would lack what they do not say.
  bool is_fhir() const { return sender_.format == "fhir"; }

  void hold_back(const std::string& record, std::string_view reason) {
    result_.except(input_.from, record, "person", reason);
    result_.count("held back");
  }

  // Why a person cannot move, of whom nothing else was looked at yet; fills who it is.
  std::string_view identify(Mover& mover) const {
    mover.known = input_.feed.find(from_, mover.record);
    if (mover.known == nullptr) return "the registry does not know it: load it and apply";
    if (links_.records(mover.known->entity, from_).size() > 1) {
      return "the sender has several records of this person";
    }
    if (links_.waits_for_review(mover.known->entity, from_)) {
      return "a possible match with another person of the sender waits for review";
    }
    const LinkedRecord linked = links_.in(mover.known->entity, to_);
    if (linked.state == Counterpart::kDoubtful) return linked.reason;
    if (linked.state == Counterpart::kNone) return {};
    mover.there = linked.record->id;
    return rows_of(receiver_.tables, CanonicalTable::kPerson, mover.there).empty()
               ? "the receiver's files do not have the record that it is linked with"
               : std::string_view();
  }

  // Which coverages of the sender's end: the person's own, and those of the family if all move.
  void end_covers(Mover& mover, const TransferGroup& group) const {
    std::vector<CoverPeriod> periods = covers_.of(mover.record);
    mover.begins = covers_from(periods, input_.on, input_.product);
    for (const CoverPeriod& period : periods) {
      if (period.through != "own" && !group.is_whole()) continue;
      if (!period.end.empty() && period.end < input_.on) continue;
      mover.ends.push_back({period.coverage, period.end, period.begin >= input_.on});
    }
  }

  // Someone who stays and whom only the leaving head's coverage covers.
  bool rest_loses_cover(const TransferGroup& group) const {
    if (group.new_head.empty()) return false;
    return std::any_of(group.rest.begin(), group.rest.end(), [&](const std::string& one) {
      const std::vector<CoverPeriod> periods = covers_.of(one);
      std::vector<CoverPeriod> left;
      for (const CoverPeriod& period : periods) {
        if (period.through == "own") left.push_back(period);
      }
      const std::vector<NewCover> all = covers_from(periods, input_.on, "-");
      const std::vector<NewCover> own = covers_from(left, input_.on, "-");
      return !std::equal(all.begin(), all.end(), own.begin(), own.end(),
                         [](const NewCover& a, const NewCover& b) {
                           return a.begin == b.begin && a.end == b.end;
                         });
    });
  }

  // The family of the receiver's that those whom it knows are in; a reason where it cannot be told.
  std::string_view find_family(Move& move) const {
    for (const Mover& mover : move.movers) {
      const std::string* family =
          mover.there.empty() ? nullptr : covers_there_.family_of(mover.there);
      if (family == nullptr || *family == move.joins) continue;
      if (!move.joins.empty()) return "those who move are in several families of the receiver's";
      move.joins = *family;
    }
    return {};
  }

  bool is_covered_there(const Mover& mover, const Move& move) const {
    std::vector<CoverPeriod> there;
    if (!mover.there.empty()) there = covers_there_.of(mover.there);
    if (!move.joins.empty()) {
      const std::vector<CoverPeriod> more = covers_there_.of_family(move.joins);
      there.insert(there.end(), more.begin(), more.end());
    }
    return overlaps(there, mover.begins);
  }

  // Whether a transfer before did all of it: the sender covers nobody any more, the receiver does.
  bool is_done(const Move& move) const {
    return std::all_of(move.movers.begin(), move.movers.end(), [&](const Mover& mover) {
      if (!mover.begins.empty() || mover.there.empty()) return false;
      const std::vector<CoverPeriod> there = covers_there_.of(mover.there);
      return std::any_of(there.begin(), there.end(), [&](const CoverPeriod& period) {
        return period.end.empty() || period.end >= input_.on;
      });
    });
  }

  std::optional<Move> judge(const TransferGroup& group) {
    Move move{.group = group, .movers = {}, .joins = {}};
    std::map<std::string, std::string_view> faults;
    for (const std::string& record : group.movers) {
      Mover& mover = move.movers.emplace_back();
      mover.record = record;
      faults[record] = group.fault;
      if (faults[record].empty()) faults[record] = identify(mover);
      end_covers(mover, group);
      if (const auto of = claims_.find(record); of != claims_.end()) {
        mover.claims = of->second.claims;
        if (faults[record].empty()) faults[record] = of->second.fault;
        if (!of->second.fault.empty()) {
          result_.except(input_.from, of->second.fault_claim, "Claim", of->second.fault);
        }
      }
    }
    const auto all = [&](std::string_view reason) {
      for (auto& [record, fault] : faults) {
        if (fault.empty()) fault = reason;
      }
    };
    const auto is_faultless = [](const auto& one) { return one.second.empty(); };
    if (std::all_of(faults.begin(), faults.end(), is_faultless)) {
      if (is_done(move)) {
        result_.count("transferred already", move.movers.size());
        return std::nullopt;
      }
      if (rest_loses_cover(group)) all(kRestLosesCover);
      all(find_family(move));
      for (const Mover& mover : move.movers) {
        if (!faults[mover.record].empty()) continue;
        if (mover.begins.empty()) {
          faults[mover.record] = kNotCovered;
        } else if (is_covered_there(mover, move)) {
          faults[mover.record] = kCoveredThere;
        }
      }
    }
    if (std::all_of(faults.begin(), faults.end(), is_faultless)) return move;
    all(kOtherHeldBack);
    for (const auto& [record, fault] : faults) hold_back(record, fault);
    return std::nullopt;
  }

  // Read anew from the transaction itself: each person's claims, and no one else's.
  bool sends_what_was_read(const Move& move, const std::string& transaction) const {
    std::map<std::string, ClaimTotals> had;
    for (const Mover& mover : move.movers) {
      const auto of = claims_.find(mover.record);
      if (of != claims_.end()) had[messages_.reference(mover)] = of->second.totals;
    }
    return sent_totals(transaction) == had;
  }

  void send(const Move& move, const Originals& originals) {
    const std::set<std::string, std::less<>> wanted = messages_.wanted(move);
    const bool has_all =
        !is_fhir() || std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
          return originals.contains(name);
        });
    const Told receiver = messages_.receiver(move);
    if (!has_all || !sends_what_was_read(move, receiver.does)) {
      for (const Mover& mover : move.movers) {
        hold_back(mover.record, has_all ? "a claim of it reads otherwise than it is written"
                                        : "what would be changed of it is not there as JSON");
      }
      return;
    }
    const Told sender = is_fhir() ? messages_.sender(move, originals) : Told();
    const auto put = [&](const char* file, const std::string& line) {
      if (!line.empty()) result_.files[file] += line + "\n";
    };
    put("receiver.ndjson", receiver.does);
    put("undo_receiver.ndjson", receiver.undoes);
    put("sender.ndjson", sender.does);
    put("undo_sender.ndjson", sender.undoes);
    result_.count("persons who move", move.movers.size());
    result_.count(move.group.is_whole() ? "families that move whole"
                                        : "families that someone leaves");
    for (const Mover& mover : move.movers) tell(mover, move);
    if (!move.group.new_head.empty()) {
      say(move.movers.front(), move, "sender", "head the family", move.group.new_head,
          move.group.head, move.group.new_head);
    }
  }

  void say(const Mover& mover, const Move& move, std::string_view where, std::string_view change,
           std::string_view what, std::string_view before, std::string_view after) {
    append_csv_row(words_, {move.group.family, input_.feed.identifier(mover.known->entity),
                            mover.record, mover.there, where, change, what, before, after});
  }

  void tell(const Mover& mover, const Move& move) {
    for (const EndedCover& cover : mover.ends) {
      if (cover.is_cancelled) {
        say(mover, move, "sender", "cancel coverage", cover.coverage, cover.end, "");
      } else {
        say(mover, move, "sender", "end coverage", cover.coverage, cover.end,
            day_before(input_.on));
      }
      result_.count("coverages ended");
    }
    if (!move.group.is_whole()) {
      say(mover, move, "sender", "leave family", move.group.family, move.group.family, "");
    }
    if (mover.there.empty()) {
      say(mover, move, "receiver", "enrol", mover.record, "", "");
      result_.count("persons new to the receiver");
    }
    say(mover, move, "receiver", move.joins.empty() ? "begin family" : "join family",
        move.joins.empty() ? move.group.head : move.joins, "", "");
    for (const NewCover& cover : mover.begins) {
      say(mover, move, "receiver", "begin coverage", cover.product, cover.begin, cover.end);
      result_.count("coverages begun");
    }
    for (const SentClaim& claim : mover.claims) {
      say(mover, move, "receiver", "move " + claim.type, claim.id, mover.record, mover.there);
    }
    const auto had = claims_.find(mover.record);
    if (had == claims_.end()) return;
    for (const auto& [of, line] : had->second.totals.lines) {
      const std::string count = std::to_string(line.count);
      const std::string sum = of.first == "Claim" ? line.sum.text() : std::string();
      append_csv_row(totals_, {input_.feed.identifier(mover.known->entity), mover.record,
                               mover.there, of.first, count, sum, of.second});
      result_.count("claims and what belongs to them", line.count);
    }
  }

  const FlowInput& input_;
  const FlowSource& sender_;
  const FlowSource& receiver_;
  LinkLookup links_;
  TransferMessages messages_;
  CoverPeriods covers_;
  CoverPeriods covers_there_;
  std::size_t from_;
  std::size_t to_;
  std::map<std::string, ClaimsOf> claims_;
  std::string words_ =
      "family_id,identifier,record_id,receiver_record_id,system,change,what,before,after\n";
  std::string totals_ = "identifier,record_id,receiver_record_id,resource,count,total,currency\n";
  FlowResult result_;
};

}  // namespace

FlowResult transfer(const FlowInput& input) {
  return Transfer(input).run();
}

}  // namespace tessera
