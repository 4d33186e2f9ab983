#include "exchange/flows.hpp"

#include <array>

namespace tessera {
namespace {

// A new flow: its function in a file of its own (flow_NAME.cpp), declared in flows.hpp, and an
// entry here. The command, its help, the manual and the completions follow from the entry.
constexpr std::array kFlows = {
    Flow{.name = "client-to-openimis",
         .help = "People of a client registry whom openIMIS does not have, with their families",
         .from = "client",
         .to = "openimis",
         .reads = "the client registry's files; openIMIS's too, so that newcomers join the family "
                  "that openIMIS has",
         .writes =
             "enrolment.ndjson   one FHIR transaction a family: Patients and their Group\n"
             "crosswalk.csv      who is insured already: the lasting identifier, both records",
         .examples = "  tessera exchange client-to-openimis client=fhir:pages/ --out enrol\n"
                     "  tessera exchange client-to-openimis client=fhir:pages/ "
                     "openimis=openimis-tables:export/ \\\n"
                     "    --since 4713 --again enrol/exceptions.csv --out enrol2",
         .run = client_to_openimis},
};

}  // namespace

std::span<const Flow> exchange_flows() {
  return kFlows;
}

}  // namespace tessera
