#include "engine/toml_text.hpp"

#include <fmt/format.h>

namespace tessera {

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string toml_texts(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? ", " : "") + toml_text(item);
  return out + "]";
}

std::string toml_path(const std::filesystem::path& path, const std::filesystem::path& folder) {
  if (folder.empty()) return toml_text(path.generic_string());
  const std::filesystem::path from = std::filesystem::absolute(folder).lexically_normal();
  const std::filesystem::path to = std::filesystem::absolute(path).lexically_normal();
  return toml_text(to.lexically_relative(from).generic_string());
}

std::string toml_rule(const BlockingRule& rule, const JobSpec& job) {
  std::vector<std::string> keys;
  for (const KeyPart& part : rule.parts) {
    keys.push_back(key_part_text(part, job.column_name(part.attribute),
                                 part.with ? job.column_name(*part.with) : ""));
  }
  return toml_texts(keys);
}

}  // namespace tessera
