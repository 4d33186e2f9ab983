// What a command shows while it works: a bar with the time still to go on a terminal, plain lines
// otherwise; all on stderr.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/stage_watch.hpp"

namespace tessera {

/// Messages of one command. Colour and bars only on a terminal, never with NO_COLOR set or
/// TERM=dumb. On a terminal the bar is drawn anew four times a second by a thread of its own;
/// elsewhere a stage is a line when it begins, and again every ten seconds that it lasts.
class Console {
 public:
  explicit Console(bool quiet);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Where the run is. The bar shows how much of it is done and how long it still takes, once a
  /// tenth of it is over and it is known how long its stages should take (cli/eta.hpp).
  void watch(const StageProgress& progress);

  /// A stage begins; `number` of `of`.
  void stage(std::string_view name, unsigned number, unsigned of);

  /// Runs `work`, which tells nothing of itself, and returns its result: on a terminal a bar counts
  /// its seconds, elsewhere it is a line only if it lasts.
  template <class Work>
  auto during(std::string_view what, const Work& work) {
    begin_quietly(what);
    const struct Clear {
      Console& console;
      ~Clear() { console.clear(); }
    } clear{*this};
    return work();
  }

  /// The same for work in several stages: it is given a watcher to tell of them.
  template <class Work>
  auto watching(const Work& work) {
    const struct Clear {
      Console& console;
      ~Clear() { console.clear(); }
    } clear{*this};
    return work(quiet_watcher());
  }

  /// No bar stands until the next stage: for what is printed meanwhile.
  void clear();

  /// What to give a run to be watched. The console must outlive the run.
  StageWatcher watcher();

  /// One line of information. A bar that stands is ended first.
  void note(std::string_view text);

  /// One line that begins with `warning:`.
  void warn(std::string_view text);

 private:
  class Bar;
  void begin_quietly(std::string_view what);
  StageWatcher quiet_watcher();

  bool quiet_ = false;
  bool colour_ = false;
  std::unique_ptr<Bar> bar_;
};

/// `0.43 s`, `1 min 12 s`.
std::string duration_text(double elapsed_s);

/// Of a time to come, in whole seconds rounded up: `1 s`, `59 s`, `1 min 5 s`, `2 h 3 min`.
std::string coming_text(double left_s);

}  // namespace tessera
