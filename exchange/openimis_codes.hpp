// The tables of openIMIS that others name by number: diagnoses, items, services, facilities, claim
// administrators, products.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "exchange/record.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// What a number of such a table stands for.
struct OpenimisCode {
  std::string uuid;
  std::string code;  ///< As people know it: `A09`, `0004`.
  std::string name;
};

/// The rows of the code tables that were among the files.
class OpenimisCodes {
 public:
  /// Keeps a row. REQUIRES: `table` is one of kOpenimisCodeTables.
  void add(std::string_view table, Node& row);
  /// nullptr where the table or the number was not among the files.
  const OpenimisCode* find(std::string_view table, const std::string& number) const;

 private:
  std::map<std::pair<std::string, std::string>, OpenimisCode> codes_;
};

/// How a code table is told, and its columns.
struct OpenimisCodeTable {
  std::string_view name;
  std::string_view number;  ///< The column that others name it by.
  std::string_view uuid;    ///< Empty: it has none.
  std::string_view code;
  std::string_view title;
};

/// Source: openIMIS database_postgresql, 01_CORE_TABLES.
inline constexpr OpenimisCodeTable kOpenimisCodeTables[] = {
    {"tblICDCodes", "ICDID", "", "ICDCode", "ICDName"},
    {"tblItems", "ItemID", "ItemUUID", "ItemCode", "ItemName"},
    {"tblServices", "ServiceID", "ServiceUUID", "ServCode", "ServName"},
    {"tblHF", "HfID", "HfUUID", "HFCode", "HFName"},
    {"tblClaimAdmin", "ClaimAdminId", "ClaimAdminUUID", "ClaimAdminCode", "LastName"},
    {"tblProduct", "ProdID", "ProdUUID", "ProductCode", "ProductName"}};

/// The diagnoses of a row of tblClaim: code and name of the first, of further ones as details; the
/// bare number (detail `diagnosis_id`) where tblICDCodes does not say what it stands for.
void take_diagnoses(Node& row, const OpenimisCodes& codes, Record& claim);

/// The facility and who entered a row of tblClaim.
void take_facility(Node& row, const OpenimisCodes& codes, Record& claim);

/// Item or service of a claim's line: its code, UUID and name, else the number alone.
void take_item(Node& row, const OpenimisCodes& codes, Record& line);

}  // namespace tessera
