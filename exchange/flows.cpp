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
    Flow{.name = "openimis-to-client",
         .help = "The insurer's number on each linked client, and which clients are one person",
         .from = "openimis",
         .to = "client",
         .reads = "openIMIS's files and the client registry's",
         .writes =
             "insurer_ids.ndjson  IHE ITI-104: conditional PUTs, 500 a batch, of the Patients as "
             "the client registry has them, with the number added\n"
             "merges.ndjson       IHE PMIR: messages that clients are replaced by others",
         .examples = "  tessera exchange openimis-to-client openimis=openimis-tables:export/ "
                     "client=fhir:pages/ \\\n"
                     "    --system http://insurer.example/number --since 4713 --out feed",
         .takes_system = true,
         .run = openimis_to_client},
    Flow{.name = "crvs-to-openimis",
         .help = "Newborns into their mothers' families; deaths end, marriages link",
         .from = "crvs",
         .to = "openimis",
         .reads = "the civil registration's events and openIMIS's files",
         .writes = "changes.ndjson  one FHIR transaction a change: a Patient to create, a Patient "
                   "who died, the RelatedPersons of a couple\n"
                   "changes.csv     all changes, also the coverages that end with a death",
         .examples = "  tessera exchange crvs-to-openimis crvs=opencrvs:events.ndjson \\\n"
                     "    openimis=openimis-tables:export/ --since 4713 --again "
                     "monday/exceptions.csv --out tuesday",
         .takes_system = true,
         .run = crvs_to_openimis},
    Flow{.name = "crvs-duplicates",
         .help = "For registrars: the potential duplicates of each event",
         .from = "crvs",
         .to = "",
         .reads = "the civil registration's events",
         .writes = "duplicates.ndjson  an event a line: its id and potentialDuplicates (id, "
                   "trackingId, reason)",
         .examples = "  tessera exchange crvs-duplicates crvs=opencrvs:events.ndjson --out dups",
         .run = crvs_duplicates},
    Flow{.name = "eligibility",
         .help = "Which clients are insured on a day, by their own coverage or the family head's",
         .from = "client",
         .to = "openimis",
         .reads = "the client registry's files and openIMIS's",
         .writes = "eligibility.csv     a line a client whom openIMIS insures: covered or not, by "
                   "which policy, from when to when\n"
                   "eligibility.ndjson  of FHIR files: the answer to each "
                   "CoverageEligibilityRequest in them",
         .examples = "  tessera exchange eligibility client=fhir:pages/ "
                     "openimis=openimis-tables:export/ --on 2026-11-25",
         .follows_events = false,
         .takes_day = true,
         .run = eligibility},
    Flow{.name = "claims",
         .help = "Claims, eligibility requests and referrals under the receiver's patient",
         .from = "client",
         .to = "openimis",
         .reads = "the sender's files (patients and claims; FHIR, or openIMIS's tables) and the "
                  "receiver's files",
         .writes = "claims.ndjson  a resource a line, as it was but for its patient; of tables a "
                   "Claim written from them",
         .examples =
             "  tessera exchange claims client=fhir:patients.ndjson client=fhir:claims.ndjson \\\n"
             "    openimis=openimis-tables:export/ --out claims\n"
             "  tessera exchange claims --from openimis --to client openimis=fhir:pages/ "
             "client=fhir:patients/",
         .follows_events = false,
         .run = claims},
    Flow{.name = "transfer",
         .help = "Persons who go from one insurer or programme to another, with all their claims",
         .from = "openimis",
         .to = "insurer",
         .reads = "the sender's files (people, families, coverages, claims; FHIR, or openIMIS's "
                  "tables), the receiver's files, and with --people a CSV of who moves: record_id "
                  "(the sender's), and "
                  "new_head where a family is parted; --on is their first day with the receiver",
         .writes = "receiver.ndjson       one FHIR transaction a family: Patients and Group where "
                   "they are new, Coverages that begin, all claims under the receiver's patient\n"
                   "sender.ndjson         the same for a sender of FHIR: Coverages that end, who "
                   "leaves, who heads the family now\n"
                   "undo_receiver.ndjson  what takes all of it back\n"
                   "undo_sender.ndjson\n"
                   "transfer.csv          every change in words, with what was before\n"
                   "totals.csv            claims and sums of each person: sent = had",
         .examples = "  tessera exchange transfer openimis=fhir:export/ insurer=fhir:other/ \\\n"
                     "    --people movers.csv --on 2026-07-01 --out july\n"
                     "  tessera exchange transfer openimis=fhir:export/ insurer=list:other.csv "
                     "--people movers.csv \\\n"
                     "    --on 2026-07-01 --product BASIC --out july",
         .follows_events = false,
         .takes_day = true,
         .takes_people = true,
         .run = transfer},
    Flow{.name = "referrals",
         .help = "The referrals of all facilities, one chain a person",
         .from = "client",
         .to = "",
         .reads = "files with referrals, of as many sources as have some",
         .writes = "referrals.csv  a line a referral, by person and day",
         .examples = "  tessera exchange referrals client=fhir:hospital/ "
                     "openimis=openimis-tables:export/ --out chains",
         .follows_events = false,
         .run = referrals},
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
                   "matched.csv            people whom both have: the receiver's id, the lasting "
                   "identifier, all details\n"
                   "matched.json           the same as JSON\n"
                   "notify_update.json     the same as SPDCI 1.0.0 messages\n"
                   "notify_register.json\n"
                   "updates.csv            of a receiver with social protection files: the upload "
                   "that updates its people",
         .examples = "  tessera exchange openimis-to-social openimis=openimis-tables:export/ \\\n"
                     "    social=list:registry.csv --out changes",
         .run = openimis_to_social},
    Flow{.name = "openimis-to-insurer",
         .help = "Changed details of people whom another insurer or programme has, under its ids",
         .from = "openimis",
         .to = "insurer",
         .reads = "the files of both, in any format: FHIR, tables, lists",
         .writes = "changes.csv         changed details, under the receiver's own record ids\n"
                   "notify_update.json  the same as an SPDCI 1.0.0 message\n"
                   "updates.csv         of a receiver with social protection files: the upload "
                   "that updates its people",
         .examples = "  tessera exchange openimis-to-insurer openimis=openimis-tables:export/ \\\n"
                     "    insurer=fhir:other/ --since 4713 --out changes\n"
                     "  tessera exchange openimis-to-insurer --to cash openimis=fhir:export/ "
                     "cash=list:programme.csv",
         .run = openimis_to_insurer},
    Flow{.name = "dci-answers",
         .help = "What openIMIS has of people whom another registry searches by their numbers",
         .from = "openimis",
         .to = "social",
         .reads = "openIMIS's files; of who asks SPDCI files: its searches, and its people, whose "
                  "numbers and links are followed too",
         .writes =
             "answers.ndjson  an SPDCI 1.0.0 on-search message a line, one a message that asks",
         .examples = "  tessera exchange dci-answers openimis=openimis-tables:export/ \\\n"
                     "    social=dci:searches.json --out answers",
         .follows_events = false,
         .run = dci_answers},
    Flow{.name = "openimis-duplicates",
         .help = "Records of openIMIS that are one person, as its deduplication tasks",
         .from = "openimis",
         .to = "",
         .reads = "openIMIS's files",
         .writes = "deduplication.json   count, ids and columnValues of each person",
         .examples = "  tessera exchange openimis-duplicates "
                     "openimis=social-protection:individuals.csv --out tasks",
         .run = openimis_duplicates},
    Flow{.name = "openimis-to-mosip",
         .help = "Requests for MOSIP to check what openIMIS says of people",
         .from = "openimis",
         .to = "",
         .reads = "openIMIS's files",
         .writes = "authentication.ndjson  a person a line: the UIN or perpetual VID, the lasting "
                   "identifier, demographics",
         .examples = "  tessera exchange openimis-to-mosip openimis=list:insured.csv --out check",
         .run = openimis_to_mosip},
};

}  // namespace

std::span<const Flow> exchange_flows() {
  return kFlows;
}

}  // namespace tessera
