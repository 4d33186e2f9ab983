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

// A page that shows page.html as a screen of `kNarrow` pixels does, and then says what is cut
// there: texts that reach out of their drawing, and the page itself where it is wider than the
// screen.
constexpr int kNarrow = 390;
constexpr const char* kNarrowScreen = R"html(<!DOCTYPE html><title>narrow</title>
<body><iframe id="screen" src="page.html" style="width:390px;height:3000px;border:0"></iframe>
<pre id="cut"></pre><script>
const timer = setInterval(() => {
  const page = document.getElementById("screen").contentDocument;
  if (!page || !page.documentElement.hasAttribute("data-drawn")) return;
  clearInterval(timer);
  const cut = [];
  for (const drawing of page.querySelectorAll("svg")) {
    const box = drawing.getBoundingClientRect();
    for (const text of drawing.querySelectorAll("text")) {
      const own = text.getBoundingClientRect();
      if (own.right > box.right + 1 || own.left < box.left - 1) cut.push(text.textContent);
    }
  }
  document.getElementById("cut").textContent =
    "texts cut: " + cut.length + " of " + page.querySelectorAll("svg text").length + " " +
    cut.join("; ") + " | width: " + page.documentElement.scrollWidth;
}, 50);
</script>)html";

/// `outer`: a page that shows the page; empty: the page itself is opened.
Seen open_page(const std::string& html, const std::string& outer = {}) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "page.html", std::ios::binary) << html;
  if (!outer.empty()) std::ofstream(folder.path() / "outer.html", std::ios::binary) << outer;
  const std::string opened = outer.empty() ? "page.html" : "outer.html";
  const std::string log = (folder.path() / "net.json").string();
  const test::CommandResult result = test::run_command(
      kBrowser,
      {"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
       "--disable-features=NetworkTimeServiceQuerying", "--host-resolver-rules=MAP * ~NOTFOUND",
       "--disable-background-networking", "--disable-component-update", "--no-first-run",
       "--user-data-dir=" + (folder.path() / "profile").string(), "--log-net-log=" + log,
       "--enable-logging=stderr", "--virtual-time-budget=30000", "--window-size=1000,1200",
       "--allow-file-access-from-files", "--dump-dom",
       "file://" + (folder.path() / opened).string()},
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

// What the narrow screen says of a page; empty if it says nothing.
std::string seen_on_a_narrow_screen(const std::string& html) {
  const std::string dom = open_page(html, kNarrowScreen).dom;
  const std::size_t begin = dom.find("texts cut: ");
  return begin == std::string::npos ? "" : dom.substr(begin, dom.find("</pre>", begin) - begin);
}

void expect_nothing_cut(const Page& page) {
  const std::string seen = seen_on_a_narrow_screen(page_html(page));
  EXPECT_THAT(seen, testing::StartsWith("texts cut: 0 of "));
  EXPECT_THAT(seen, Not(testing::StartsWith("texts cut: 0 of 0 ")));
  const std::size_t width = seen.find("width: ");
  ASSERT_NE(width, std::string::npos) << seen;
  EXPECT_LE(std::stoi(seen.substr(width + 7)), kNarrow) << seen;
}

TEST_F(Browser, ANarrowScreenCutsNothingOfAJob) {
  const std::string name = "a_source_of_a_long_name";
  const std::string run = run_json(test::invented_run(name, "first_name_of_the_person"));
  const Model model = test::invented_model("first_name_of_the_person", "prefix(family_name,3)");
  const Evaluation evaluation = test::invented_evaluation(name);
  const Explanation pair = test::invented_explanation();
  expect_nothing_cut(link_page(
      {.run_json = run, .model = model, .samples = {&pair, 1}, .evaluation = &evaluation}));
}

TEST_F(Browser, ANarrowScreenCutsNothingOfAProfile) {
  expect_nothing_cut(profile_page(test::invented_profile(), {}));
}

TEST_F(Browser, WouldSeeATextThatIsCut) {
  EXPECT_THAT(seen_on_a_narrow_screen(
                  "<!DOCTYPE html><html data-drawn=\"1\"><svg width=\"100\"><text x=\"90\" "
                  "y=\"9\">a long text</text></svg>"),
              testing::StartsWith("texts cut: 1 of 1 a long text"));
}

// The test would see it: the same name in a page without the page's care.
TEST_F(Browser, WouldSeeAScriptThatRunsAndARequest) {
  const Seen seen = open_page(std::string("<!DOCTYPE html><title>x</title><body>") + kHostile);
  EXPECT_THAT(seen.dom, HasSubstr("<title>run</title>"));
  EXPECT_THAT(seen.requests, testing::Contains(HasSubstr("example.org")));
}

}  // namespace
}  // namespace tessera
