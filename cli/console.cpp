#include "cli/console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace tessera {
namespace {

constexpr unsigned kBarWidth = 24;

// The share of a usual job's time that is over when each of link's nine stages begins; other
// commands count stages.
constexpr double kLinkShare[] = {0.0, 0.25, 0.35, 0.42, 0.62, 0.82, 0.90, 0.92, 0.94};

double share_done(unsigned number, unsigned of) {
  if (of == std::size(kLinkShare)) return kLinkShare[number - 1];
  return static_cast<double>(number - 1) / of;
}

}  // namespace

Console::Console(bool quiet) : quiet_(quiet), begin_(std::chrono::steady_clock::now()) {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  terminal_ = isatty(STDERR_FILENO) != 0 && !dumb;
  colour_ = terminal_ && std::getenv("NO_COLOR") == nullptr;
}

Console::~Console() {
  end_bar();
}

double Console::elapsed_s() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void Console::stage(std::string_view name, unsigned number, unsigned of) {
  if (quiet_) return;
  if (!terminal_) {
    fmt::print(stderr, "[{}/{}] {} ({})\n", number, of, name, duration_text(elapsed_s()));
    return;
  }
  const double done = share_done(number, of);
  const auto filled = static_cast<unsigned>(done * kBarWidth);
  const std::string left = done > 0.1 ? duration_text(elapsed_s() * (1 - done) / done) + " left"
                                      : std::string("estimating");
  const std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
  fmt::print(stderr, "\r\033[K{}[{}]{} {} {}/{}, {}", colour_ ? "\033[36m" : "", bar,
             colour_ ? "\033[0m" : "", name, number, of, left);
  std::fflush(stderr);
  bar_stands_ = true;
}

void Console::note(std::string_view text) {
  if (quiet_) return;
  end_bar();
  fmt::print(stderr, "{}\n", text);
}

void Console::warn(std::string_view text) {
  end_bar();
  fmt::print(stderr, "{}warning:{} {}\n", colour_ ? "\033[33m" : "", colour_ ? "\033[0m" : "",
             text);
}

void Console::end_bar() {
  if (!bar_stands_) return;
  fmt::print(stderr, "\r\033[K");
  bar_stands_ = false;
}

std::string duration_text(double elapsed_s) {
  if (elapsed_s < 60) return fmt::format("{:.2f} s", elapsed_s);
  const auto whole = static_cast<std::uint64_t>(elapsed_s);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string size_text(std::uint64_t size_bytes) {
  const auto bytes = static_cast<double>(size_bytes);
  return size_bytes < 1'000'000'000 ? fmt::format("{:.0f} MB", bytes / 1e6)
                                    : fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace tessera
