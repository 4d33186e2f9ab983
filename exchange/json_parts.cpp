#include "exchange/json_parts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tessera {
namespace {

/// Goes through a text that is known to be JSON, nested no deeper than kMaxDepth.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  JsonPart value() {
    skip_blanks();
    JsonPart part;
    part.begin = at_;
    switch (text_[at_]) {
      case '"':
        part.kind = JsonPart::Kind::kText;
        skip_string();
        break;
      case '{':
      case '[':
        part.kind = text_[at_] == '{' ? JsonPart::Kind::kObject : JsonPart::Kind::kArray;
        children(part);
        break;
      default:
        part.kind = text_[at_] == 'n' ? JsonPart::Kind::kNull : JsonPart::Kind::kPlain;
        at_ = std::min(text_.size(), text_.find_first_of(",]} \t\r\n", at_));
    }
    part.end = at_;
    return part;
  }

 private:
  void skip_blanks() { at_ = std::min(text_.size(), text_.find_first_not_of(" \t\r\n", at_)); }

  void skip_string() {
    for (++at_; text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    ++at_;
  }

  void children(JsonPart& parent) {
    ++at_;
    for (skip_blanks(); text_[at_] != '}' && text_[at_] != ']'; skip_blanks()) {
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      std::string_view key;
      if (parent.kind == JsonPart::Kind::kObject) {
        const std::size_t begin = at_ + 1;
        skip_string();
        key = text_.substr(begin, at_ - 1 - begin);
        at_ = text_.find(':', at_) + 1;
      }
      parent.children.push_back(value());
      parent.children.back().key = key;
    }
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_blank(std::string_view text, const JsonPart& part) {
  switch (part.kind) {
    case JsonPart::Kind::kNull:
      return true;
    case JsonPart::Kind::kText:
      return text.substr(part.begin + 1, part.end - part.begin - 2).find_first_not_of(' ') ==
             std::string_view::npos;
    case JsonPart::Kind::kPlain:
      return false;
    default:
      return std::all_of(part.children.begin(), part.children.end(),
                         [&](const JsonPart& child) { return is_blank(text, child); });
  }
}

}  // namespace

const JsonPart* JsonPart::find(std::string_view name) const {
  for (const JsonPart& child : children) {
    if (child.key == name) return &child;
  }
  return nullptr;
}

JsonPart json_parts(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (!text.starts_with(kByteOrderMark)) return Scanner(text).value();
  std::string_view rest = text.substr(kByteOrderMark.size());
  JsonPart part = Scanner(rest).value();
  const auto move = [&](auto&& self, JsonPart& moved) -> void {
    moved.begin += kByteOrderMark.size();
    moved.end += kByteOrderMark.size();
    for (JsonPart& child : moved.children) self(self, child);
  };
  move(move, part);
  return part;
}

std::string json_string(std::string_view text, const JsonPart& part) {
  const std::string_view written = text.substr(part.begin, part.end - part.begin);
  return nlohmann::json::parse(written).get<std::string>();
}

std::string json_quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string edit_text(std::string_view text, std::vector<JsonEdit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const JsonEdit& a, const JsonEdit& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t at = 0;
  for (const JsonEdit& edit : edits) {
    out += text.substr(at, edit.begin - at);
    out += edit.put;
    at = edit.end;
  }
  out += text.substr(at);
  return out;
}

std::string compact_json(std::string_view text, const JsonPart& part) {
  if (part.kind != JsonPart::Kind::kObject && part.kind != JsonPart::Kind::kArray) {
    return std::string(text.substr(part.begin, part.end - part.begin));
  }
  const bool is_object = part.kind == JsonPart::Kind::kObject;
  std::string out = is_object ? "{" : "[";
  for (const JsonPart& child : part.children) {
    if (is_blank(text, child)) continue;
    if (out.size() > 1) out += ',';
    if (is_object) {
      out += '"';
      out += child.key;
      out += "\":";
    }
    out += compact_json(text, child);
  }
  return out + (is_object ? '}' : ']');
}

}  // namespace tessera
