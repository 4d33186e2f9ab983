// Which given names stand for each other: a built-in table, extendable by file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace tessera {

/// Groups of folded given names that one person may go by (elizabeth, liz, bess). A name may be in
/// several groups.
class NicknameTable {
 public:
  /// The built-in table (written by hand; several languages).
  static NicknameTable built_in();

  /// Adds lines of `name,name[,name…]`, one group each; `#` starts a comment. Throws Error(kUsage)
  /// with the line.
  void add_file(const std::filesystem::path& path);

  /// The sorted group numbers of a folded name; empty if it is in none.
  const std::vector<std::uint32_t>& groups(std::string_view folded_name) const;

  /// Whether two folded names share a group.
  bool equivalent(std::string_view a, std::string_view b) const;

  struct Impl;
  NicknameTable(NicknameTable&&) noexcept;
  NicknameTable& operator=(NicknameTable&&) noexcept;
  ~NicknameTable();

 private:
  NicknameTable();
  std::unique_ptr<Impl> impl_;
};

}  // namespace tessera
