#include "exchange/tree.hpp"

#include <algorithm>

namespace tessera {
namespace {

/// One step of a path: a key and perhaps a filter.
struct Step {
  std::string_view key;
  std::string_view filter_path;
  std::string_view filter_value;
  char filter = 0;  ///< 0, `=` or `~`.
};

// Takes the first step off `path`.
Step take_step(std::string_view& path) {
  Step step;
  std::size_t end = 0;
  while (end < path.size() && path[end] != '.' && path[end] != '[') ++end;
  step.key = path.substr(0, end);
  if (end < path.size() && path[end] == '[') {
    const std::size_t close = std::min(path.find(']', end), path.size());
    const std::string_view inside = path.substr(end + 1, close - end - 1);
    const std::size_t sign = std::min(inside.find_first_of("=~"), inside.size());
    step.filter_path = inside.substr(0, sign);
    if (sign < inside.size()) {
      step.filter = inside[sign];
      step.filter_value = inside.substr(sign + 1);
    }
    end = std::min(close + 1, path.size());
  }
  path.remove_prefix(std::min(path.size(), end + 1));
  return step;
}

bool ends_with_word(std::string_view text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  return text.size() == word.size() || text[text.size() - word.size() - 1] == '/';
}

bool passes(Node& node, const Step& step) {
  if (step.filter == 0) return true;
  bool found = false;
  for (Node* leaf : select(node, step.filter_path)) {
    if (leaf->kind != Node::Kind::kText) continue;
    if (step.filter == '=' ? leaf->text == step.filter_value
                           : ends_with_word(leaf->text, step.filter_value)) {
      if (leaf->use == Node::Use::kNone) leaf->use = Node::Use::kRead;
      found = true;
    }
  }
  return found;
}

// `node`, or what is in it where it is an array.
void flatten(Node& node, const Step& step, std::vector<Node*>& out) {
  if (node.kind == Node::Kind::kArray) {
    for (Node& inner : node.children) flatten(inner, step, out);
  } else if (passes(node, step)) {
    out.push_back(&node);
  }
}

void walk(Node& node, std::string_view path, std::vector<Node*>& out) {
  if (path.empty()) {
    flatten(node, {}, out);
    return;
  }
  if (node.kind == Node::Kind::kArray) {
    for (Node& inner : node.children) walk(inner, path, out);
    return;
  }
  const Step step = take_step(path);
  std::vector<Node*> found;
  for (Node& inner : node.children) {
    if (inner.key == step.key) flatten(inner, step, found);
  }
  for (Node* next : found) {
    if (path.empty()) {
      out.push_back(next);
    } else {
      walk(*next, path, out);
    }
  }
}

std::string_view last_part(std::string_view url) {
  return url.substr(url.rfind('/') + 1);
}

std::string step_name(const Node& node) {
  if (node.kind == Node::Kind::kObject) {
    for (const Node& inner : node.children) {
      if (inner.key == "url" && node.key == "extension") {
        return "extension[" + std::string(last_part(inner.text)) + "]";
      }
    }
  }
  return node.key;
}

void collect(const Node& node, Node::Use use, const std::string& path,
             std::vector<std::string>& out) {
  if (node.kind == Node::Kind::kText) {
    if (node.use == use && !node.text.empty()) out.push_back(path);
    return;
  }
  const bool in_list = node.kind == Node::Kind::kArray;
  for (const Node& inner : node.children) {
    if (in_list) {
      // A list's key is its members' name.
      Node named;
      named.key = node.key;
      named.kind = inner.kind;
      for (const Node& part : inner.children) {
        if (part.key == "url") named.children.push_back(text_node("url", part.text));
      }
      const std::size_t stem = path.size() - std::min(path.size(), node.key.size());
      collect(inner, use, path.substr(0, stem) + step_name(named), out);
      continue;
    }
    if (inner.key == "url" && path.ends_with(']')) continue;  // told by the path itself
    const std::string name = step_name(inner);
    collect(inner, use, path + (path.empty() || name.empty() ? "" : ".") + name, out);
  }
}

}  // namespace

std::vector<Node*> select(Node& root, std::string_view path) {
  std::vector<Node*> out;
  walk(root, path, out);
  return out;
}

std::string text_at(Node& root, std::string_view path) {
  for (Node* node : select(root, path)) {
    if (node->kind != Node::Kind::kText || node->text.empty()) continue;
    if (node->use == Node::Use::kNone) node->use = Node::Use::kRead;
    return node->text;
  }
  return {};
}

bool has(Node& root, std::string_view path) {
  return !select(root, path).empty();
}

Node& child(Node& object, std::string_view key) {
  for (Node& inner : object.children) {
    if (inner.key == key) return inner;
  }
  object.kind = Node::Kind::kObject;
  object.children.emplace_back();
  object.children.back().key = key;
  return object.children.back();
}

Node text_node(std::string_view key, std::string_view text) {
  Node node;
  node.key = key;
  node.text = text;
  node.kind = Node::Kind::kText;
  return node;
}

void mark_read(Node& root) {
  if (root.use == Node::Use::kNone) root.use = Node::Use::kRead;
  for (Node& inner : root.children) mark_read(inner);
}

void unmap(Node& root) {
  if (root.use == Node::Use::kMapped) root.use = Node::Use::kRead;
  for (Node& inner : root.children) unmap(inner);
}

std::vector<std::string> paths_of(const Node& root, Node::Use use) {
  std::vector<std::string> out;
  collect(root, use, "", out);
  return out;
}

std::vector<std::string> mapped_texts(const Node& root) {
  std::vector<std::string> out;
  if (root.kind == Node::Kind::kText && root.use == Node::Use::kMapped) out.push_back(root.text);
  for (const Node& inner : root.children) {
    for (std::string& text : mapped_texts(inner)) out.push_back(std::move(text));
  }
  return out;
}

}  // namespace tessera
