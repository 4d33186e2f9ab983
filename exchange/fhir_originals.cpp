#include "exchange/fhir_originals.hpp"

#include <algorithm>

#include "exchange/fhir_parts.hpp"
#include "exchange/input_files.hpp"
#include "exchange/json_parts.hpp"

namespace tessera {
namespace {

using Take = std::function<void(Node&, std::string_view)>;

// Tree and parts are of one text, so their children come in the same order. `parts` is nullptr for
// XML.
class ResourceWalk {
 public:
  ResourceWalk(std::string_view text, const Take& take) : text_(text), take_(take) {}

  void visit(Node& node, const JsonPart* part) {
    if (node.kind == Node::Kind::kArray) {
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        visit(node.children[i], child_of(part, i));
      }
      return;
    }
    if (text_at(node, "resourceType") != "Bundle") {
      take_(node, part == nullptr ? std::string_view()
                                  : text_.substr(part->begin, part->end - part->begin));
      return;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (node.children[i].key == "entry") entries(node.children[i], child_of(part, i));
    }
  }

 private:
  static const JsonPart* child_of(const JsonPart* part, std::size_t i) {
    return part == nullptr ? nullptr : &part->children.at(i);
  }

  void entries(Node& node, const JsonPart* part) {
    if (node.kind == Node::Kind::kArray) {
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        entries(node.children[i], child_of(part, i));
      }
      return;
    }
    const std::string url = text_at(node, "fullUrl");
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      Node& resource = node.children[i];
      if (resource.key != "resource") continue;
      if (!url.empty() && resource.kind == Node::Kind::kObject && !has(resource, "id")) {
        resource.children.push_back(text_node("id", reference_id(url)));
      }
      visit(resource, child_of(part, i));
    }
  }

  std::string_view text_;
  const Take& take_;
};

}  // namespace

void for_each_resource(std::span<const std::filesystem::path> files, const Take& take) {
  Import ignored;
  for (const std::filesystem::path& file : files) {
    for_each_document_text(file, ignored, [&](Node& root, std::string_view text) {
      ResourceWalk walk(text, take);
      if (text.empty()) {
        walk.visit(root, nullptr);
        return;
      }
      const JsonPart parts = json_parts(text);
      walk.visit(root, &parts);
    });
  }
}

std::map<std::string, std::string, std::less<>> original_patients(
    std::span<const std::filesystem::path> files,
    const std::set<std::string, std::less<>>& wanted) {
  std::set<std::string, std::less<>> names;
  for (const std::string& id : wanted) names.insert("Patient/" + id);
  std::map<std::string, std::string, std::less<>> found;
  for (auto& [name, text] : original_resources(files, names)) {
    found.emplace(name.substr(std::string_view("Patient/").size()), std::move(text));
  }
  return found;
}

std::map<std::string, std::string, std::less<>> original_resources(
    std::span<const std::filesystem::path> files,
    const std::set<std::string, std::less<>>& wanted) {
  std::map<std::string, std::string, std::less<>> found;
  std::map<std::string, std::string, std::less<>> updated;
  if (wanted.empty()) return found;
  for_each_resource(files, [&](Node& resource, std::string_view text) {
    if (text.empty()) return;
    const std::string id = text_at(resource, "resourceType") + "/" + resource_id(resource);
    if (!wanted.contains(id)) return;
    const std::string at = text_at(resource, "meta.lastUpdated");
    std::string& newest = updated[id];
    if (found.contains(id) && at < newest) return;
    newest = at;
    found[id] = compact_json(text, json_parts(text));
  });
  return found;
}

std::string add_identifier_json(std::string_view patient, std::string_view identifier) {
  const JsonPart parts = json_parts(patient);
  const std::string added(identifier);
  const JsonPart* list = parts.find("identifier");
  if (list == nullptr) {
    std::string member = parts.children.empty() ? "" : ",";
    member.append("\"identifier\":[").append(added).append("]");
    return edit_text(patient, {{parts.end - 1, parts.end - 1, member}});
  }
  if (list->kind == JsonPart::Kind::kArray) {
    std::string element = list->children.empty() ? "" : ",";
    element.append(added);
    return edit_text(patient, {{list->end - 1, list->end - 1, element}});
  }
  std::string rest = ",";
  rest.append(added).append("]");
  return edit_text(patient, {{list->begin, list->begin, "["}, {list->end, list->end, rest}});
}

std::string set_members_json(std::string_view object,
                             const std::vector<std::pair<std::string_view, std::string>>& members) {
  const JsonPart parts = json_parts(object);
  std::string out = "{";
  const auto put = [&](std::string_view key, std::string_view value) {
    if (out.size() > 1) out += ',';
    out += '"';
    out += key;
    out += "\":";
    out += value;
  };
  for (const JsonPart& part : parts.children) {
    const bool is_set = std::any_of(members.begin(), members.end(),
                                    [&](const auto& member) { return member.first == part.key; });
    if (!is_set) put(part.key, object.substr(part.begin, part.end - part.begin));
  }
  for (const auto& [key, value] : members) {
    if (!value.empty()) put(key, value);
  }
  return out + "}";
}

}  // namespace tessera
