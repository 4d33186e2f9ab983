#include "registry/decisions.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

#include "data/error.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

using Rows = std::pair<std::int64_t, std::int64_t>;

/// Rows that matches bring together, each group named by one of its rows.
class Groups {
 public:
  explicit Groups(std::span<const Decision> decisions) {
    for (const Decision& decision : decisions) {
      if (!decision.match) continue;
      const std::int64_t a = of(decision.row);
      const std::int64_t b = of(decision.other_row);
      parent_[std::max(a, b)] = std::min(a, b);
    }
  }
  std::int64_t of(std::int64_t row) {
    std::int64_t root = row;
    for (auto at = parent_.find(root); at != parent_.end() && at->second != root;
         at = parent_.find(root)) {
      root = at->second;
    }
    parent_[row] = root;
    return root;
  }

 private:
  std::unordered_map<std::int64_t, std::int64_t> parent_;
};

/// The shortest chain of matches from one row to another, in words.
std::string chain_text(Store& store, std::span<const Decision> decisions, Rows ends) {
  std::map<std::int64_t, std::vector<const Decision*>> matches;
  for (const Decision& decision : decisions) {
    if (!decision.match) continue;
    matches[decision.row].push_back(&decision);
    matches[decision.other_row].push_back(&decision);
  }
  std::map<std::int64_t, const Decision*> by{{ends.first, nullptr}};
  std::deque<std::int64_t> queue{ends.first};
  while (!queue.empty() && !by.contains(ends.second)) {
    const std::int64_t row = queue.front();
    queue.pop_front();
    for (const Decision* decision : matches[row]) {
      const std::int64_t next = decision->row == row ? decision->other_row : decision->row;
      if (by.emplace(next, decision).second) queue.push_back(next);
    }
  }
  std::string text = record_name(store, ends.second);
  for (std::int64_t row = ends.second; by.at(row) != nullptr;) {
    const Decision* decision = by.at(row);
    row = decision->row == row ? decision->other_row : decision->row;
    const std::string event =
        decision->event == 0 ? "this decision" : "event " + std::to_string(decision->event);
    text = record_name(store, row) + " = " + text;
    text.insert(record_name(store, row).size() + 3, "(" + event + ") ");
  }
  return text;
}

Rows ordered(std::int64_t a, std::int64_t b) {
  return std::minmax({a, b});
}

std::int64_t digest_of(Store& store, std::int64_t row) {
  Statement find = store.database().prepare("SELECT digest FROM record WHERE row = ?");
  find.bind(0, row);
  return find.step() ? find.number(0) : 0;
}

void insert_decision(Store& store, const Decision& decision) {
  store.database()
      .prepare(
          "INSERT INTO decision(seq, row, other_row, match, digest, other_digest)"
          " VALUES(?,?,?,?,?,?)")
      .bind(0, decision.event)
      .bind(1, decision.row)
      .bind(2, decision.other_row)
      .bind(3, std::int64_t{decision.match})
      .bind(4, digest_of(store, decision.row))
      .bind(5, digest_of(store, decision.other_row))
      .run();
}

/// The decisions as they would be: new ones (event 0) in the place of old ones on the same pairs.
struct Outcome {
  std::map<Rows, Decision> in_force;
  std::map<Rows, std::string> reasons;  // of the new ones
  std::map<Rows, std::int64_t> replaced;
  DecideFacts facts;
};

Outcome outcome_of(Store& store, std::span<const NewDecision> decisions) {
  Outcome outcome;
  for (const Decision& decision : decisions_in_force(store)) {
    outcome.in_force[{decision.row, decision.other_row}] = decision;
  }
  for (const NewDecision& decision : decisions) {
    const std::string name = record_name(store, decision.row);
    if (decision.row == decision.other_row) {
      throw Error(ErrorCode::kUsage, name, "is paired with itself; name two records");
    }
    const Rows rows = ordered(decision.row, decision.other_row);
    Decision& held = outcome.in_force[rows];
    if (outcome.reasons.contains(rows)) {
      if (held.match == decision.match) continue;
      throw Error(ErrorCode::kUsage, name + " and " + record_name(store, decision.other_row),
                  "are decided both ways; leave one line");
    }
    if (held.row != 0 && held.match == decision.match && !held.stale) {
      ++outcome.facts.unchanged;
      continue;
    }
    if (held.row != 0) {
      ++outcome.facts.replaced;
      outcome.replaced[rows] = held.event;
    }
    ++outcome.facts.taken;
    held = {0, rows.first, rows.second, decision.match, false};
    outcome.reasons[rows] = decision.reason;
  }
  return outcome;
}

std::vector<Decision> values_of(const std::map<Rows, Decision>& in_force) {
  std::vector<Decision> all;
  for (const auto& [rows, decision] : in_force) all.push_back(decision);
  return all;
}

}  // namespace

std::vector<Decision> decisions_in_force(Store& store) {
  std::vector<Decision> all;
  Statement read = store.database().prepare(
      "SELECT d.seq, d.row, d.other_row, d.match,"
      " a.live = 0 OR b.live = 0 OR a.digest <> d.digest OR b.digest <> d.other_digest"
      " FROM decision d JOIN record a ON a.row = d.row JOIN record b ON b.row = d.other_row"
      " WHERE d.withdrawn IS NULL ORDER BY d.seq");
  while (read.step()) {
    all.push_back(
        {read.number(0), read.number(1), read.number(2), read.number(3) != 0, read.number(4) != 0});
  }
  return all;
}

std::vector<std::string> contradictions(Store& store, std::span<const Decision> decisions) {
  Groups groups(decisions);
  std::vector<std::string> all;
  for (const Decision& decision : decisions) {
    if (decision.match || groups.of(decision.row) != groups.of(decision.other_row)) continue;
    const std::string event =
        decision.event == 0 ? "this decision" : "event " + std::to_string(decision.event);
    all.push_back(record_name(store, decision.row) + " and " +
                  record_name(store, decision.other_row) + " are two persons (" + event +
                  "), yet matches make them one: " +
                  chain_text(store, decisions, {decision.row, decision.other_row}) +
                  "; revert one of these events, or leave the new decision out");
  }
  return all;
}

DecideFacts take_decisions(Store& store, std::span<const NewDecision> decisions,
                           const RunInfo& run) {
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  Outcome outcome = outcome_of(store, decisions);
  if (const auto faults = contradictions(store, values_of(outcome.in_force)); !faults.empty()) {
    std::string text;
    for (const std::string& fault : faults) text += (text.empty() ? "" : "\n") + fault;
    throw Error(ErrorCode::kRefused, "nothing was decided", text);
  }
  LedgerWriter ledger(store.database(), run);
  for (const auto& [rows, reason] : outcome.reasons) {
    if (const auto old = outcome.replaced.find(rows); old != outcome.replaced.end()) {
      withdraw_decision(store, old->second, ledger);
    }
    Decision& decision = outcome.in_force[rows];
    const std::string note =
        std::string(decision.match ? "match" : "non-match") + (reason.empty() ? "" : ": " + reason);
    decision.event = ledger.append(
        {.kind = EventKind::kDecision, .row = rows.first, .other_row = rows.second}, note);
    insert_decision(store, decision);
  }
  if (ledger.appended() > 0) store.commit(transaction);
  return outcome.facts;
}

void withdraw_decision(Store& store, std::int64_t event, LedgerWriter& ledger) {
  Statement find = store.database().prepare("SELECT row, other_row FROM decision WHERE seq = ?");
  find.bind(0, event);
  if (!find.step()) return;
  const std::int64_t by = ledger.append({.kind = EventKind::kWithdrawn,
                                         .row = find.number(0),
                                         .other_row = find.number(1),
                                         .subject = event});
  find.reset();
  store.database()
      .prepare("UPDATE decision SET withdrawn = ? WHERE seq = ?")
      .bind(0, by)
      .bind(1, event)
      .run();
}

void take_back(Store& store, std::int64_t event, const RunInfo& run) {
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  Statement find = store.database().prepare(
      "SELECT row, other_row FROM decision WHERE seq = ? AND withdrawn IS NULL");
  find.bind(0, event);
  if (!find.step()) {
    throw Error(ErrorCode::kRefused, "event " + std::to_string(event),
                "is no decision in force; nothing was taken back");
  }
  const Rows rows = {find.number(0), find.number(1)};
  find.reset();
  LedgerWriter ledger(store.database(), run);
  withdraw_decision(store, event, ledger);
  // What a decision replaces is withdrawn by the event right before its own, in the same run
  // (take_decisions); in another run it was withdrawn for its own sake.
  Statement before = store.database().prepare(
      "SELECT d.seq, d.match, d.digest, d.other_digest FROM decision d"
      " JOIN event w ON w.seq = d.withdrawn JOIN event e ON e.seq = w.seq + 1"
      " WHERE d.row = ? AND d.other_row = ? AND e.seq = ? AND w.run = e.run");
  before.bind(0, rows.first).bind(1, rows.second).bind(2, event);
  if (before.step()) {
    const bool match = before.number(1) != 0;
    const std::int64_t again =
        ledger.append({.kind = EventKind::kDecision, .row = rows.first, .other_row = rows.second},
                      std::string(match ? "match" : "non-match") + ": as in event " +
                          std::to_string(before.number(0)));
    store.database()
        .prepare(
            "INSERT INTO decision(seq, row, other_row, match, digest, other_digest)"
            " VALUES(?,?,?,?,?,?)")
        .bind(0, again)
        .bind(1, rows.first)
        .bind(2, rows.second)
        .bind(3, std::int64_t{match})
        .bind(4, before.maybe(2))
        .bind(5, before.maybe(3))
        .run();
    before.reset();
  }
  store.commit(transaction);
}

RowDecisions constraints_for(std::span<const Decision> decisions,
                             std::span<const std::int64_t> rows) {
  RowDecisions out;
  if (decisions.empty()) return out;
  std::unordered_map<std::int64_t, Row> place;  // of decided rows in the table
  for (const Decision& decision : decisions) {
    place.emplace(decision.row, Row{0});
    place.emplace(decision.other_row, Row{0});
  }
  Groups groups(decisions);
  std::unordered_map<std::int64_t, Row> first;  // of each group: its first row in the table
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!place.contains(rows[row])) continue;
    const auto here = static_cast<Row>(row);
    const auto [found, is_new] = first.emplace(groups.of(rows[row]), here);
    if (!is_new) out.must_links.emplace_back(found->second, here);
  }
  for (const Decision& decision : decisions) {
    if (decision.match) continue;
    const auto a = first.find(groups.of(decision.row));
    const auto b = first.find(groups.of(decision.other_row));
    if (a != first.end() && b != first.end()) out.cannot_links.emplace_back(a->second, b->second);
  }
  return out;
}

}  // namespace tessera
