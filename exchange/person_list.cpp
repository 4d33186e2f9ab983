#include "exchange/person_list.hpp"

#include <algorithm>
#include <array>

#include "data/digest.hpp"
#include "engine/propose_names.hpp"
#include "exchange/codes.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

// Columns that name the record, best first; compact names.
constexpr std::array<std::string_view, 14> kIdColumns = {
    "recordid",      "recid",      "registrantid", "individualid", "personid",
    "beneficiaryid", "memberid",   "insureeid",    "uuid",         "id",
    "uin",           "nationalid", "nid",          "patientid"};

// Columns that are no property of a person but place them in a household.
constexpr std::array<std::string_view, 7> kHouseholdColumns = {
    "groupcode", "householdid", "household", "householdnumber", "familyid", "hhid", "groupid"};
constexpr std::array<std::string_view, 7> kRoleColumns = {
    "individualrole",     "householdrole",   "role", "relationship", "relationtohead",
    "relationshiptohead", "relationshiphead"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A leaf of a row with the path that leads to it.
struct Leaf {
  std::string name;  ///< Keys parted by points.
  std::string key;   ///< The last of them.
  std::string compact;
  Node* node = nullptr;
};

void collect(Node& node, const std::string& path, std::vector<Leaf>& out) {
  if (node.kind == Node::Kind::kText) {
    mark_mapped(node);
    // Of a value deeper in the row the last key says what it is.
    const std::string key = path.substr(path.rfind('.') + 1);
    if (!node.text.empty()) out.push_back({path, key, compact_name(key), &node});
    return;
  }
  for (Node& inner : node.children) {
    const std::string next =
        path.empty() || inner.key.empty() ? path + inner.key : path + "." + inner.key;
    collect(inner, next, out);
  }
}

const Leaf* id_leaf(const std::vector<Leaf>& leaves) {
  for (const Leaf& leaf : leaves) {
    if (leaf.name == "ID" && is_uuid(leaf.node->text)) return &leaf;
  }
  for (const std::string_view wanted : kIdColumns) {
    for (const Leaf& leaf : leaves) {
      if (leaf.compact == wanted) return &leaf;
    }
  }
  return nullptr;
}

const Leaf* leaf_of(const std::vector<Leaf>& leaves, std::string_view compact) {
  const auto found = std::find_if(leaves.begin(), leaves.end(),
                                  [&](const Leaf& leaf) { return leaf.compact == compact; });
  return found == leaves.end() ? nullptr : &*found;
}

constexpr std::string_view kLastingVid = "vid-perpetual";

// Unless a row says that it lasts, a VID is taken for one that does not (MOSIP's vidType).
std::string vid_code_of(const std::vector<Leaf>& leaves) {
  const Leaf* type = leaf_of(leaves, "vidtype");
  return type != nullptr && compact_name(type->node->text) == "perpetual" ? std::string(kLastingVid)
                                                                          : "vid-temporary";
}

// The same for the same content, whatever the order of the columns.
std::string content_id(const std::vector<Leaf>& leaves) {
  std::vector<std::string> texts;
  for (const Leaf& leaf : leaves) texts.push_back(leaf.compact + "=" + leaf.node->text + "\n");
  std::sort(texts.begin(), texts.end());
  Digest digest;
  for (const std::string& text : texts) digest.update(text);
  return "row-" + digest.hex();
}

// The person's column for a name, if it has one that says the whole of it: a birth year alone does
// not fill birth_date.
std::string_view person_column(std::string_view name) {
  if (compact_name(name) == "emailid") return "email";
  const std::optional<NamedMeaning> meaning = meaning_of_name(name);
  if (!meaning) return {};
  switch (meaning->meaning) {
    case Meaning::kBirthYear:
    case Meaning::kBirthMonth:
    case Meaning::kBirthDay:
    case Meaning::kStreetName:
    case Meaning::kStreetNumber:
      return {};
    case Meaning::kUpdated:
      return "updated_at";
    case Meaning::kNationality:
      return compact_name(name).starts_with("country") ? "country" : "nationality";
    default:
      break;
  }
  const std::string_view column = canonical_name(meaning->meaning);
  return column_of(CanonicalTable::kPerson, column) ? column : std::string_view();
}

// Whether an object has a name as people have: a registry or a place has a `name` too, but no sex,
// birth date, phone or number.
bool is_person(const Node& object) {
  bool whole_name = false;
  bool more = false;
  for (const Node& inner : object.children) {
    if (inner.kind != Node::Kind::kText) continue;
    const std::string_view column = person_column(inner.key);
    if (column == "given_name" || column == "family_name") return true;
    whole_name = whole_name || column == "full_name";
    more = more || column == "birth_date" || column == "sex" || column == "phone" ||
           column == "national_id" || column == "insurance_id";
  }
  return whole_name && more;
}

// The lists of people anywhere in `object`, not looking into the people themselves.
void find_lists(Node& object, std::vector<Node*>& out) {
  for (Node& inner : object.children) {
    if (inner.kind == Node::Kind::kArray) {
      const bool people = std::any_of(inner.children.begin(), inner.children.end(), is_person);
      if (people) {
        out.push_back(&inner);
      } else {
        for (Node& deeper : inner.children) find_lists(deeper, out);
      }
    } else if (inner.kind == Node::Kind::kObject) {
      find_lists(inner, out);
    }
  }
}

}  // namespace

bool is_uuid(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : kHex.find(text[i]) == std::string_view::npos) return false;
  }
  return true;
}

void read_list_row(Node& row, Import& import) {
  std::vector<Leaf> leaves;
  collect(row, "", leaves);
  if (leaves.empty()) return;
  const std::string vid_code = vid_code_of(leaves);
  const Leaf* named = id_leaf(leaves);
  // A VID names a record if it lasts, and nothing else does.
  if (named == nullptr && vid_code == kLastingVid) named = leaf_of(leaves, "vid");
  if (named == nullptr) import.remark("row without an id: named by its content");
  Record person(import, CanonicalTable::kPerson,
                named == nullptr ? content_id(leaves) : named->node->text);
  std::string household;
  std::string role;
  for (const Leaf& leaf : leaves) {
    const std::string& text = leaf.node->text;
    const IdentifierType type = identifier_type(leaf.compact, "");
    if (is_one_of(kHouseholdColumns, leaf.compact)) {
      household = text;
      person.set("household", text, leaf.name);
    } else if (is_one_of(kRoleColumns, leaf.compact)) {
      role = text;
      person.set("household_role", text, leaf.name);
    } else if (type.type != "other" && leaf.compact.size() > 2) {
      add_identifier(import,
                     {.owner_id = person.id(),
                      .code = leaf.compact == "vid" ? vid_code : leaf.name,
                      .authority = {},
                      .value = text,
                      .start = {},
                      .end = {},
                      .assigner = {},
                      .path = leaf.name},
                     &person);
    } else if (&leaf == named) {
      continue;  // it is the record's name
    } else if (const std::string_view column = person_column(leaf.key); !column.empty()) {
      person.set(column, text, leaf.name);
    } else {
      person.detail(leaf.name, text, leaf.name);
    }
  }
  if (!household.empty()) {
    Record family(import, CanonicalTable::kFamily, household);
    family.add();
    add_membership(import, household, person.id(), role, "row");
  }
  person.add();
}

std::string_view list_column(std::string_view name) {
  const std::string compact = compact_name(name);
  if (is_one_of(kHouseholdColumns, compact)) return "household";
  if (is_one_of(kRoleColumns, compact)) return "household_role";
  if (list_identifier(name)) return {};
  return person_column(name);
}

bool list_identifier(std::string_view name) {
  const std::string compact = compact_name(name);
  return compact.size() > 2 && identifier_type(compact, "").type != "other";
}

bool is_record_id_column(std::string_view name) {
  return is_one_of(kIdColumns, compact_name(name));
}

std::string list_record_id(Node& row) {
  std::vector<Leaf> leaves;
  collect(row, "", leaves);
  const Leaf* named = id_leaf(leaves);
  return named == nullptr ? std::string() : named->node->text;
}

void read_list_document(Node& document, Import& import) {
  if (document.kind == Node::Kind::kArray) {
    for (Node& inner : document.children) read_list_document(inner, import);
    return;
  }
  if (document.kind == Node::Kind::kNull) {
    import.leave_out("null in a list");
    return;
  }
  if (document.kind != Node::Kind::kObject) {
    import.reject("", "is no object, so no person");
    return;
  }
  std::vector<Node*> lists;
  find_lists(document, lists);
  if (!lists.empty()) {
    for (Node* list : lists) read_list_document(*list, import);
    return;
  }
  if (!is_person(document)) {
    import.reject("", "holds no person: no name in it, and no list of objects with names");
    return;
  }
  read_list_row(document, import);
  import.end_document(document, "row");
}

}  // namespace tessera
