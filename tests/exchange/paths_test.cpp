// Every value of the real messages at a path of tests/cases/exchange_paths.tsv stands in the
// column that the table says: a second account of each format, which the readers do not share.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "exchange/formats.hpp"
#include "exchange/input_files.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

namespace fs = std::filesystem;

struct Value {
  std::string path, text;
};

std::string behind_last(std::string text) {
  text = text.substr(0, text.find("/_history/"));
  return text.substr(text.find_last_of("/:") + 1);
}

const Node* member(const Node& object, std::string_view key) {
  for (const Node& child : object.children) {
    if (child.key == key) return &child;
  }
  return nullptr;
}

void collect(const Node& node, std::string path, std::vector<Value>& out) {
  if (node.kind == Node::Kind::kText) {
    if (!node.text.empty()) out.push_back({std::move(path), node.text});
    return;
  }
  if (const Node* type = member(node, "resourceType")) {
    if (type->text != "Bundle") path = type->text;
    const bool is_named = member(node, "id") != nullptr || member(node, "identifier") != nullptr;
    if (type->text == "Patient" && !is_named) return;  // a reject
  }
  // An event's person who "does not apply" (OpenCRVS) is nobody.
  if (const Node* extensions = member(node, "extension")) {
    for (const Node& extension : extensions->children) {
      const Node* url = member(extension, "url");
      if (url != nullptr && url->text.ends_with("reason-not-applying")) return;
    }
  }
  for (const Node& child : node.children) {
    std::string at = path;
    if (!child.key.empty()) at += (at.empty() ? "" : ".") + child.key;
    const Node* url = at.ends_with("extension") ? member(child, "url") : nullptr;
    if (url != nullptr) at += "[" + behind_last(url->text) + "]";
    collect(child, at, out);
  }
}

std::vector<Value> values_of(const std::string& format, const fs::path& file) {
  std::vector<Value> values;
  Import ignored;
  if (is_document(file)) {
    for_each_document(file, ignored,
                      [&](Node& root) { collect(root, format == "list" ? "row" : "", values); });
    return values;
  }
  const std::string name = format == "openimis-tables" ? file.stem().string() : "row";
  for_each_row(file, ignored, [&](Node& row) {
    const Node* until = member(row, "ValidityTo");
    if (until == nullptr || until->text.empty()) collect(row, name, values);  // else it is history
  });
  return values;
}

/// The texts of each column, `table.column`, and the raw ones of those that were put right.
using Columns = std::map<std::string, std::set<std::string>, std::less<>>;

Columns columns_of(const Import& import) {
  Columns columns;
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    for (const std::vector<std::string>& row : import.rows(table)) {
      if (table == CanonicalTable::kDetail) {
        columns["detail." + row[0] + "." + row[2]].insert(row[3]);
        continue;
      }
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (row[c].empty()) continue;
        columns[std::string(contract(table).name) + "." +
                std::string(contract(table).columns[c].name)]
            .insert(row[c]);
      }
    }
  }
  const TemporaryFolder folder;
  std::string text;
  for (const std::string& line : import.raw_lines()) text += line + "\n";
  for (const std::vector<std::string>& row : read_test_csv(folder.write("raw.csv", text))) {
    columns[row[0] + "." + row[2]].insert(row[4]);
    columns["detail." + row[0] + "." + row[2]].insert(row[4]);
  }
  return columns;
}

bool is_word_part(std::string_view whole, std::string_view part) {
  const auto edge = [&](std::size_t at) {
    return at >= whole.size() || whole[at] == ' ' || whole[at] == ',';
  };
  for (std::size_t at = whole.find(part); at != std::string_view::npos;
       at = whole.find(part, at + 1)) {
    if ((at == 0 || edge(at - 1)) && edge(at + part.size())) return true;
  }
  return false;
}

// As it is, as a reference without what leads to it, or as a part of what several values make.
bool holds(const Columns& columns, const std::string& column, const std::string& text) {
  const auto found = columns.find(column);
  if (found == columns.end()) return false;
  const std::set<std::string>& texts = found->second;
  return texts.contains(text) || texts.contains(behind_last(text)) ||
         std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& whole) { return is_word_part(whole, text); });
}

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    // A detail may be named by a column with blanks: it is one word with what follows.
    const bool begins = text.substr(at, end - at).find('.') != std::string::npos || out.empty();
    if (begins) {
      out.push_back(text.substr(at, end - at));
    } else {
      out.back() += " " + text.substr(at, end - at);
    }
    at = end + 1;
  }
  return out;
}

struct Line {
  std::string format, path;
  std::vector<std::string> columns;
  std::size_t values = 0;
};

Line* line_for(std::vector<Line>& lines, const std::string& format, const std::string& path) {
  Line* best = nullptr;
  for (Line& line : lines) {
    const bool ends =
        path.size() >= line.path.size() && path.ends_with(line.path) &&
        (path.size() == line.path.size() || path[path.size() - line.path.size() - 1] == '.');
    if (line.format != format || !ends) continue;
    if (best == nullptr || line.path.size() > best->path.size()) best = &line;
  }
  return best;
}

std::vector<std::pair<std::string, std::vector<fs::path>>> inputs(const fs::path& interop) {
  const auto under = [&](const char* folder, std::vector<const char*> names) {
    std::vector<fs::path> files;
    for (const char* name : names) files.push_back(interop / folder / name);
    return files;
  };
  const auto all_of = [&](const char* folder) { return list_files({interop / folder}); };
  return {
      {"fhir",
       under("openimis/fhir_r4",
             {"test_patient.json", "test_group.json", "test_coverage.json", "test_claim.json",
              "test_claimResponse.json", "test_coverageEligibilityRequest.json"})},
      {"fhir", under("openimis/fhir_r5", {"Patient-jane-doe.json", "Group-doe-family.json",
                                          "Coverage-JoeDoeCoverage.json", "Claim-Claim001.json"})},
      {"fhir", under("openhie/opencr",
                     {"patient1_openmrs.json", "patient2_dhis2.json", "patient3_lims.json"})},
      {"fhir", under("openhie/opencr", {"patientsBundle.json"})},
      {"fhir", under("openhie/opencr", {"potentialmatches.json"})},
      {"fhir", all_of("ihe/pmir")},
      {"fhir", under("ihe/pixm", {"Patient-MaidenAlice-Red.json", "Patient-MohrAlice-Blue.json",
                                  "Patient-MohrAlice-Red.json", "Patient-MohrAlissa-Red.json",
                                  "Patient-MohrMaidenResolvedByMohrMalice-Red.json"})},
      {"fhir", {"tests/exchange/samples/fhir/bundle.json"}},
      {"openimis-tables", all_of("openimis/demo_tables")},
      {"opencrvs", all_of("opencrvs/v1_fhir_bundles")},
      {"dci", all_of("spdci/samples")},
      {"mosip", under("mosip", {"identity-data.json", "identity-mapping.json", "location.csv"})},
      {"list", under("openg2p", {"registry-individual-data-nig.csv"})},
      {"list", under("openg2p", {"sample_data2.csv"})},
      {"list", under("opencrvs", {"mock-identities.json"})},
      {"list", under("govstack", {"test-data.json"})},
      {"social-protection", samples("social-protection")}};
}

TEST(Paths, EveryValueAtAPathOfTheTableStandsInItsColumn) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop";
  std::vector<Line> lines;
  for (const std::vector<std::string>& row : read_cases("exchange_paths.tsv")) {
    ASSERT_EQ(row.size(), 4U) << row.front();
    lines.push_back({row[0], row[1], words(row[2])});
  }
  for (const auto& [format, files] : inputs(*shared / "interop")) {
    const Columns columns = columns_of(import_files(format, files));
    for (const fs::path& file : files) {
      if (file.filename() == "identity-mapping.json" || file.filename() == "location.csv") continue;
      for (const Value& value : values_of(format, file)) {
        Line* line = line_for(lines, format, value.path);
        if (line == nullptr) continue;
        ++line->values;
        const bool found = std::any_of(
            line->columns.begin(), line->columns.end(),
            [&](const std::string& column) { return holds(columns, column, value.text); });
        EXPECT_TRUE(found) << file.filename() << ": " << value.path << " is not in "
                           << line->columns.front();
      }
    }
  }
  for (const Line& line : lines) {
    EXPECT_GT(line.values, 0U) << line.format << " " << line.path << ": no message has it";
  }
}

}  // namespace
}  // namespace tessera::test
