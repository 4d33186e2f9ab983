// A flow: what one system is told of another's people, as messages that it reads. Each flow has a
// file of its own, flow_NAME.cpp; the table of all of them is in flows.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/import.hpp"
#include "registry/feed.hpp"

namespace tessera {

/// One source of the registry as it came: what `NAME=FORMAT:FILE` names.
struct FlowSource {
  std::string name;
  std::string format;
  std::vector<std::filesystem::path> files;  ///< Files, no folders.
  Import tables;                             ///< Finished.
};

/// What a flow is given.
struct FlowInput {
  const Feed& feed;
  std::span<const FlowSource> sources;
  std::string from;    ///< The source whose people the flow tells of.
  std::string to;      ///< The source that is told.
  std::string on;      ///< A day that something is judged by, `2026-11-25`; empty: none was given.
  std::string system;  ///< The system of the identifiers that the flow hands on; empty: its own.

  /// Records, as `source:record_id`, that an exchange before held back and that are due again.
  std::set<std::string, std::less<>> again;

  /// Whether the receiver is to hear of the record: an event since then names a record that its
  /// identity has, or had, in one of the two sources; or it was held back before.
  bool is_due(const FeedRecord& record) const;
  /// As is_due, or one of the two sources says otherwise of the person than before: for flows that
  /// tell details. Who was enrolled once is not enrolled again for a changed detail.
  bool has_news(const FeedRecord& record) const;
  /// The tables of a source; nullptr where no file of it was given.
  const FlowSource* find(std::string_view name) const;
  /// Throws Error(kUsage), saying what to give, where `find` finds none.
  const FlowSource& need(std::string_view name) const;
  /// The place of a source in the feed. REQUIRES: it is `from` or `to` of a flow that takes one.
  std::size_t place(std::string_view name) const { return feed.source(name).value(); }
};

/// A record that nothing was sent for, and why. A row of exceptions.csv.
struct FlowException {
  std::string source;
  std::string record;  ///< Of a person, claim, family or event.
  std::string what;    ///< Which of these.
  std::string reason;
};

/// What a flow gives: texts of files, and an account of all that it looked at.
struct FlowResult {
  std::map<std::string, std::string> files;  ///< By name; may be empty texts.
  std::vector<FlowException> exceptions;
  /// What was counted, in the order in which it is told.
  std::vector<std::pair<std::string, std::uint64_t>> counts;

  void count(std::string_view what, std::uint64_t more = 1);
  void except(std::string_view source, std::string_view record, std::string_view what,
              std::string_view reason);
};

/// An entry of the table of flows.
struct Flow {
  std::string_view name;
  std::string_view help;    ///< One line.
  std::string_view from;    ///< The usual name of the source told of (`--from`).
  std::string_view to;      ///< The usual name of the one told (`--to`); empty: it takes none.
  std::string_view reads;   ///< What to give.
  std::string_view writes;  ///< The files, and what stands in each.
  std::string_view examples;
  bool follows_events = true;  ///< `--since`, `--again`; else it answers for all that it is given.
  bool takes_day = false;      ///< `--on DATE`
  bool takes_system = false;   ///< `--system URI`
  FlowResult (*run)(const FlowInput& input) = nullptr;
};

/// All flows, in the order of docs/exchange.md.
std::span<const Flow> exchange_flows();

/// exceptions.csv, sorted: `source,record_id,what,reason`.
std::string exceptions_csv(const FlowResult& result);

/// exchange.json: the flow, `since`, `next`, what was counted, exceptions by reason, the digest of
/// each file read. Counts alone; never a value.
std::string exchange_json(const Flow& flow, const FlowInput& input, std::int64_t since,
                          const FlowResult& result);

/// Writes the result's files, exceptions.csv and exchange.json into `folder`; they appear together.
/// Throws Error: kResource, kBusy as OutputFolder.
void write_flow(const std::filesystem::path& folder, const FlowResult& result,
                std::string_view facts);

}  // namespace tessera
