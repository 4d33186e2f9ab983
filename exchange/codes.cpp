#include "exchange/codes.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace tessera {
namespace {

/// A canonical word and all that is written for it, compact: small letters and digits only.
struct Words {
  std::string_view word;
  std::string_view written;  ///< Parted by blanks.
};

// Roles in a household, by the head. Sources: openIMIS's relations and individual_role, SPDCI
// RelationshipTypeEnum (HL7 v3 RoleCode), OpenCRVS informants.
constexpr Words kRoles[] = {
    {"head", "head self hoh headofhousehold headoffamily principal policyholder"},
    {"spouse", "spouse spous sps spse primspous husband husb wife partner dompart marriedpartner"},
    {"child",
     "child son daughter sondaughter sonordaughter soninlaw daughterinlaw nchild dau dauc sonc "
     "childadopt dauadopt sonadopt childfost daufost sonfost stpchild stpdau stpson stepchild "
     "stepson stepdaughter adoptedchild chldinlaw dauinlaw soninlaws"},
    {"parent",
     "parent mother father fathermother motherfather prn mth fth nmth nfth stpprn stpmth stpfth "
     "prninlaw mthinlaw fthinlaw motherinlaw fatherinlaw"},
    {"sibling",
     "sibling brother sister brothersister sib bro sis nsib nbro nsis hsib hbro hsis stpsib stpbro "
     "stpsis twin twinbro twinsis ftwin itwin sibinlaw broinlaw sisinlaw"},
    {"grandchild", "grandchild grandson granddaughter grndchild grndson grnddau"},
    {"grandparent",
     "grandparent grandparents grandfather grandmother grprn grfth grmth mgrfth mgrmth pgrfth "
     "pgrmth mgrprn pgrprn ggrprn ggrfth ggrmth"},
    {"relative",
     "relative otherrelative relation uncle aunt uncleaunt auntuncle cousin cousn nephew niece "
     "neice nienephew ext fammemb maunt paunt muncle puncle mcousn pcousn"},
    {"not_related", "notrelated nonrelative employee domestic friend frnd neighbour nbor roommate"},
    {"other", "other others"},
};

constexpr Words kRelations[] = {
    {"mother", "mother mth nmth gestm nmthf biologicalmother"},
    {"father", "father fth nfth nfthf biologicalfather"},
    {"parent", "parent prn nprn parent1 parent2"},
    {"spouse", "spouse spous sps spse primspous husband husb wife partner"},
    {"child", "child son daughter nchild dau dauc sonc childadopt stpchild"},
    {"sibling", "sibling brother sister sib bro sis twin"},
    {"guardian", "guardian guard legalguardian court caretaker head headoforphanage"},
    {"grandparent", "grandparent grandfather grandmother grprn grfth grmth"},
    {"grandchild", "grandchild grandson granddaughter grndchild grndson grnddau"},
    {"informant", "informant"},
    {"introducer", "introducer"},
    {"contact", "contact emergencycontact nok"},
    {"replaced_by", "replacedby"},
    {"replaces", "replaces"},
    {"refers_to", "refer refersto"},
    {"see_also", "seealso"},
    {"relative", "relative uncle aunt cousin nephew niece fammemb ext"},
    {"other", "other others someoneelse"},
};

constexpr Words kMarital[] = {
    {"single", "single s u nevermarried unmarried neverm"},
    {"married", "married m polygamous p"},
    {"divorced", "divorced d i"},
    {"widowed", "widowed widow widower w"},
    {"separated", "separated l legallyseparated"},
    {"partnered", "partnered t domesticpartner cohabiting"},
    {"unknown", "n unk unknown notstated"},
};

struct TypeWords {
  IdentifierType type;
  std::string_view written;
};

// Sources: openIMIS openimis-identifiers and identification types, OpenCRVS specs, SPDCI
// IdentifierTypeEnum, MOSIP's handles.
constexpr TypeWords kTypes[] = {
    {{"national_id", true},
     "nid nationalid nationalidentifier nationalidnumber nin ni n nationalidcard idnumber"},
    {{"uin", true}, "uin uniqueidentificationnumber"},
    {{"perpetual_vid", true}, "vidperpetual perpetual"},
    {{"temporary_vid", false}, "vidtemporary temporary temporaryvid vid onetimeuse"},
    {{"partner_token", false}, "tokenid token psut authtoken partnertoken pairwisesubject"},
    {{"birth_registration", true},
     "brn birthregistrationnumber birthcertificateid birthcertificatenumber birthregno"},
    {{"marriage_registration", true}, "mrn marriageregistrationnumber"},
    {{"death_registration", true}, "drn deathregistrationnumber deathregno"},
    {{"tracking_id", false}, "birthtrackingid deathtrackingid marriagetrackingid trackingid"},
    {{"insurance_id", true}, "chfid insurancenumber insuranceid code sb"},
    {{"record_uuid", true}, "uuid"},
    {{"record_id", false}, "dbid acsn"},
    {{"passport", true}, "p passport passportnumber ppn"},
    {{"driving_licence", true}, "d dl drivinglicence driverslicense drivinglicense"},
    {{"voter_card", true}, "v votercard voterid"},
    {{"refugee", true}, "refugeenumber alien aliennumber refugeeid"},
    {{"social_security", true}, "ssn ss socialsecurity socialsecuritynumber"},
    {{"household_id", true}, "householdid household hhid"},
    {{"programme_id", true}, "programmeidentifier beneficiaryid"},
    {{"bank_account", false}, "accountnumber bankaccount"},
    {{"registration_request", false}, "rid aid introducerrid draftid"},
};

std::string compact(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80) {
      out += c;
    }
  }
  return out;
}

bool lists(std::string_view written, std::string_view word) {
  while (!written.empty()) {
    const std::size_t end = std::min(written.size(), written.find(' '));
    if (written.substr(0, end) == word) return true;
    written.remove_prefix(std::min(written.size(), end + 1));
  }
  return false;
}

std::string_view word_in(std::span<const Words> table, std::string_view code) {
  const std::string word = compact(code);
  if (word.empty()) return {};
  for (const Words& words : table) {
    if (compact(words.word) == word || lists(words.written, word)) return words.word;
  }
  return {};
}

const TypeWords* type_of(const std::string& word) {
  if (word.empty()) return nullptr;
  const auto found = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const TypeWords& type) {
    return compact(type.type.type) == word || lists(type.written, word);
  });
  return found == std::end(kTypes) ? nullptr : found;
}

}  // namespace

std::string_view canonical_word(CodeTable table, std::string_view code) {
  switch (table) {
    case CodeTable::kRole:
      return word_in(kRoles, code);
    case CodeTable::kRelation:
      return word_in(kRelations, code);
    case CodeTable::kMarital:
      return word_in(kMarital, code);
  }
  return {};
}

std::string_view openimis_role(std::string_view number) {
  constexpr std::array<std::string_view, 9> kByNumber = {
      "",      "sibling", "parent", "relative", "child", "grandparent", "not_related",
      "other", "spouse"};
  if (number.size() != 1 || number[0] < '1' || number[0] > '8') return {};
  return kByNumber[static_cast<std::size_t>(number[0] - '0')];
}

IdentifierType identifier_type(std::string_view code, std::string_view authority) {
  const TypeWords* found = type_of(compact(code));
  if (found == nullptr && authority.find(':') != std::string_view::npos) {
    found = type_of(compact(authority.substr(authority.find_last_of("/:#") + 1)));
  }
  return found == nullptr ? IdentifierType{"other", true} : found->type;
}

}  // namespace tessera
