// A line of NDJSON on any bytes: data/ndjson_row.hpp must take and refuse what nlohmann-json does,
// and give the same texts.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "data/ndjson_row.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Json = nlohmann::json;

// The scalar values of a text in order. Numbers are marked: their source text is not kept for all.
struct Scalars : nlohmann::json_sax<Json> {
  static constexpr const char* kNumber = "\x01number";

  std::vector<std::string> texts;
  int depth = 0;
  int deepest = 0;
  bool holds_nul = false;
  bool overflows = false;

  bool put(std::string text) {
    texts.push_back(std::move(text));
    return true;
  }
  bool enter() {
    deepest = std::max(deepest, ++depth);
    return true;
  }
  bool leave() {
    --depth;
    return true;
  }
  bool note_nul(const std::string& text) {
    holds_nul = holds_nul || text.find('\0') != std::string::npos;
    return true;
  }

  bool null() override { return put(""); }
  bool boolean(bool value) override { return put(value ? "true" : "false"); }
  bool number_integer(number_integer_t) override { return put(kNumber); }
  bool number_unsigned(number_unsigned_t) override { return put(kNumber); }
  bool number_float(number_float_t, const string_t&) override { return put(kNumber); }
  bool string(string_t& text) override {
    note_nul(text);
    return put(std::string(tessera::trim_blanks(text)));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return enter(); }
  bool key(string_t& text) override { return note_nul(text); }
  bool end_object() override { return leave(); }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    overflows = error.id == 406;  // a number that no double holds, which text may be
    return false;
  }
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string line(reinterpret_cast<const char*>(data), size);
  tessera::NdjsonRow row;
  const auto fault = row.parse(line);
  // Not for lines to judge: a byte-order mark, other blanks, line ends; nlohmann-json ends at NUL.
  static constexpr std::string_view kNotCompared{"\v\f\n\0", 4};
  if (line.starts_with("\xEF\xBB\xBF")) return 0;
  if (line.find_first_of(kNotCompared) != std::string::npos) return 0;

  Scalars expected;
  const bool is_json = Json::sax_parse(line, &expected);
  if (expected.overflows || expected.deepest > tessera::NdjsonRow::kMaxDepth) return 0;
  const bool is_object = tessera::trim_blanks(line).starts_with('{');
  const bool is_good = is_json && is_object && !expected.holds_nul;
  if (is_good == fault.has_value()) std::abort();
  if (!is_good) return 0;
  if (row.values().size() != expected.texts.size()) std::abort();
  for (std::size_t i = 0; i < expected.texts.size(); ++i) {
    const std::string_view text = row.text(row.values()[i].text);
    const bool is_number = expected.texts[i] == Scalars::kNumber;
    if (is_number ? !tessera::is_json_number(text) : text != expected.texts[i]) std::abort();
  }
  return 0;
}
