// What a writer puts out, the reader of its format reads back: no value that the format has a place
// for is lost on the way. On the committed samples, and on the real ones where they are.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "exchange/dci_reader.hpp"
#include "exchange/formats.hpp"
#include "exchange/table_view.hpp"
#include "exchange/write_dci.hpp"
#include "exchange/write_lists.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

namespace fs = std::filesystem;

/// All values of each person: of person.csv, identifiers that may be handed on, details.
std::map<std::string, std::set<std::string>> values_by_person(const Import& import) {
  std::map<std::string, std::set<std::string>> values;
  for (const TableRow& row : all_rows(import, CanonicalTable::kPerson)) {
    std::set<std::string>& own = values[std::string(row.key())];
    for (const CanonicalColumn& column : contract(CanonicalTable::kPerson).columns.subspan(1)) {
      if (!row[column.name].empty()) own.emplace(row[column.name]);
    }
  }
  for (const TableRow& row : all_rows(import, CanonicalTable::kIdentifier)) {
    if (row["owner"] != "person") continue;
    if (row["type"] == "temporary_vid" || row["type"] == "partner_token") continue;
    values[std::string(row.key())].emplace(row["value"]);
  }
  for (const TableRow& row : all_rows(import, CanonicalTable::kDetail)) {
    if (row["table"] == "person") values[std::string(row["record_id"])].emplace(row["value"]);
  }
  return values;
}

Outbound everybody(const Import& import) {
  Outbound outbound{import, {}};
  for (const TableRow& row : all_rows(import, CanonicalTable::kPerson)) {
    outbound.people.push_back({std::string(row.key()), "", ""});
  }
  return outbound;
}

/// Values of people who were written that `after` lacks, as `record: value`.
std::vector<std::string> lost(const Import& before, const Import& after,
                              const std::set<std::string>& left_out = {}) {
  std::vector<std::string> missing;
  const auto there = values_by_person(after);
  for (const auto& [record, values] : values_by_person(before)) {
    if (left_out.contains(record)) continue;
    const auto found = there.find(record);
    for (const std::string& value : values) {
      const bool kept = found != there.end() && found->second.contains(value);
      if (!kept) missing.push_back(record + ": " + value);
    }
  }
  return missing;
}

/// Columns of people in which `after` differs, as `record: column`.
std::vector<std::string> moved(const Import& before, const Import& after,
                               const std::set<std::string>& left_out = {}) {
  std::vector<std::string> differ;
  for (const TableRow& row : all_rows(before, CanonicalTable::kPerson)) {
    const std::string record(row.key());
    if (left_out.contains(record)) continue;
    const std::vector<TableRow> there = rows_of(after, CanonicalTable::kPerson, record);
    if (there.empty()) differ.push_back(record);
    if (there.empty()) continue;
    for (const CanonicalColumn& column : contract(CanonicalTable::kPerson).columns) {
      if (there.front()[column.name] != row[column.name]) {
        differ.push_back(record + ": " + std::string(column.name));
      }
    }
  }
  return differ;
}

std::vector<std::vector<fs::path>> list_files() {
  std::vector<std::vector<fs::path>> files = {samples("list")};
  if (const auto shared = shared_data()) {
    for (const char* name : {"registry-individual-data-nig.csv", "sample_data2.csv"}) {
      files.push_back({*shared / "interop" / "openg2p" / name});
    }
  }
  return files;
}

TEST(RoundTrip, AMatchedListIsReadBackColumnByColumn) {
  const TemporaryFolder folder;
  for (const std::vector<fs::path>& files : list_files()) {
    const Import before = import_files("list", files);
    ASSERT_FALSE(before.packed_rows(CanonicalTable::kPerson).empty());
    for (const ListShape shape : {ListShape::kCsv, ListShape::kJson}) {
      const Written file = write_matched_list(everybody(before), shape);
      const Import after = import_files(
          "list", {folder.write(shape == ListShape::kCsv ? "list.csv" : "list.json", file.text)});
      EXPECT_EQ(lost(before, after), std::vector<std::string>{}) << files.front();
      EXPECT_EQ(moved(before, after), std::vector<std::string>{}) << files.front();
    }
  }
}

TEST(RoundTrip, AnUploadToSocialProtectionIsReadBack) {
  const TemporaryFolder folder;
  const Import before = import_files("social-protection", samples("social-protection"));
  const Written file = write_social_protection(everybody(before));
  const Import after = import_files("social-protection", {folder.write("up.csv", file.text)});
  std::set<std::string> left_out;  // without a whole birth date openIMIS takes nobody
  for (const TableRow& row : all_rows(before, CanonicalTable::kPerson)) {
    if (row["birth_date"].size() != 10) left_out.emplace(row.key());
  }
  EXPECT_EQ(file.counts.at("written") + left_out.size(),
            before.packed_rows(CanonicalTable::kPerson).size());
  EXPECT_EQ(lost(before, after, left_out), std::vector<std::string>{});
  EXPECT_EQ(table_lines(after, CanonicalTable::kFamily),
            table_lines(before, CanonicalTable::kFamily));
}

std::vector<fs::path> dci_answers() {
  std::vector<fs::path> files = samples("dci");
  if (const auto shared = shared_data()) {
    for (const auto& entry : fs::directory_iterator(*shared / "interop" / "spdci" / "samples")) {
      files.push_back(entry.path());
    }
  }
  return files;
}

TEST(RoundTrip, AnAnswerOfSpdciIsReadBackColumnByColumn) {
  const TemporaryFolder folder;
  std::size_t people = 0;
  for (const fs::path& file : dci_answers()) {
    const Import before = import_files("dci", {file});
    const Outbound outbound = everybody(before);
    if (outbound.people.empty()) continue;  // a request
    people += outbound.people.size();
    for (const DciRegistry registry :
         {DciRegistry::kSocial, DciRegistry::kBeneficiary, DciRegistry::kCivil}) {
      const Written answer = write_dci_on_search(
          before, {.registry = registry, .message_id = "m", .timestamp = "2026-11-25T09:30:00Z"},
          "t", std::vector<DciRequest>{{"r", outbound.people}});
      const Import after = import_files("dci", {folder.write("answer.json", answer.text)});
      EXPECT_EQ(answer.counts.at("written"), outbound.people.size()) << file;
      EXPECT_EQ(lost(before, after), std::vector<std::string>{}) << file;
      EXPECT_EQ(moved(before, after), std::vector<std::string>{}) << file;
    }
  }
  EXPECT_GT(people, 0U);
}

}  // namespace
}  // namespace tessera::test
