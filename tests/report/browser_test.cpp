// Pages in a browser: they draw every chart, ask for nothing, and run nothing that names hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/link_page.hpp"
#include "report/plan_page.hpp"
#include "report/profile_page.hpp"
#include "tests/report/invented_explanation.hpp"
#include "tests/report/invented_profile.hpp"
#include "tests/report/invented_run.hpp"
#include "tests/support/command.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kBrowser = "/usr/bin/chromium";
constexpr const char* kHostile =
    "</script><script>document.title='run'</script><img src='https://example.org/x' "
    "onerror=\"document.title='run'\"><svg onload=\"document.title='run'\">\x1b[31m\u202egnp.exe";

struct Seen {
  std::string dom;
  std::string console;
  std::vector<std::string> requests;  ///< All but the page itself.
};

Seen open_page(const std::string& html) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "page.html", std::ios::binary) << html;
  const std::string log = (folder.path() / "net.json").string();
  const test::CommandResult result = test::run_command(
      kBrowser,
      {"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
       "--disable-features=NetworkTimeServiceQuerying", "--host-resolver-rules=MAP * ~NOTFOUND",
       "--disable-background-networking", "--disable-component-update", "--no-first-run",
       "--user-data-dir=" + (folder.path() / "profile").string(), "--log-net-log=" + log,
       "--enable-logging=stderr", "--virtual-time-budget=30000", "--window-size=1000,1200",
       "--dump-dom", "file://" + (folder.path() / "page.html").string()},
      folder.path());
  Seen seen;
  seen.dom = result.out;
  std::istringstream lines(result.err);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("CONSOLE") != std::string::npos) seen.console += line + "\n";
  }
  std::ifstream file(log);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (std::size_t at = text.find("\"url\":\""); at != std::string::npos;
       at = text.find("\"url\":\"", at + 1)) {
    const std::string url = text.substr(at + 7, text.find('"', at + 7) - at - 7);
    // The browser's own calls home, which the rule above keeps from leaving.
    const bool own = url.find(".google.com/") != std::string::npos ||
                     url.find(".googleapis.com/") != std::string::npos ||
                     url.find(".gvt1.com/") != std::string::npos;
    if (!own && !url.starts_with("file://") && !url.starts_with("data:") &&
        !url.starts_with("chrome")) {
      seen.requests.push_back(url);
    }
  }
  return seen;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

class Browser : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kBrowser)) {
      GTEST_SKIP() << "needs " << kBrowser << " (Debian: chromium); ./run test installs it";
    }
  }
};

void expect_sound(const Page& page) {
  std::size_t charts = 0;
  for (const Chart& chart : page.charts) charts += chart.spec.empty() ? 0 : 1;
  const Seen seen = open_page(page_html(page));
  EXPECT_THAT(seen.dom, HasSubstr("data-drawn=\"" + std::to_string(charts) + "\""));
  EXPECT_EQ(count(seen.dom, "<svg "), charts);
  EXPECT_EQ(seen.console, "");
  EXPECT_THAT(seen.requests, testing::IsEmpty());
  EXPECT_THAT(seen.dom, Not(HasSubstr(">This chart could not be drawn")));
  EXPECT_THAT(seen.dom, Not(HasSubstr("<title>run</title>")));
  EXPECT_THAT(seen.dom, Not(HasSubstr("\u202e")));
  EXPECT_THAT(seen.dom, Not(HasSubstr("\x1b")));
}

TEST_F(Browser, DrawsEveryChartOfAJobWithHostileNames) {
  const std::string run = run_json(test::invented_run(kHostile, kHostile));
  const Model model = test::invented_model(kHostile, kHostile);
  const Evaluation evaluation = test::invented_evaluation(kHostile);
  Explanation pair = test::invented_explanation();
  pair.left.id = kHostile;
  pair.comparisons[0].left.as_written = kHostile;
  expect_sound(link_page({.run_json = run,
                          .model = model,
                          .samples = {&pair, 1},
                          .show_values = true,
                          .evaluation = &evaluation}));
}

TEST_F(Browser, DrawsThePlan) {
  Plan plan;
  plan.identities = 1000;
  plan.minted = 100;
  plan.changed = 7;
  GroupPlan families;
  families.digest = "of something";
  families.facts.groups = 400;
  families.facts.minted = 40;
  expect_sound(plan_page(plan, families, false));
}

TEST_F(Browser, DrawsAProfileWithHostileNames) {
  std::vector<FileReport> files = test::invented_profile();
  files[0].name = files[0].path = kHostile;
  files[0].columns[0].name = kHostile;
  files[0].columns[0].most_frequent[0].text = kHostile;
  files[0].columns[0].suspicious[0].most_frequent[0].text = kHostile;
  expect_sound(profile_page(files, {}));
}

// The test would see it: the same name in a page without the page's care.
TEST_F(Browser, WouldSeeAScriptThatRunsAndARequest) {
  const Seen seen = open_page(std::string("<!DOCTYPE html><title>x</title><body>") + kHostile);
  EXPECT_THAT(seen.dom, HasSubstr("<title>run</title>"));
  EXPECT_THAT(seen.requests, testing::Contains(HasSubstr("example.org")));
}

}  // namespace
}  // namespace tessera
