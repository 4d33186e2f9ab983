// A registry of three systems and what each of them says, for the tests of flows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/flow.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera::test {

/// A store with the sources client, openimis and crvs, in which strangers stand already so that a
/// model is learned. Persons are who `same` says they are: nobody is linked by likeness.
class FlowWorld {
 public:
  FlowWorld();

  /// Gives messages of one source: a JSON text read by `read`. Its persons go into the registry at
  /// `apply`. A further call replaces the source's messages and adds its persons.
  void say(const std::string& source, std::string_view text, void (*read)(Node&, Import&));
  /// Two records are one person, by decision.
  void same(const std::string& a, const std::string& b);
  /// Whether the registry has a record of that name, as `source:id`.
  bool has(const std::string& record) const;
  /// Two records wait for review.
  void doubt(const std::string& a, const std::string& b);
  /// Loads and decides what is new, and applies.
  void apply();

  /// Loads the families of all that was said, whole, and applies: they have lasting identifiers.
  void keep_families();

  /// The feed since an event; lives as long as the world.
  const Feed& feed(std::int64_t since = 0);
  /// What a flow is given, of a feed that `feed` reads. `from` and `to` are sources.
  FlowInput input(const std::string& from, const std::string& to, std::int64_t since = 0);

  SmallRegistry registry;

 private:
  std::map<std::string, FlowSource> sources_;
  std::vector<FlowSource> given_;
  std::vector<std::pair<std::string, std::string>> pairs_;
  std::optional<Feed> feed_;
};

/// A list of OpenCRVS 2.x events.
void read_event_logs(Node& list, Import& import);

/// The lines of a text.
std::vector<std::string> lines_of_text(const std::string& text);

/// What was counted under a name; 0 if nothing was.
std::uint64_t counted(const FlowResult& result, std::string_view what);

}  // namespace tessera::test
