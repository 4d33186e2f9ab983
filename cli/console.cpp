#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/eta.hpp"

namespace tessera {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned kBarWidth = 24;
constexpr double kLeastDone = 0.1;  // of a run; before, what is left is a guess
constexpr std::chrono::milliseconds kRedraw{250};
constexpr std::chrono::seconds kRepeat{10};  // of a plain line

}  // namespace

/// The stage at hand, shown from when it begins: a bar in place, or a line and one again now and
/// then. Its thread draws; whoever calls only says what is new.
class Console::Bar {
 public:
  Bar(bool terminal, bool colour) : terminal_(terminal), colour_(colour), begin_(Clock::now()) {}

  ~Bar() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
      erase();
    }
    wake_.notify_all();
    if (drawer_.joinable()) drawer_.join();
  }

  /// quietly: off a terminal a stage is no line when it begins.
  void watch(const StageProgress& progress, bool quietly) {
    const std::lock_guard lock(mutex_);
    const bool begins = progress.number != eta_.number() || progress.stage != eta_.stage();
    eta_.watch(progress, elapsed_s());
    shown_ = true;
    if (begins && (terminal_ || !quietly)) {
      draw();
    } else if (begins) {
      drawn_ = Clock::now();
    }
    if (!drawer_.joinable()) drawer_ = std::thread([this] { keep_drawing(); });
  }

  /// Runs `print` where no bar stands.
  template <class Print>
  void beside(const Print& print) {
    const std::lock_guard lock(mutex_);
    erase();
    print();
  }

 private:
  double elapsed_s() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }

  void keep_drawing() {
    std::unique_lock lock(mutex_);
    while (!over_) {
      if (terminal_) {
        wake_.wait_for(lock, kRedraw);
      } else {
        wake_.wait_for(lock, kRepeat);
        if (Clock::now() - drawn_ < kRepeat) continue;  // a stage began meanwhile
      }
      if (!over_ && shown_) draw();
    }
  }

  void draw() {
    drawn_ = Clock::now();
    const double now_s = elapsed_s();
    const double done = eta_.share_done(now_s);
    const std::optional<double> left =
        done >= kLeastDone ? eta_.left_s(now_s) : std::optional<double>();
    if (terminal_) {
      draw_bar(now_s, left ? done : 0.0, left);
    } else {
      fmt::print(stderr, "[{}/{}] {} ({}{})\n", eta_.number(), eta_.of(), eta_.stage(),
                 duration_text(now_s), left ? ", about " + coming_text(*left) + " left" : "");
    }
  }

  void draw_bar(double now_s, double done, std::optional<double> left) {
    const auto filled = std::min(kBarWidth, static_cast<unsigned>(done * kBarWidth));
    const std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
    const std::string place =
        eta_.of() > 1 ? fmt::format(" {}/{}", eta_.number(), eta_.of()) : std::string();
    const std::string time = left ? fmt::format("{:.0f} %, {} left", done * 100, coming_text(*left))
                                  : fmt::format("{} so far", coming_text(now_s));
    fmt::print(stderr, "\r\033[K{}[{}]{} {}{}, {}", colour_ ? "\033[36m" : "", bar,
               colour_ ? "\033[0m" : "", eta_.stage(), place, time);
    std::fflush(stderr);
    stands_ = true;
  }

  void erase() {
    shown_ = false;
    if (!stands_) return;
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    stands_ = false;
  }

  const bool terminal_;
  const bool colour_;
  const Clock::time_point begin_;
  std::mutex mutex_;  // of all that follows, and of what is printed
  std::condition_variable wake_;
  Eta eta_;
  Clock::time_point drawn_;
  bool shown_ = false;   // a stage is at hand
  bool stands_ = false;  // its bar is on the screen
  bool over_ = false;
  std::thread drawer_;
};

Console::Console(bool quiet) : quiet_(quiet) {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool terminal = isatty(STDERR_FILENO) != 0 && !dumb;
  colour_ = terminal && std::getenv("NO_COLOR") == nullptr;
  bar_ = std::make_unique<Bar>(terminal, colour_);
}

Console::~Console() = default;

void Console::watch(const StageProgress& progress) {
  if (!quiet_) bar_->watch(progress, false);
}

void Console::begin_quietly(std::string_view what) {
  if (!quiet_) bar_->watch({what, 1, 1}, true);
}

StageWatcher Console::quiet_watcher() {
  return [this](const StageProgress& progress) {
    if (!quiet_) bar_->watch(progress, true);
  };
}

void Console::clear() {
  bar_->beside([] {});
}

void Console::stage(std::string_view name, unsigned number, unsigned of) {
  watch({name, number, of});
}

StageWatcher Console::watcher() {
  return [this](const StageProgress& progress) { watch(progress); };
}

void Console::note(std::string_view text) {
  if (quiet_) return;
  bar_->beside([&] { fmt::print(stderr, "{}\n", text); });
}

void Console::warn(std::string_view text) {
  bar_->beside([&] {
    fmt::print(stderr, "{}warning:{} {}\n", colour_ ? "\033[33m" : "", colour_ ? "\033[0m" : "",
               text);
  });
}

std::string duration_text(double elapsed_s) {
  if (elapsed_s < 60) return fmt::format("{:.2f} s", elapsed_s);
  const auto whole = static_cast<std::uint64_t>(elapsed_s);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string coming_text(double left_s) {
  const auto whole = static_cast<std::uint64_t>(std::max(1.0, std::ceil(left_s)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace tessera
