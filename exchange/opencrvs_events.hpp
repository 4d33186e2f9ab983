// OpenCRVS 2.x: an event as the log of the actions on it.
#pragma once

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Whether a document is one: an object with a list `actions`.
bool is_event_log(Node& document);

/// The declaration that the accepted actions add up to, in the order in which they were made and
/// not in the log's, so that messages out of order end the same. An accepted action that answers a
/// requested one takes what that one declared; a correction counts once it is approved; drafts,
/// requested and rejected actions, and what a certificate was printed with do not count. Keys with
/// points (`child.name`) become objects within objects.
/// Source: opencrvs-core, packages/commons/src/events, aggregateActionDeclarations (release 2.0).
Node fold_actions(Node& log);

/// Reads the event and its people.
void read_event_log(Node& log, Import& import);

}  // namespace tessera
