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
    Flow{.name = "social-to-openimis",
         .help = "Beneficiaries of a social registry whom openIMIS does not have",
         .from = "social",
         .to = "openimis",
         .reads = "the social registry's files",
         .writes = "beneficiaries.csv   an upload for openIMIS's social protection\n"
                   "crosswalk.csv       whom it has: the lasting identifier, both records",
         .examples = "  tessera exchange social-to-openimis social=list:registry.csv --out enrol\n"
                     "  tessera exchange social-to-openimis social=dci:answers/ --since 4713 "
                     "--out enrol2",
         .run = social_to_openimis},
    Flow{.name = "openimis-to-social",
         .help = "What openIMIS knows of people that a social registry has otherwise or not at all",
         .from = "openimis",
         .to = "social",
         .reads = "the files of both",
         .writes = "changes.csv            changed details, under the receiver's own record ids\n"
                   "new.csv                people whom it does not have\n"
                   "notify_update.json     the same as SPDCI 1.0.0 messages\n"
                   "notify_register.json",
         .examples = "  tessera exchange openimis-to-social openimis=openimis-tables:export/ \\\n"
                     "    social=list:registry.csv --out changes",
         .run = openimis_to_social},
    Flow{.name = "openimis-duplicates",
         .help = "Records of openIMIS that are one person, as its deduplication tasks",
         .from = "openimis",
         .to = "",
         .reads = "openIMIS's files",
         .writes = "deduplication.json   count, ids and columnValues of each person",
         .examples = "  tessera exchange openimis-duplicates "
                     "openimis=social-protection:individuals.csv --out tasks",
         .run = openimis_duplicates},
};

}  // namespace

std::span<const Flow> exchange_flows() {
  return kFlows;
}

}  // namespace tessera
