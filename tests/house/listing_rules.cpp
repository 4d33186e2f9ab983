// What belongs to each source: its line in a CMakeLists.txt, its test, and the names of its tests.
#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "tests/house/house_rules.hpp"

namespace tessera::house {
namespace {

/// A source that another test than the one of its name tests: it is a part of what that test
/// promises.
struct TestedElsewhere {
  std::string_view path;
  std::string_view test;
};

constexpr auto kTestedElsewhere = std::to_array<TestedElsewhere>({
    {"cli/main.cpp", "tests/jobs/usage_test.cpp"},
    {"cli/large_memory.cpp", "tests/data/huge_pages_test.cpp"},
    {"cli/evaluate_command.cpp", "tests/jobs/evaluate_test.cpp"},
    {"cli/link_command.cpp", "tests/jobs/golden_job_test.cpp"},
    {"cli/generate_command.cpp", "tests/jobs/same_bytes_test.cpp"},
    {"cli/train_command.cpp", "tests/jobs/usage_test.cpp"},
    {"cli/blocking_command.cpp", "tests/jobs/blocking_test.cpp"},
    {"cli/init_command.cpp", "tests/jobs/init_test.cpp"},
    {"cli/profile_command.cpp", "tests/jobs/profile_test.cpp"},
    {"cli/why_command.cpp", "tests/jobs/why_test.cpp"},
    {"cli/match_command.cpp", "tests/jobs/match_test.cpp"},
    {"cli/find_command.cpp", "tests/jobs/match_test.cpp"},
    {"cli/explain_command.cpp", "tests/jobs/manual_test.cpp"},
    {"cli/manual_command.cpp", "tests/jobs/manual_test.cpp"},
    {"cli/decide_command.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/id_command.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/ledger_command.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/look_ups.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/plan_command.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/registry_command.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/verdict_file.cpp", "tests/jobs/registry_test.cpp"},
    {"cli/review_command.cpp", "tests/jobs/review_test.cpp"},
    {"registry/apply.cpp", "tests/registry/plan_test.cpp"},
    {"cli/import_command.cpp", "tests/jobs/exchange_test.cpp"},
    {"cli/imported_files.cpp", "tests/jobs/exchange_test.cpp"},
    {"cli/exchange_command.cpp", "tests/jobs/flows_test.cpp"},
    {"exchange/flow_client_to_openimis.cpp", "tests/exchange/enrolment_test.cpp"},
    {"exchange/write_families.cpp", "tests/jobs/exchange_test.cpp"},
    {"exchange/crvs_event.cpp", "tests/exchange/opencrvs_bundle_test.cpp"},
    {"exchange/fhir_insurance.cpp", "tests/exchange/fhir_reader_test.cpp"},
    {"exchange/fhir_parts.cpp", "tests/exchange/fhir_reader_test.cpp"},
    {"exchange/fhir_people.cpp", "tests/exchange/fhir_reader_test.cpp"},
    {"registry/check_index.cpp", "tests/registry/check_test.cpp"},
    {"registry/component_rows.cpp", "tests/registry/explain_stored_test.cpp"},
    {"registry/plan_identities.cpp", "tests/registry/plan_test.cpp"},
    {"registry/plan_queue.cpp", "tests/registry/increment_test.cpp"},
    {"data/utf8.cpp", "tests/data/unicode_test.cpp"},
    {"engine/job_aids.cpp", "tests/engine/pipeline_test.cpp"},
    {"engine/cluster_records.cpp", "tests/engine/pipeline_test.cpp"},
    {"engine/agglomerate.cpp", "tests/engine/cluster_test.cpp"},
    {"engine/components.cpp", "tests/engine/cluster_test.cpp"},
    {"engine/refine.cpp", "tests/engine/cluster_test.cpp"},
});

// Folders whose sources want a test of their own.
constexpr std::array<std::string_view, 12> kTestedFolders = {
    "data",     "blocking", "scoring", "index",  "engine", "registry",
    "generate", "exchange", "review",  "report", "cli",    "service"};

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/'));
}

std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool is_path_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
}

// Whether `text` holds `name` as a whole word, so that `date.cpp` is not found in `update.cpp`.
// Comments do not count.
bool lists(std::string_view text, std::string_view name) {
  for (std::string_view line : lines_of(text)) {
    line = line.substr(0, line.find('#'));
    for (std::size_t at = line.find(name); at != std::string_view::npos;
         at = line.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if ((at == 0 || !is_path_character(line[at - 1])) &&
          (end == line.size() || !is_path_character(line[end]))) {
        return true;
      }
    }
  }
  return false;
}

bool wants_test(std::string_view path) {
  return path.ends_with(".cpp") && std::find(kTestedFolders.begin(), kTestedFolders.end(),
                                             top_folder(path)) != kTestedFolders.end();
}

std::string test_of(std::string_view path) {
  for (const TestedElsewhere& tested : kTestedElsewhere) {
    if (tested.path == path) return std::string(tested.test);
  }
  return "tests/" + std::string(path.substr(0, path.size() - 4)) + "_test.cpp";
}

// PascalCase of two words or more: capitals where words begin, letters and digits only.
bool is_promise(std::string_view name) {
  if (name.empty() || std::isupper(static_cast<unsigned char>(name[0])) == 0) return false;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
  });
  const auto words = std::count_if(name.begin(), name.end(), [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0;
  });
  return plain && words >= 2;
}

// The suite and the name of a TEST( that begins at `at`; they may stand on the next line.
std::string test_name(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  const std::size_t comma = text.find(',', open);
  const std::size_t close = text.find(')', open);
  if (comma == std::string_view::npos || close < comma) return {};
  std::string name(text.substr(comma + 1, close - comma - 1));
  std::erase_if(name, [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
  return name;
}

}  // namespace

Problems find_unlisted_sources(std::span<const SourceFile> files) {
  std::vector<const SourceFile*> all_lists;
  for (const SourceFile& file : files) {
    if (name_of(file.path) == "CMakeLists.txt") all_lists.push_back(&file);
  }
  Problems problems;
  for (const SourceFile& file : files) {
    if (!file.path.ends_with(".cpp")) continue;
    // Listed by its name in its own folder, or by folder and name elsewhere (../reference/em.cpp).
    const std::string_view folder = folder_of(file.path);
    const std::string with_folder =
        std::string(name_of(folder)) + "/" + std::string(name_of(file.path));
    const bool is_listed = std::any_of(all_lists.begin(), all_lists.end(), [&](const auto* list) {
      return (folder_of(list->path) == folder && lists(list->text, name_of(file.path))) ||
             lists(list->text, with_folder);
    });
    if (!is_listed) problems.push_back(file.path + ": listed in no CMakeLists.txt");
  }
  return problems;
}

Problems find_untested_sources(std::span<const SourceFile> files) {
  std::set<std::string_view> paths;
  for (const SourceFile& file : files) paths.insert(file.path);
  Problems problems;
  for (const SourceFile& file : files) {
    if (!wants_test(file.path)) continue;
    const std::string test = test_of(file.path);
    if (!paths.contains(test)) problems.push_back(file.path + ": has no " + test);
  }
  return problems;
}

Problems find_unnamed_tests(std::span<const SourceFile> files) {
  Problems problems;
  for (const SourceFile& file : files) {
    if (!file.path.starts_with("tests/") || !file.path.ends_with(".cpp")) continue;
    const std::string code = code_only(file.text);
    for (std::size_t at = code.find("\nTEST"); at != std::string::npos;
         at = code.find("\nTEST", at + 1)) {
      const std::string name = test_name(code, at);
      if (name.empty() || is_promise(name)) continue;
      problems.push_back(file.path + ": test " + name + " does not say what it promises");
    }
  }
  return problems;
}

}  // namespace tessera::house
