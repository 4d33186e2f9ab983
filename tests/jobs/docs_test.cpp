// The shell blocks of README and docs, run as they stand.
//
// A block that opens with ```sh runs in a folder with a few extracts under the names that docs use.
// One that opens with ```console runs too, line by line behind `$ `, and each command must print
// what stands below it; `…` there stands for whatever is left out. The blocks of one page run one
// after another, as a reader would. Blocks that build the project or need the labelled sets open
// otherwise and are left alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <span>
#include <sstream>
#include <utility>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// A command of a console block, and what the page shows of its output.
struct Shown {
  std::string command;
  std::string output;
};

/// The blocks of a page that run, as one script. What command n of `shown` writes on standard
/// output lands in `.console.n`.
struct PageScript {
  std::string script;
  std::vector<Shown> shown;
};

PageScript script_of(const std::string& page) {
  std::istringstream lines(page);
  PageScript of;
  std::string block;
  bool continued = false;  // a command that ends with a backslash goes on
  const auto end_command = [&] {
    of.script += "} > .console." + std::to_string(of.shown.size() - 1) + "\n";
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      block = block.empty() ? line : "";
    } else if (block == "```sh") {
      of.script += line + "\n";
    } else if (block == "```console" && (continued || line.starts_with("$ "))) {
      const std::string command = continued ? line : line.substr(2);
      if (!continued) {
        of.shown.push_back({command, ""});
        of.script += "{ ";
      }
      of.script += command + "\n";
      continued = line.ends_with("\\");
      if (!continued) end_command();
    } else if (block == "```console" && !of.shown.empty()) {
      of.shown.back().output += line + "\n";
    }
  }
  return of;
}

// Within a line `…` stands for any text.
bool is_line_shown(std::string_view shown, std::string_view line) {
  constexpr std::string_view kAny = "…";
  const std::size_t any = shown.find(kAny);
  if (any == std::string_view::npos) return shown == line;
  if (!line.starts_with(shown.substr(0, any))) return false;
  const std::string_view rest = shown.substr(any + kAny.size());
  for (std::size_t from = any; from <= line.size(); ++from) {
    if (is_line_shown(rest, line.substr(from))) return true;
  }
  return false;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return lines;
}

// A line that is `…` stands for any number of lines.
bool is_shown(std::span<const std::string> shown, std::span<const std::string> lines) {
  if (shown.empty()) return lines.empty();
  if (shown.front() == "…") {
    for (std::size_t from = 0; from <= lines.size(); ++from) {
      if (is_shown(shown.subspan(1), lines.subspan(from))) return true;
    }
    return false;
  }
  return !lines.empty() && is_line_shown(shown.front(), lines.front()) &&
         is_shown(shown.subspan(1), lines.subspan(1));
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

// A folder as the pages expect it: extracts under the names that they use, and what they may read
// of the project under its own name.
void make_ready(const TemporaryFolder& folder) {
  const CommandResult ready = run_script(
      folder,
      "tessera generate --records 600 --seed 2 --out in >made.txt\n"
      "cp in/client.csv a.csv; cp in/social.csv b.csv; cp in/crvs.csv c.csv; cp a.csv "
      "beneficiaries.csv; cp in/truth.csv truth.csv; gzip -k b.csv; rm -r in made.txt\n");
  ASSERT_EQ(ready.exit_code, 0) << ready.err;
  const std::filesystem::path root = TESSERA_SOURCE_DIR;
  std::filesystem::create_directory_symlink(root / "docs", folder.path() / "docs");
  std::filesystem::create_directory_symlink(root / "tests", folder.path() / "tests");
}

TEST(Docs, EveryShellBlockRunsAndPrintsWhatThePageShows) {
  int scripts = 0;
  std::size_t outputs = 0;
  for (const std::filesystem::path& page : pages()) {
    const PageScript of = script_of(text_of(page));
    if (of.script.empty()) continue;
    SCOPED_TRACE(page.filename().string());
    const TemporaryFolder folder;
    make_ready(folder);
    const CommandResult result = run_script(folder, of.script);
    EXPECT_EQ(result.exit_code, 0) << of.script << result.out << result.err;
    for (std::size_t i = 0; i < of.shown.size(); ++i) {
      const std::string printed = text_of(folder.path() / (".console." + std::to_string(i)));
      EXPECT_TRUE(is_shown(lines_of(of.shown[i].output), lines_of(printed)))
          << "$ " << of.shown[i].command << "\n"
          << printed << "\nbut the page shows\n\n"
          << of.shown[i].output;
    }
    outputs += of.shown.size();
    ++scripts;
  }
  EXPECT_GE(scripts, 3) << "no blocks were found";
  EXPECT_GE(outputs, 3U) << "no outputs were found";
}

/// A command line of a block that a page shows: its words, up to what is piped or said of it.
using Words = std::vector<std::string>;

// Every `tessera …` within the page's blocks, whether they run or not.
std::vector<Words> commands_shown(const std::string& page) {
  std::istringstream lines(page);
  std::vector<Words> commands;
  bool in_block = false;
  std::string whole;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) in_block = !in_block;
    if (!in_block) continue;
    whole += line;
    if (whole.ends_with("\\")) {
      whole.back() = ' ';
      continue;
    }
    std::istringstream stream(std::exchange(whole, ""));
    Words* at = nullptr;
    bool first = true;  // only a command's place begins one
    for (std::string word; stream >> word;) {
      if (word.starts_with("#")) break;  // the rest is a remark
      const bool ends = word == "|" || word == "&&" || word.ends_with(";");
      if (at != nullptr) at->push_back(word);
      if (first && (word == "tessera" || word.ends_with("/tessera"))) {
        at = &commands.emplace_back();
      }
      if (ends) at = nullptr;
      first = word == "$" || ends;
    }
  }
  return commands;
}

// What `tessera WORDS --help` says of the command that the words begin with.
class Helps {
 public:
  const std::string& of(const Words& words) {
    std::string name;
    const std::string* help = &text("");
    for (const std::string& word : words) {
      const bool is_option = word.starts_with("-");
      if (is_option || help->find("\n  " + word + " ") == std::string::npos) break;
      name += word + " ";
      help = &text(name);
    }
    return *help;
  }

 private:
  const std::string& text(const std::string& name) {
    const auto found = texts_.find(name);
    if (found != texts_.end()) return found->second;
    return texts_[name] = run_script(folder_, "tessera " + name + "--help\n").out;
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> texts_;
};

// Also of blocks that do not run, as they speak of files that a reader has and the test has not.
TEST(Docs, EveryCommandAndOptionThatAPageShowsIsThere) {
  Helps helps;
  std::size_t options = 0;
  for (const std::filesystem::path& page : pages()) {
    for (const Words& words : commands_shown(text_of(page))) {
      const std::string& help = helps.of(words);
      const bool named = !words.empty() && !words.front().starts_with("-");
      SCOPED_TRACE(page.filename().string() + ": tessera " + (named ? words.front() : ""));
      EXPECT_THAT(help, HasSubstr("Usage: tessera" + (named ? " " + words.front() : "")));
      for (const std::string& word : words) {
        if (!word.starts_with("--")) continue;
        ++options;
        const std::string option = word.substr(0, word.find_first_of("=;`)"));
        EXPECT_THAT(help, testing::ContainsRegex(option + "[ ,\n]")) << option;
      }
    }
  }
  EXPECT_GT(options, 50U) << "no options were found";
}

TEST(Docs, CommandsAreFoundWhereverABlockShowsThem) {
  const auto shown = commands_shown(
      "tessera no\n```\n$ tessera link a.csv \\\n  --out b | head\nx tessera no\n"
      "tessera plan && tessera apply # tessera no\n```\n");
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0], (Words{"link", "a.csv", "--out", "b", "|"}));
  EXPECT_EQ(shown[1], (Words{"plan", "&&"}));
  EXPECT_EQ(shown[2], (Words{"apply"}));
}

TEST(Docs, ABlockThatFailsIsSeen) {
  const TemporaryFolder folder;
  EXPECT_EQ(script_of("text\n```sh\ntessera lnik a.csv\n```\n```\nfalse\n```\n").script,
            "tessera lnik a.csv\n");
  EXPECT_EQ(run_script(folder, "tessera lnik a.csv\ntrue\n").exit_code, 2);
}

TEST(Docs, AnOutputThatDiffersIsSeen) {
  const PageScript of = script_of(
      "```console\n$ echo one; echo two\none\ntwo\n$ printf 'a b\\n' \\\n  | cat\n…\n```\n");
  ASSERT_EQ(of.shown.size(), 2U);
  EXPECT_EQ(of.shown[0].output, "one\ntwo\n");
  EXPECT_EQ(of.shown[1].output, "…\n");
  const TemporaryFolder folder;
  ASSERT_EQ(run_script(folder, of.script).exit_code, 0);
  EXPECT_EQ(text_of(folder.path() / ".console.0"), "one\ntwo\n");
  EXPECT_EQ(text_of(folder.path() / ".console.1"), "a b\n");
  const auto shows = [](const std::string& shown, const std::string& printed) {
    return is_shown(lines_of(shown), lines_of(printed));
  };
  EXPECT_TRUE(shows("one\n…\nfour\n", "one\ntwo\nthree\nfour\n"));
  EXPECT_TRUE(shows("a…c…\n", "a b c d\n"));
  EXPECT_FALSE(shows("a…c\n", "a b c d\n"));
  EXPECT_FALSE(shows("one\ntwo\n", "one\ntwo\nthree\n"));
  EXPECT_FALSE(shows("one\n…\nfive\n", "one\ntwo\nfour\n"));
}

}  // namespace
}  // namespace tessera::test
