#include "data/ndjson_row.hpp"

#include <simdjson.h>

#include <utility>

namespace tessera {

namespace ondemand = simdjson::ondemand;
static_assert(NdjsonRow::kPadding >= simdjson::SIMDJSON_PADDING);

bool is_json_number(std::string_view text) {
  std::size_t at = 0;
  const auto digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (digit()) ++at;
    return at > begin;
  };
  const auto take = [&](char c) {
    const bool is_next = at < text.size() && text[at] == c;
    if (is_next) ++at;
    return is_next;
  };
  take('-');
  if (!take('0') && !digits()) return false;
  if (take('.') && !digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  return at == text.size();
}

struct NdjsonRow::Parser {
  ondemand::parser parser;
};

NdjsonRow::NdjsonRow() : parser_(std::make_unique<Parser>()) {}
NdjsonRow::~NdjsonRow() = default;

// Walks one object. Every function returns the fault that it met.
struct NdjsonRow::Walker {
  using Fault = std::optional<RowFaultKind>;

  NdjsonRow& row;
  std::string path{};
  int depth = 0;
  bool in_array = false;

  static Fault fault_of(simdjson::error_code error) {
    if (error == simdjson::SUCCESS) return std::nullopt;
    return error == simdjson::UTF8_ERROR ? RowFaultKind::kEncoding : RowFaultKind::kBadJson;
  }

  FieldRef store(std::string_view piece) const {
    const FieldRef stored{static_cast<std::uint32_t>(row.bytes_.size()),
                          static_cast<std::uint32_t>(piece.size())};
    row.bytes_.append(piece);
    return stored;
  }

  Fault put(std::string_view text) const {
    if (text.find('\0') != std::string_view::npos) return RowFaultKind::kNul;
    const FieldRef stored_path = store(path);
    row.values_.push_back({stored_path, store(trim_blanks(text)), in_array});
    return std::nullopt;
  }

  Fault object(ondemand::object members) {
    for (auto member : members) {
      ondemand::field field;
      if (const auto error = std::move(member).get(field)) return fault_of(error);
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return fault_of(error);
      const std::size_t length = path.size();
      if (length > 0) path.push_back('.');
      path.append(trim_blanks(key));
      if (const Fault fault = value(field.value())) return fault;
      path.resize(length);
    }
    return std::nullopt;
  }

  Fault array(ondemand::array elements) {
    const bool was_in_array = std::exchange(in_array, true);
    for (auto element : elements) {
      ondemand::value item;
      if (const auto error = std::move(element).get(item)) return fault_of(error);
      if (const Fault fault = value(item)) return fault;
    }
    in_array = was_in_array;
    return std::nullopt;
  }

  Fault value(ondemand::value item) {
    ondemand::json_type type{};
    if (const auto error = item.type().get(type)) return fault_of(error);
    if (depth >= kMaxDepth) return RowFaultKind::kBadJson;
    switch (type) {
      case ondemand::json_type::object: {
        ondemand::object members;
        if (const auto error = item.get_object().get(members)) return fault_of(error);
        ++depth;
        const Fault fault = object(members);
        --depth;
        return fault;
      }
      case ondemand::json_type::array: {
        ondemand::array elements;
        if (const auto error = item.get_array().get(elements)) return fault_of(error);
        ++depth;
        const Fault fault = array(elements);
        --depth;
        return fault;
      }
      case ondemand::json_type::string: {
        std::string_view text;
        if (const auto error = item.get_string().get(text)) return fault_of(error);
        return put(text);
      }
      default:
        return scalar(item, type);
    }
  }

  Fault scalar(ondemand::value item, ondemand::json_type type) const {
    const std::string_view token = trim_blanks(item.raw_json_token());
    if (type == ondemand::json_type::number) {
      if (!is_json_number(token)) return RowFaultKind::kBadJson;
      // Checked above by the grammar; simdjson would refuse numbers that no 64-bit type holds.
      return put(token);
    }
    if (type == ondemand::json_type::boolean) {
      bool truth = false;
      if (const auto error = item.get_bool().get(truth)) return fault_of(error);
      return put(truth ? "true" : "false");
    }
    return token == "null" ? put("") : Fault(RowFaultKind::kBadJson);
  }
};

std::optional<RowFaultKind> NdjsonRow::parse(std::string_view line) {
  bytes_.clear();
  values_.clear();
  if (line.find('\0') != std::string_view::npos) return RowFaultKind::kNul;
  if (trim_blanks(line).substr(0, 1) != "{") {
    return simdjson::validate_utf8(line.data(), line.size()) ? RowFaultKind::kNotAnObject
                                                             : RowFaultKind::kEncoding;
  }
  ondemand::document document;
  if (const auto error = parser_->parser
                             .iterate(simdjson::padded_string_view(line.data(), line.size(),
                                                                   line.size() + kPadding))
                             .get(document)) {
    return Walker::fault_of(error);
  }
  ondemand::object members;
  if (const auto error = document.get_object().get(members)) return Walker::fault_of(error);
  Walker walker{*this};
  if (const auto fault = walker.object(members)) return fault;
  // A location left to read means text behind the object.
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return RowFaultKind::kBadJson;
  return std::nullopt;
}

}  // namespace tessera
