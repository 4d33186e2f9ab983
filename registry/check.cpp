#include "registry/check.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "data/dictionary.hpp"
#include "registry/check_groups.hpp"
#include "registry/check_index.hpp"
#include "registry/decisions.hpp"
#include "registry/identifier.hpp"
#include "registry/plan.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostTold = 20;

class Checker {
 public:
  explicit Checker(Store& store) : store_(store), database_(store.database()) {}

  std::vector<std::string> run() {
    check_file();
    if (!faults_.empty()) return faults_;
    check_records();
    if (const auto fault = verify_ledger(database_)) {
      tell("event " + std::to_string(fault->sequence) + ": " + fault->what);
      return faults_;
    }
    replay();
    check_entities();
    check_decisions();
    if (faults_.empty()) {
      for (std::string& fault : check_groups(store_)) tell(std::move(fault));
      for (std::string& fault : check_index(store_)) tell(std::move(fault));
    }
    if (more_ > 0) faults_.push_back("and " + std::to_string(more_) + " more");
    return faults_;
  }

 private:
  void tell(std::string fault) {
    if (faults_.size() < kMostTold) {
      faults_.push_back(std::move(fault));
    } else {
      ++more_;
    }
  }

  void check_file() {
    Statement check = database_.prepare("PRAGMA integrity_check(20)");
    while (check.step()) {
      // SQLite's words name pages and tables, never a value.
      if (check.text(0) != "ok") tell("file: " + std::string(check.text(0)));
    }
  }

  void check_records() {
    Statement read = database_.prepare("SELECT row, digest, fields, id FROM record");
    while (read.step()) {
      if (read.is_null(3)) continue;  // erased
      if (static_cast<std::int64_t>(hash_bytes(read.text(2))) != read.number(1)) {
        tell("record " + std::to_string(read.number(0)) + ": its fields are not what was stored");
      }
    }
  }

  void replay() {
    Statement events = database_.prepare(
        "SELECT kind, row, entity, other_entity, seq FROM event"
        " WHERE entity IS NULL OR entity > 0 ORDER BY seq");
    while (events.step()) {
      const std::int64_t row = events.number(1);
      const EntityNumber entity = events.number(2);
      switch (static_cast<EventKind>(events.number(0))) {
        case EventKind::kMinted:
          if (!entities_.emplace(entity, Entity{true, 0}).second) {
            tell("event " + std::to_string(events.number(4)) + ": an identity is minted twice");
          }
          break;
        case EventKind::kRestored:
          entities_[entity] = {true, 0};
          break;
        case EventKind::kRetired:
          entities_[entity] = {false, 0};
          break;
        case EventKind::kMerged:
          entities_[entity] = {false, events.number(3)};
          break;
        case EventKind::kLinked:
          entity_of_[row] = entity;
          break;
        case EventKind::kUnlinked:
        case EventKind::kErased:
          entity_of_.erase(row);
          break;
        default:
          break;
      }
    }
  }

  void check_entities() {
    std::map<EntityNumber, std::uint64_t> records;
    Statement read =
        database_.prepare("SELECT row, entity, live, row IN (SELECT row FROM pending) FROM record");
    while (read.step()) {
      const std::int64_t row = read.number(0);
      const auto told = entity_of_.find(row);
      const EntityNumber entity = read.number(1);
      if (entity != (told == entity_of_.end() ? 0 : told->second)) {
        tell("record " + std::to_string(row) + ": its identity is not the one the ledger tells");
      }
      const bool pending = read.number(3) != 0;
      if (entity != 0) ++records[entity];
      if (!pending && (read.number(2) != 0) != (entity != 0)) {
        tell("record " + std::to_string(row) + ": is settled, yet live without an identity or " +
             "gone with one");
      }
    }
    std::uint64_t known = 0;
    Statement stored = database_.prepare("SELECT n, id, living, successor FROM entity");
    while (stored.step()) {
      ++known;
      const EntityNumber n = stored.number(0);
      const std::string name = "identity " + std::to_string(n);
      const auto told = entities_.find(n);
      if (told == entities_.end()) {
        tell(name + ": the ledger tells nothing of it");
        continue;
      }
      const bool living = stored.number(2) != 0;
      if (living != told->second.living || stored.number(3) != told->second.successor) {
        tell(name + ": is not as the ledger tells");
      }
      if (living != (records[n] > 0))
        tell(name + ": lives without records, or is retired with some");
      const std::string id(stored.text(1));
      if (read_identifier(id).identifier != id) tell(name + ": its identifier is not well formed");
      if (!living && leads_in_a_ring(n)) tell(name + ": leads in a ring");
    }
    if (known != entities_.size()) tell("identities: the ledger tells of others than are stored");
  }

  bool leads_in_a_ring(EntityNumber n) const {
    std::set<EntityNumber> seen;
    for (auto at = entities_.find(n); at != entities_.end() && !at->second.living;
         at = entities_.find(at->second.successor)) {
      if (!seen.insert(at->first).second) return true;
    }
    return false;
  }

  void check_decisions() {
    const auto count = [&](const char* sql) { return database_.number(sql); };
    if (count("SELECT count(*) FROM event WHERE kind = 8") !=
            count("SELECT count(*) FROM decision") ||
        count("SELECT count(*) FROM decision d JOIN event e ON e.seq = d.seq WHERE e.kind = 8"
              " AND e.row = d.row AND e.other_row = d.other_row") !=
            count("SELECT count(*) FROM decision")) {
      tell("decisions: are not those the ledger tells");
    }
    const std::int64_t withdrawn = count(
        "SELECT count(*) FROM decision d JOIN event e ON e.seq = d.withdrawn"
        " WHERE e.kind = 12 AND e.subject = d.seq");
    if (count("SELECT count(*) FROM event WHERE kind = 12") != withdrawn ||
        count("SELECT count(*) FROM decision WHERE withdrawn IS NOT NULL") != withdrawn) {
      tell("decisions: those withdrawn are not the ones the ledger tells");
    }
    for (const std::string& fault : contradictions(store_, decisions_in_force(store_))) tell(fault);
  }

  struct Entity {
    bool living = false;
    EntityNumber successor = 0;
  };
  Store& store_;
  Database& database_;
  std::vector<std::string> faults_;
  std::uint64_t more_ = 0;
  std::map<EntityNumber, Entity> entities_;
  std::unordered_map<std::int64_t, EntityNumber> entity_of_;
};

}  // namespace

std::vector<std::string> check_store(Store& store) {
  return Checker(store).run();
}

std::string meaning_digest(Store& store) {
  Sha256 digest{};
  const auto add = [&](const std::string& text) {
    digest = sha256(std::string(byte_view(digest)) + text);
  };
  Statement read = store.database().prepare(
      "SELECT s.name, r.id, r.digest, coalesce(r.entity, 0) FROM record r"
      " JOIN source s ON s.n = r.source WHERE r.live = 1 ORDER BY s.name, r.id");
  std::unordered_map<std::int64_t, std::size_t> first;  // of an identity: its first record
  for (std::size_t i = 0; read.step(); ++i) {
    const std::int64_t entity = read.number(3);
    const std::size_t label = entity == 0 ? i : first.emplace(entity, i).first->second;
    add(std::string(read.text(0)) + ":" + std::string(read.text(1)) + "|" +
        std::to_string(read.number(2)) + "|" + std::to_string(label));
  }
  std::vector<std::string> said;
  for (const Decision& decision : decisions_in_force(store)) {
    std::string a = record_name(store, decision.row);
    std::string b = record_name(store, decision.other_row);
    if (b < a) a.swap(b);
    said.push_back(a + "|" + b + "|" + (decision.match ? "match" : "non-match"));
  }
  for (std::string& group : group_meanings(store)) said.push_back(std::move(group));
  std::sort(said.begin(), said.end());
  for (const std::string& one : said) add(one);
  return hex_text(digest);
}

}  // namespace tessera
