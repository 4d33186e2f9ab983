#include "cli/look_ups.hpp"

#include <string>

#include "report/known_people.hpp"

namespace tessera {

void bring_look_ups_along(const std::filesystem::path& registry, const RunLimits& limits,
                          Console& console) {
  const std::string note = console.watching(
      [&](const StageWatcher& watcher) { return bring_up_look_ups(registry, limits, watcher); });
  if (!note.empty()) console.note(note);
}

}  // namespace tessera
