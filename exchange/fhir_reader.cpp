#include "exchange/fhir_reader.hpp"

#include <array>

#include "exchange/fhir_insurance.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/fhir_people.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

/// A resource type and who reads it.
struct ResourceReader {
  std::string_view type;
  void (*read)(Node& resource, Import& import);
};

constexpr ResourceReader kReaders[] = {{"Patient", read_patient},
                                       {"RelatedPerson", read_related_person},
                                       {"Group", read_group},
                                       {"Coverage", read_coverage},
                                       {"Claim", read_claim},
                                       {"ClaimResponse", read_claim},
                                       {"CoverageEligibilityRequest", read_claim},
                                       {"ServiceRequest", read_service_request}};

void read_resource(Node& resource, Import& import);

// Who was deleted at the sender: an event of the person, for only a whole file (--full) says that a
// record is gone. Of other resources, and where a search says which, it is only counted.
void read_deletion(Node& entry, Import& import) {
  const std::string url = text_at(entry, "request.url");
  const std::size_t slash = url.find('/');
  const bool names_one = slash != std::string::npos && url.find('?') == std::string::npos;
  if (!names_one || url.substr(0, slash) != "Patient") {
    import.leave_out("entry that deletes");
    return;
  }
  for (const char* path : {"request.url", "request.method", "response.lastModified"}) {
    for (Node* leaf : select(entry, path)) mark_mapped(*leaf);
  }
  const std::string person = reference_id(url);
  Record event(import, CanonicalTable::kEvent, "delete-" + person);
  event.set("type", "deletion", "request.method");
  import.keep_raw(CanonicalTable::kEvent, "delete-" + person, "type",
                  {"deletion", Repair::kCoded}, text_at(entry, "request.method"), "request.method");
  event.set("record_id", person, "request.url");
  event.set("date", text_at(entry, "response.lastModified"), "response.lastModified");
  event.set("updated_at", text_at(entry, "response.lastModified"), "response.lastModified");
  event.add();
  import.remark(
      "persons deleted at the sender: a registry keeps them until a whole file (--full) "
      "lacks them");
  import.end_document(entry, "entry");
}

void read_bundle(Node& bundle, Import& import) {
  if (has(bundle, "link[relation=next]")) {
    import.remark("bundle with a next page: give all pages");
  }
  for (Node* entry : select(bundle, "entry")) {
    const std::string method = text_at(*entry, "request.method");
    const std::vector<Node*> resources = select(*entry, "resource");
    if (method == "DELETE") {
      read_deletion(*entry, import);
      continue;
    }
    if (resources.empty()) {
      import.leave_out("entry without a resource");
      continue;
    }
    for (Node* resource : resources) {
      const std::string url = text_at(*entry, "fullUrl");
      if (!has(*resource, "id") && !url.empty()) {
        Node& id = child(*resource, "id");
        id.kind = Node::Kind::kText;
        id.text = reference_id(url);
      }
      read_resource(*resource, import);
    }
  }
}

void read_resource(Node& resource, Import& import) {
  const std::string type = text_at(resource, "resourceType");
  if (type == "Bundle") {
    read_bundle(resource, import);
    return;
  }
  for (const ResourceReader& reader : kReaders) {
    if (reader.type != type) continue;
    reader.read(resource, import);
    import.end_document(resource, type);
    return;
  }
  if (type.empty()) {
    import.reject("", "is no FHIR resource: it has no resourceType");
  } else {
    import.leave_out(type + " resource");
  }
}

}  // namespace

void read_fhir(Node& document, Import& import) {
  if (document.kind == Node::Kind::kArray) {
    for (Node& resource : document.children) read_resource(resource, import);
    return;
  }
  read_resource(document, import);
}

}  // namespace tessera
