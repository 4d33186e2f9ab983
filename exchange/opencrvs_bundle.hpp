// OpenCRVS 1.x: one event as a FHIR document bundle that is not valid FHIR.
#pragma once

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Whether a document is one: a Bundle that holds a Composition or a Task.
bool is_opencrvs_bundle(Node& document);

/// Reads the event. Roles come from the Composition's sections, the state from the Task (of older
/// states, TaskHistory, the times are counted only), places by name from the bundle's Locations.
/// A parent who does not apply (`active: false`, no name) is no person.
void read_opencrvs_bundle(Node& bundle, Import& import);

}  // namespace tessera
