// The shell blocks of README and docs, run as they stand.
//
// A block that opens with ```sh runs in a folder with a few extracts under the names that docs use.
// The blocks of one page run one after another, as a reader would. Blocks that build the project or
// need the labelled sets open otherwise and are left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// All sh blocks of a page, joined.
std::string shell_blocks(const std::string& page) {
  std::istringstream lines(page);
  std::string script;
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      within = !within && line == "```sh";
      continue;
    }
    if (within) script += line + "\n";
  }
  return script;
}

std::vector<std::filesystem::path> pages() {
  const std::filesystem::path root = TESSERA_SOURCE_DIR;
  std::vector<std::filesystem::path> pages = {root / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  std::sort(pages.begin(), pages.end());
  return pages;
}

CommandResult run_script(const TemporaryFolder& folder, const std::string& script) {
  const std::string tool = std::filesystem::path(TESSERA_BINARY).parent_path().string();
  return run_command("/bin/bash", {"-euo", "pipefail", "-c", "PATH=" + tool + ":$PATH\n" + script},
                     folder.path());
}

TEST(Docs, EveryShellBlockRuns) {
  int scripts = 0;
  for (const std::filesystem::path& page : pages()) {
    const std::string script = shell_blocks(text_of(page));
    if (script.empty()) continue;
    SCOPED_TRACE(page.filename().string());
    const TemporaryFolder folder;
    const CommandResult ready =
        run_script(folder,
                   "tessera generate --records 600 --seed 2 --out in >made.txt\n"
                   "cp in/client.csv a.csv; cp in/social.csv b.csv; cp in/crvs.csv c.csv; cp a.csv "
                   "beneficiaries.csv; cp in/truth.csv truth.csv; gzip -k b.csv\n");
    ASSERT_EQ(ready.exit_code, 0) << ready.err;
    const CommandResult result = run_script(folder, script);
    EXPECT_EQ(result.exit_code, 0) << script << result.out << result.err;
    ++scripts;
  }
  EXPECT_GE(scripts, 3) << "no blocks were found";
}

TEST(Docs, ABlockThatFailsIsSeen) {
  const TemporaryFolder folder;
  EXPECT_EQ(shell_blocks("text\n```sh\ntessera lnik a.csv\n```\n```\nfalse\n```\n"),
            "tessera lnik a.csv\n");
  EXPECT_EQ(run_script(folder, "tessera lnik a.csv\ntrue\n").exit_code, 2);
}

}  // namespace
}  // namespace tessera::test
