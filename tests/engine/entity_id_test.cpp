#include "engine/entity_id.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace tessera {
namespace {

Table records_of(const std::string& source, const std::vector<std::string>& ids) {
  Table table;
  table.sources.emplace_back().name = source;
  for (const std::string& id : ids) {
    table.row_source.push_back(SourceId{0});
    table.record_ids.append(id);
  }
  return table;
}

TEST(EntityId, IsAnEAndSixteenCharactersOfCrockfordsAlphabet) {
  const std::string id = entity_id(records_of("client", {"r1"}), 0);
  ASSERT_EQ(id.size(), 17U);
  EXPECT_EQ(id[0], 'E');
  EXPECT_EQ(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 1), std::string::npos);
}

// Identifiers outlive programs. These were worked out from the description in entity_id.cpp by a
// script of its own.
TEST(EntityId, NeverChanges) {
  EXPECT_EQ(entity_id(records_of("a", {"r1"}), 0), "EVNH4QHD5XK9S69HH");
  EXPECT_EQ(entity_id(records_of("b", {"r2"}), 0), "EYPP8YXSGQZCPXD9K");
  EXPECT_EQ(entity_id(records_of("client", {"አበበ-00012345"}), 0), "EVA8A56277M1DRSVP");
}

TEST(EntityId, ALongNameIsNamedAsAShortOne) {
  const std::string start(50, 'r');
  std::set<std::string> distinct;
  for (std::size_t more = 0; more < 40; ++more) {  // below 64 bytes of name, and above
    const std::string id = start + std::string(more, 's');
    distinct.insert(entity_id(records_of("a", {id}), 0));
  }
  EXPECT_EQ(distinct.size(), 40U);
  EXPECT_EQ(entity_id(records_of("source", {start + start}), 0),
            entity_id(records_of("source", {"r1", start + start}), 1));
}

TEST(EntityId, DependsOnSourceAndRecordAlone) {
  EXPECT_EQ(entity_id(records_of("a", {"r1", "r2"}), 1), entity_id(records_of("a", {"r2"}), 0));
  EXPECT_NE(entity_id(records_of("a", {"r1"}), 0), entity_id(records_of("b", {"r1"}), 0));
}

TEST(EntityId, DiffersForManyRecordsInEveryCharacter) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20000; ++i) ids.push_back("r" + std::to_string(i));
  const Table table = records_of("client", ids);
  std::set<std::string> distinct;
  std::vector<std::set<char>> seen(17);
  for (Row row = 0; row < table.size(); ++row) {
    const std::string id = entity_id(table, row);
    distinct.insert(id);
    for (std::size_t i = 1; i < id.size(); ++i) seen[i].insert(id[i]);
  }
  EXPECT_EQ(distinct.size(), table.size());
  for (std::size_t i = 1; i < 17; ++i) EXPECT_EQ(seen[i].size(), 32U) << "character " << i;
}

}  // namespace
}  // namespace tessera
