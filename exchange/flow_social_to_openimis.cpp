// Social registry → openIMIS: beneficiaries to enrol, as the upload of its social protection
// module.
#include "exchange/crosswalk_rows.hpp"
#include "exchange/enrolment.hpp"
#include "exchange/flows.hpp"
#include "exchange/table_view.hpp"
#include "exchange/write_lists.hpp"

namespace tessera {

FlowResult social_to_openimis(const FlowInput& input) {
  FlowResult result;
  const FlowSource& source = input.need(input.from);
  const Enrolment people(input);
  Outbound outbound{source.tables, {}};
  for (const TableRow& person : all_rows(source.tables, CanonicalTable::kPerson)) {
    const PersonStanding how = people.standing(person);
    switch (how.standing) {
      case Standing::kNew:
        outbound.people.push_back({std::string(person.key()),
                                   std::string(input.feed.identifier(how.record->entity)), ""});
        result.count("beneficiaries to enrol");
        break;
      case Standing::kInsured:
        result.count("known to the receiver");
        break;
      case Standing::kSentBefore:
        result.count("nothing new since then");
        break;
      case Standing::kGone:
        result.count("dead or no longer in use");
        break;
      case Standing::kTwice:
        result.count("further records of one person");
        break;
      case Standing::kHeldBack:
        result.count("held back");
        result.except(input.from, person.key(), "person", how.reason);
        break;
    }
  }
  result.files["beneficiaries.csv"] = write_social_protection(outbound, Upload::kEnrol).text;
  result.files["crosswalk.csv"] = crosswalk_rows(input);
  return result;
}

}  // namespace tessera
