#include "exchange/json_tree.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using nlohmann::json;

constexpr const char* kTooDeep = "nests deeper than 64 values; such a message is refused";
constexpr const char* kTooMany =
    "holds more than 4,000,000 values; split it into pages or write one record a line (NDJSON)";

/// Builds the tree as the parser goes: `open_` is the way down to where it is.
class TreeBuilder : public nlohmann::json_sax<json> {
 public:
  explicit TreeBuilder(Node& root) { open_.push_back(&root); }

  bool null() override { return put(Node::Kind::kNull, {}); }
  bool boolean(bool value) override { return put(Node::Kind::kText, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return put(Node::Kind::kText, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return put(Node::Kind::kText, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return put(Node::Kind::kText, text);
  }
  bool string(string_t& value) override { return put(Node::Kind::kText, std::move(value)); }
  bool binary(binary_t&) override { return false; }  // not in JSON texts
  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t) override { return open(Node::Kind::kObject); }
  bool start_array(std::size_t) override { return open(Node::Kind::kArray); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const json::exception& fault) override {
    position_ = position;
    // 101 is the parser's own; others tell of numbers out of range.
    what_ = fault.id == 101 ? "is not valid JSON" : "holds a number that is out of range";
    return false;
  }

  const std::string& what() const { return what_; }
  std::size_t position() const { return position_; }

 private:
  Node* place() {
    if (++values_ > kMaxValues) {
      what_ = kTooMany;
      return nullptr;
    }
    if (open_.size() == 1 && !has_root_) {
      has_root_ = true;
      return open_.front();
    }
    Node& parent = *open_.back();
    parent.children.emplace_back();
    if (parent.kind == Node::Kind::kObject) parent.children.back().key = std::move(key_);
    return &parent.children.back();
  }

  bool put(Node::Kind kind, std::string text) {
    Node* node = place();
    if (node == nullptr) return false;
    node->kind = kind;
    node->text = std::move(text);
    return true;
  }

  bool open(Node::Kind kind) {
    if (open_.size() > static_cast<std::size_t>(kMaxDepth)) {
      what_ = kTooDeep;
      return false;
    }
    Node* node = place();
    if (node == nullptr) return false;
    node->kind = kind;
    open_.push_back(node);
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<Node*> open_;  // a parent's children grow only while it is the last one here
  std::string key_;
  std::string what_;
  std::size_t position_ = 0;
  std::size_t values_ = 0;
  bool has_root_ = false;
};

}  // namespace

TreeFault fault_at(std::string_view text, std::size_t offset, std::string what) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  TreeFault fault;
  fault.what = std::move(what);
  fault.line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t last = before.rfind('\n');
  fault.column = before.size() - (last == std::string_view::npos ? 0 : last + 1) + 1;
  return fault;
}

TreeFault parse_json(std::string_view text, Node& out) {
  out = Node();
  TreeBuilder builder(out);
  if (json::sax_parse(text.begin(), text.end(), &builder)) return {};
  const std::size_t position = builder.position() > 0 ? builder.position() - 1 : 0;
  return fault_at(text, position,
                  builder.what().empty() ? std::string("is not valid JSON") : builder.what());
}

}  // namespace tessera
