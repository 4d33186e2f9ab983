// What a civil registration says of one event, whichever version wrote it: who was born, died or
// married, and their parents, spouses and informant.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exchange/import.hpp"
#include "exchange/record.hpp"

namespace tessera {

/// The event itself, once its people are known.
struct CrvsEvent {
  std::string id;
  std::string type;          ///< birth, death, marriage.
  std::string written_type;  ///< As the message has it.
  std::string status;
  std::string date;
  std::string registration_number;
  std::string tracking_id;
  std::string place;
  std::string reported;
  std::string updated_at;
  std::string contact_phone;  ///< Of whoever reported it.
  std::string contact_email;
  std::string informant_is;  ///< What the informant is to whose event it is, as written.
  /// Record ids by role: child, deceased, bride, groom, mother, father, spouse, informant.
  std::map<std::string, std::string, std::less<>> people;
};

/// The canonical type of an event: `birth` for BIRTH, birth-declaration, v2.birth.
std::string crvs_type(std::string_view written);

/// Whose event it is: child, deceased or bride.
std::string crvs_subject(const CrvsEvent& event);

/// Copies what a mother and a father are known by into their child's row: it is evidence for who
/// the child is, and a newborn has little else.
void take_parent(const Record& parent, std::string_view role, Record& child);

/// Adds the event, its registration number as an identifier of its subject (of both spouses), and
/// the relations: parents of a child or of a deceased, spouses, the informant.
/// `subject_row`: the subject's row before it is added, or none.
void add_crvs_event(const CrvsEvent& event, Import& import, Record* subject_row);

}  // namespace tessera
