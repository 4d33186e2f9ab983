// What a command says on stderr: plain lines where it is no terminal, and numbers as people read
// them.
#include "cli/console.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <utility>

namespace tessera {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

// Standard error is a file while it is captured, so never a terminal.
std::string said(bool quiet, const std::function<void(Console&)>& talk) {
  testing::internal::CaptureStderr();
  {
    Console console(quiet);
    talk(console);
  }
  return testing::internal::GetCapturedStderr();
}

TEST(DurationText, ShowsSecondsThenMinutes) {
  const std::pair<double, const char*> kCases[] = {
      {0.0, "0.00 s"},     {0.004, "0.00 s"},    {0.43, "0.43 s"},       {59.5, "59.50 s"},
      {60.0, "1 min 0 s"}, {72.9, "1 min 12 s"}, {3725.0, "62 min 5 s"},
  };
  for (const auto& [seconds, text] : kCases) EXPECT_EQ(duration_text(seconds), text);
}

// Off a terminal, work in stages says nothing unless it lasts.
TEST(ConsoleOffTerminal, WatchesStagesInSilence) {
  int result = 0;
  const std::string text = said(false, [&](Console& console) {
    result = console.watching([](const StageWatcher& watcher) {
      watcher({"read", 1, 2});
      watcher({"judge", 2, 2});
      return 7;
    });
  });
  EXPECT_EQ(result, 7);
  EXPECT_EQ(text, "");
}

TEST(ConsoleOffTerminal, TellsStagesAsPlainLines) {
  const std::string text = said(false, [](Console& console) {
    console.stage("read", 1, 8);
    console.stage("clean", 2, 8);
  });
  EXPECT_THAT(text, MatchesRegex("\\[1/8\\] read \\([0-9.]+ s\\)\n"
                                 "\\[2/8\\] clean \\([0-9.]+ s\\)\n"));
}

TEST(ConsoleOffTerminal, HasNoColourAndNoBar) {
  const std::string text = said(false, [](Console& console) {
    console.stage("read", 1, 8);
    console.note("a note");
    console.warn("take care");
  });
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
  EXPECT_TRUE(text.ends_with("a note\nwarning: take care\n"));
}

TEST(ConsoleOffTerminal, AShortWorkIsNoLine) {
  int result = 0;
  const std::string text = said(
      false, [&](Console& console) { result = console.during("index records", [] { return 7; }); });
  EXPECT_EQ(result, 7);
  EXPECT_EQ(text, "");
}

TEST(ConsoleOffTerminal, SaysOnlyWarningsWhenQuiet) {
  const std::string text = said(true, [](Console& console) {
    console.stage("read", 1, 8);
    console.note("a note");
    console.warn("take care");
  });
  EXPECT_EQ(text, "warning: take care\n");
}

TEST(ComingText, IsInWholeSecondsRoundedUp) {
  const std::pair<double, const char*> kCases[] = {
      {0.0, "1 s"},        {0.2, "1 s"},        {1.1, "2 s"},          {59.0, "59 s"},
      {59.5, "1 min 0 s"}, {65.0, "1 min 5 s"}, {7384.0, "2 h 3 min"},
  };
  for (const auto& [seconds, text] : kCases) EXPECT_EQ(coming_text(seconds), text);
}

// Standard error as a terminal while it lives.
class Terminal {
 public:
  Terminal() {
    setenv("TERM", "xterm", 1);
    EXPECT_EQ(openpty(&screen_, &line_, nullptr, nullptr, nullptr), 0);
    fcntl(screen_, F_SETFL, O_NONBLOCK);
    before_ = dup(STDERR_FILENO);
    dup2(line_, STDERR_FILENO);
  }
  ~Terminal() {
    dup2(before_, STDERR_FILENO);
    for (const int file : {screen_, line_, before_}) close(file);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // What was shown since the last call.
  std::string shown() const {
    std::string text;
    char part[4096];
    for (ssize_t n; (n = read(screen_, part, sizeof part)) > 0;) {
      text.append(part, static_cast<std::size_t>(n));
    }
    return text;
  }

 private:
  int screen_ = -1;
  int line_ = -1;
  int before_ = -1;
};

TEST(ConsoleOnTerminal, DrawsABarWhenAStageBeginsAndErasesItInTheEnd) {
  const Terminal terminal;
  {
    Console console(false);
    console.stage("apply", 1, 1);
    EXPECT_THAT(terminal.shown(), HasSubstr("[........................]"));
    console.note("a note");
    EXPECT_THAT(terminal.shown(), AllOf(HasSubstr("\r\033[K"), HasSubstr("a note")));
    console.stage("write", 2, 3);
    EXPECT_THAT(terminal.shown(), HasSubstr("write 2/3"));
  }
  EXPECT_TRUE(terminal.shown().ends_with("\r\033[K"));
}

TEST(ConsoleOnTerminal, ABarStandsWhileAWorkLastsAndNotLonger) {
  const Terminal terminal;
  Console console(false);
  std::string meanwhile;
  console.during("check the registry", [&] { meanwhile = terminal.shown(); });
  EXPECT_THAT(meanwhile, HasSubstr("check the registry, 1 s so far"));
  EXPECT_TRUE(terminal.shown().ends_with("\r\033[K"));
}

TEST(ConsoleOnTerminal, SaysHowLongItStillTakes) {
  const Terminal terminal;
  Console console(false);
  const double expected_s[] = {1e-6, 1e-6};
  console.watch({"read", 1, 2, 0.0, expected_s});
  console.watch({"write", 2, 2, 0.9, expected_s});
  EXPECT_THAT(terminal.shown(), HasSubstr(" %, 1 s left"));
}

// Whoever works tells as often as is handy; the bar is drawn when a stage begins, and by its own
// thread.
TEST(ConsoleOnTerminal, ToldOftenItDrawsNoMore) {
  const Terminal terminal;
  Console console(false);
  const double expected_s[] = {1.0};
  for (int i = 0; i < 2000; ++i) console.watch({"look up records", 1, 1, i / 2000.0, expected_s});
  const std::string shown = terminal.shown();
  std::size_t bars = 0;
  for (std::size_t at = 0; (at = shown.find("look up records", at)) != std::string::npos; ++at) {
    ++bars;
  }
  EXPECT_GE(bars, 1U);
  EXPECT_LT(bars, 200U);
}

TEST(ConsoleOnTerminal, ColoursUnlessToldNotTo) {
  const Terminal terminal;
  unsetenv("NO_COLOR");
  Console(false).stage("read", 1, 2);
  EXPECT_THAT(terminal.shown(), HasSubstr("\033[36m"));
  setenv("NO_COLOR", "1", 1);
  Console(false).stage("read", 1, 2);
  EXPECT_THAT(terminal.shown(), Not(HasSubstr("\033[36m")));
  unsetenv("NO_COLOR");
}

}  // namespace
}  // namespace tessera
