#include "data/nicknames.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>

#include "data/error.hpp"
#include "data/nicknames_table.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

using Groups = std::vector<std::uint32_t>;

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>()(name);
  }
};

const Groups& no_groups() {
  static const Groups kNone;
  return kNone;
}

std::vector<std::string_view> split_at(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t at; (at = line.find(separator, start)) != std::string_view::npos;) {
    parts.push_back(line.substr(start, at - start));
    start = at + 1;
  }
  parts.push_back(line.substr(start));
  return parts;
}

/// A line without its comment and what Windows leaves at its end.
std::string_view content_of(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const std::size_t last = line.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

}  // namespace

struct NicknameTable::Impl {
  std::unordered_map<std::string, Groups, NameHash, std::equal_to<>> groups_of;
  std::uint32_t group_count = 0;

  /// One more group. REQUIRES: folded names.
  void add_group(std::span<const std::string> names) {
    for (const std::string& name : names) {
      Groups& groups = groups_of[name];
      if (groups.empty() || groups.back() != group_count) groups.push_back(group_count);
    }
    ++group_count;
  }
};

NicknameTable::NicknameTable() : impl_(std::make_unique<Impl>()) {}
NicknameTable::NicknameTable(NicknameTable&&) noexcept = default;
NicknameTable& NicknameTable::operator=(NicknameTable&&) noexcept = default;
NicknameTable::~NicknameTable() = default;

NicknameTable NicknameTable::built_in() {
  NicknameTable table;
  std::vector<std::string> names;
  for (const std::string_view group : nickname_groups()) {
    names.clear();
    for (const std::string_view name : split_at(group, ' ')) {
      names.emplace_back(name);
      std::replace(names.back().begin(), names.back().end(), '-', ' ');
    }
    table.impl_->add_group(names);
  }
  return table;
}

void NicknameTable::add_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw Error(ErrorCode::kUsage, path.string(),
                std::string("the nickname file cannot be opened (") + std::strerror(errno) +
                    "); check the path");
  }
  std::vector<std::vector<std::string>> groups;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    const auto fail = [&](const std::string& what) {
      throw Error(ErrorCode::kUsage, path.string() + ":" + std::to_string(number), what);
    };
    if (!is_utf8(line)) fail("the line is not UTF-8; save the file as UTF-8");
    std::string_view text = content_of(line);
    if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.empty()) continue;
    std::vector<std::string> names;
    for (const std::string_view name : split_at(text, ',')) {
      names.push_back(fold_name(name));
      if (names.back().empty()) fail("a name is empty; write `name,name` with no comma left over");
    }
    if (names.size() < 2) fail("a group has one name; write at least two, parted by commas");
    groups.push_back(std::move(names));
  }
  if (file.bad()) {
    throw Error(ErrorCode::kResource, path.string(), "the nickname file cannot be read to its end");
  }
  for (const std::vector<std::string>& names : groups) impl_->add_group(names);
}

const std::vector<std::uint32_t>& NicknameTable::groups(std::string_view folded_name) const {
  const auto found = impl_->groups_of.find(folded_name);
  return found == impl_->groups_of.end() ? no_groups() : found->second;
}

bool NicknameTable::equivalent(std::string_view a, std::string_view b) const {
  const Groups& of_a = groups(a);
  const Groups& of_b = groups(b);
  for (std::size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
    if (of_a[i] == of_b[j]) return true;
    of_a[i] < of_b[j] ? ++i : ++j;
  }
  return false;
}

}  // namespace tessera
