// What a command says on stderr: plain lines where it is no terminal, and numbers as people read
// them.
#include "cli/console.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <utility>

namespace tessera {
namespace {

using testing::MatchesRegex;

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

TEST(SizeText, IsInPowersOfTen) {
  const std::pair<std::uint64_t, const char*> kCases[] = {{0, "0 MB"},
                                                          {412'000'000, "412 MB"},
                                                          {999'000'000, "999 MB"},
                                                          {1'000'000'000, "1.0 GB"},
                                                          {1'310'000'000, "1.3 GB"},
                                                          {19'200'000'000, "19.2 GB"}};
  for (const auto& [bytes, text] : kCases) EXPECT_EQ(size_text(bytes), text);
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

TEST(ConsoleOffTerminal, SaysOnlyWarningsWhenQuiet) {
  const std::string text = said(true, [](Console& console) {
    console.stage("read", 1, 8);
    console.note("a note");
    console.warn("take care");
  });
  EXPECT_EQ(text, "warning: take care\n");
}

}  // namespace
}  // namespace tessera
