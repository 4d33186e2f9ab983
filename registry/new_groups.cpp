#include "registry/new_groups.hpp"

#include "registry/given_rows.hpp"

namespace tessera {
namespace {

class NewGroupRows : public GivenRows {
 public:
  NewGroupRows(std::int64_t source, std::int64_t first, std::span<const NewGroup> groups)
      : source_(source), first_(first), groups_(groups) {}

  bool next() override { return ++next_ <= groups_.size(); }
  void value(int at, ColumnValue& to) override {
    const NewGroup& group = groups_[next_ - 1];
    switch (at) {
      case 0:
        return to.put(first_ + static_cast<std::int64_t>(next_ - 1));
      case 1:
        return to.put(source_);
      case 2:
        return to.put(group.id);
      case 3:
        return to.put(group.head);
      case 4:
        return to.put(group.updated_at);
      default:
        return to.put(group.digest);
    }
  }

 private:
  std::int64_t source_;
  std::int64_t first_;
  std::span<const NewGroup> groups_;
  std::size_t next_ = 0;
};

/// The members of new groups, group by group, by record.
class NewMemberRows : public GivenRows {
 public:
  NewMemberRows(std::int64_t first, std::span<const NewGroup> groups)
      : first_(first), groups_(groups) {
    if (!groups.empty()) member_ = groups.front().members->begin();
  }

  bool next() override {
    if (begun_) ++member_;
    begun_ = true;
    while (group_ < groups_.size() && member_ == groups_[group_].members->end()) {
      if (++group_ < groups_.size()) member_ = groups_[group_].members->begin();
    }
    return group_ < groups_.size();
  }
  void value(int at, ColumnValue& to) override {
    if (at == 0) return to.put(first_ + static_cast<std::int64_t>(group_));
    to.put(std::string_view(at == 1 ? member_->first : member_->second));
  }

 private:
  std::int64_t first_;
  std::span<const NewGroup> groups_;
  std::size_t group_ = 0;
  RolesByRecord::const_iterator member_;
  bool begun_ = false;
};

}  // namespace

void insert_groups(Database& database, std::int64_t source, std::span<const NewGroup> groups) {
  if (groups.empty()) return;
  constexpr std::int64_t kFew = 1000;
  const std::int64_t first = database.number("SELECT coalesce(max(n), 0) + 1 FROM source_group");
  NewGroupRows rows(source, first, groups);
  run_with_rows(database,
                "INSERT INTO source_group(n, source, id, head, updated, digest)"
                " SELECT c0, c1, c2, c3, c4, c5 FROM given",
                rows);
  std::int64_t more = 0;
  for (const NewGroup& group : groups) {
    more += static_cast<std::int64_t>(group.members->size());
  }
  const bool anew =
      more > kFew && more > database.number("SELECT count(*) FROM source_group_member");
  if (anew) database.execute("DROP INDEX source_group_member_record");
  NewMemberRows members(first, groups);
  run_with_rows(database,
                "INSERT INTO source_group_member(grp, record, role) SELECT c0, c1, c2 FROM given",
                members);
  if (anew) {
    database.execute("CREATE INDEX source_group_member_record ON source_group_member(record)");
  }
}

}  // namespace tessera
