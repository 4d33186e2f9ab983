// References as bytes. All numbers are LEB128 (seven bits a byte, the lowest first, the high bit
// set while more follow); hashes and nodes ascend and are written as differences:
//
//   references := 1 | n_columns_cleaned cleaning* | n_columns frequencies* | n_splits split*
//   cleaning   := list(dropped) list(heaped) list(heaped_days) n_sources m_is_woman*
//   frequencies:= filled n_repeated (value difference, records)*
//   split      := node difference, column
#include <algorithm>

#include "data/error.hpp"
#include "registry/store.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kFormat = 1;

class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }
  template <class List>
  void ascending(const List& list) {
    number(list.size());
    std::uint64_t before = 0;
    for (const std::uint64_t value : list) {
      number(value - before);
      before = value;
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  Reader(std::string_view bytes, const std::string& where) : rest_(bytes), where_(where) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) fail();
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    fail();
  }
  /// How many items follow; each takes a byte at least.
  std::size_t count() {
    const std::uint64_t count = number();
    if (count > rest_.size()) fail();
    return static_cast<std::size_t>(count);
  }
  template <class Value>
  std::vector<Value> ascending() {
    std::vector<Value> list(count());
    std::uint64_t value = 0;
    for (Value& item : list) item = static_cast<Value>(value += number());
    return list;
  }
  void finish() const {
    if (!rest_.empty()) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorCode::kDamaged, where_,
                "its references cannot be read; restore a backup, or learn again with "
                "`tessera registry learn`");
  }
  std::string_view rest_;
  const std::string& where_;
};

void write_cleaning(const ColumnKnowledge& known, Writer& out) {
  out.ascending(known.dropped);
  out.ascending(known.heaped);
  out.ascending(known.heaped_days);
  out.number(known.m_is_woman.size());
  for (const bool woman : known.m_is_woman) out.number(woman ? 1 : 0);
}

ColumnKnowledge read_cleaning(Reader& in) {
  ColumnKnowledge known;
  known.dropped = in.ascending<std::uint64_t>();
  known.heaped = in.ascending<std::uint64_t>();
  known.heaped_days = in.ascending<std::uint16_t>();
  known.m_is_woman.resize(in.count());
  for (std::size_t s = 0; s < known.m_is_woman.size(); ++s) known.m_is_woman[s] = in.number() != 0;
  return known;
}

}  // namespace

std::string encode_references(const References& references) {
  Writer out;
  out.number(kFormat);
  out.number(references.cleaning.size());
  for (const ColumnKnowledge& known : references.cleaning) write_cleaning(known, out);
  out.number(references.frequencies.size());
  for (const ColumnFrequencies& column : references.frequencies) {
    out.number(column.filled);
    out.number(column.repeated.size());
    std::uint64_t before = 0;
    for (const ValueCount& value : column.repeated) {
      out.number(value.value - before);
      out.number(value.records);
      before = value.value;
    }
  }
  out.number(references.splits.size());
  std::uint64_t before = 0;
  for (const SplitNode& split : references.splits) {
    out.number(split.node - before);
    out.number(split.column);
    before = split.node;
  }
  return out.take();
}

References decode_references(std::string_view bytes, const std::string& where) {
  Reader in(bytes, where);
  References references;
  if (in.number() != kFormat) {
    throw Error(ErrorCode::kDamaged, where, "its references are of another Tessera's making");
  }
  references.cleaning.resize(in.count());
  for (ColumnKnowledge& known : references.cleaning) known = read_cleaning(in);
  references.frequencies.resize(in.count());
  for (ColumnFrequencies& column : references.frequencies) {
    column.filled = in.number();
    column.repeated.resize(in.count());
    std::uint64_t value = 0;
    for (ValueCount& item : column.repeated) {
      item.value = value += in.number();
      item.records = static_cast<std::uint32_t>(in.number());
    }
  }
  references.splits.resize(in.count());
  std::uint64_t node = 0;
  for (SplitNode& split : references.splits) {
    split.node = node += in.number();
    split.column = static_cast<std::uint32_t>(in.number());
  }
  in.finish();
  return references;
}

}  // namespace tessera
