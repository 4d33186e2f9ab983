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
        outbound.people.push_back(
            {.record = std::string(person.key()),
             .identifier = std::string(input.feed.identifier(how.record->entity)),
             .family = std::string(
                 input.feed.group_identifier(how.record->source, person["household"]))});
        result.count("beneficiaries to enrol");
        break;
      case Standing::kInsured:
        result.count("known to the receiver");
        break;
      default:
        people.count_left_out(how, person.key(), result);
        break;
    }
  }
  result.files["beneficiaries.csv"] = write_social_protection(outbound).text;
  result.files["crosswalk.csv"] = crosswalk_rows(input);
  put_family_crosswalk(input, result);
  return result;
}

}  // namespace tessera
