#include "index/value_index.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace tessera {
namespace {

constexpr Row kRowsPerTask = 1 << 14;
constexpr std::size_t kListParts = 4;

}  // namespace

/// Of one column: the words of each code, as codes of its field's dictionary.
struct ValueIndex::ColumnWords {
  const Column* column = nullptr;
  std::vector<std::uint32_t> starts{0};  // size values + 1
  std::vector<Code> words;

  std::span<const Code> of(Code code) const {
    return {words.data() + starts[code], starts[code + 1] - starts[code]};
  }
};

ValueIndex::ValueIndex(const Table& table, std::span<const std::uint32_t> columns)
    : fields_(index_fields(table, columns)), source_(std::vector<SourceId>(table.row_source)) {
  std::vector<std::vector<ColumnWords>> of_field(fields_.size());
  texts_.resize(fields_.size());
  tbb::parallel_for(std::size_t{0}, fields_.size(), [&](std::size_t f) {
    DictionaryBuilder builder;
    for (const std::uint32_t c : fields_[f].columns) {
      ColumnWords& words = of_field[f].emplace_back();
      words.column = &table.columns[c];
      words.starts.push_back(0);  // the missing value
      for (Code code = 1; code < words.column->values.size(); ++code) {
        for (const ValueWord& word : words_of(fields_[f].kind, words.column->in_latin(code))) {
          words.words.push_back(builder.intern(word.text));
        }
        words.starts.push_back(static_cast<std::uint32_t>(words.words.size()));
      }
    }
    Dictionary texts = std::move(builder).finish();
    texts.shrink_to_fit();
    texts_[f] = FrozenTexts(std::move(texts));
  });
  for (const FrozenTexts& texts : texts_) {
    field_begin_.push_back(field_begin_.back() + texts.size() - 1);
  }
  list_words(of_field, table);
  list_rows();
  list_forms();
}

void ValueIndex::list_words(std::span<const std::vector<ColumnWords>> of_field,
                            const Table& table) {
  const Row rows = table.size();
  const auto gather = [&](Row row, std::vector<WordNumber>& words) {
    words.clear();
    for (std::size_t f = 0; f < of_field.size(); ++f) {
      const std::size_t before = words.size();
      for (const ColumnWords& column : of_field[f]) {
        for (const Code word : column.of(column.column->codes[row])) {
          words.push_back(field_begin_[f] + word - 1);
        }
      }
      std::sort(words.begin() + static_cast<std::ptrdiff_t>(before), words.end());
      words.erase(std::unique(words.begin() + static_cast<std::ptrdiff_t>(before), words.end()),
                  words.end());
    }
  };
  std::vector<std::uint32_t> starts(std::size_t{rows} + 1, 0);
  std::vector<std::vector<WordNumber>> of_task((rows + kRowsPerTask - 1) / kRowsPerTask);
  tbb::parallel_for(std::size_t{0}, of_task.size(), [&](std::size_t task) {
    const Row from = static_cast<Row>(task) * kRowsPerTask;
    std::vector<WordNumber> words;
    for (Row row = from; row < std::min(rows, from + kRowsPerTask); ++row) {
      gather(row, words);
      starts[row + 1] = static_cast<std::uint32_t>(words.size());
      of_task[task].insert(of_task[task].end(), words.begin(), words.end());
    }
  });
  std::inclusive_scan(starts.begin(), starts.end(), starts.begin());
  std::vector<WordNumber> row_words(starts.back());
  tbb::parallel_for(std::size_t{0}, of_task.size(), [&](std::size_t task) {
    std::ranges::copy(of_task[task], row_words.begin() + starts[task * kRowsPerTask]);
    of_task[task] = {};
  });
  row_starts_ = Frozen(std::move(starts));
  row_words_ = Frozen(std::move(row_words));
}

void ValueIndex::list_rows() {
  std::vector<std::uint32_t> starts(std::size_t{field_begin_.back()} + 1, 0);
  for (const WordNumber word : row_words_) ++starts[word];
  std::inclusive_scan(starts.begin(), starts.end(), starts.begin());
  std::vector<Row> rows_of(row_words_.size());
  // Each part takes the words between two: all rows are gone through for each.
  const auto border = [&](std::size_t part) {
    const std::size_t before = row_words_.size() / kListParts * part;
    return part == kListParts
               ? field_begin_.back()
               : static_cast<WordNumber>(std::lower_bound(starts.begin(), starts.end(), before) -
                                         starts.begin());
  };
  std::array<WordNumber, kListParts + 1> borders{};
  for (std::size_t part = 1; part <= kListParts; ++part) borders[part] = border(part);
  tbb::parallel_for(std::size_t{0}, kListParts, [&](std::size_t part) {
    for (Row row = rows(); row-- > 0;) {  // the ends become the starts
      for (const WordNumber word : words_of_row(row)) {
        if (word < borders[part] || word >= borders[part + 1]) continue;
        rows_of[--starts[word]] = row;
      }
    }
  });
  word_starts_ = Frozen(std::move(starts));
  word_rows_ = Frozen(std::move(rows_of));
}

void ValueIndex::list_forms() {
  forms_ = FormTable(words(), [&](std::uint32_t word) {
    const std::size_t field = field_of(word);
    std::vector<std::uint64_t> hashes;
    for (const Form& form : forms_of(fields_[field].kind, text(word))) {
      hashes.push_back(form_hash(field, form));
    }
    return hashes;
  });
}

std::size_t ValueIndex::field_of(WordNumber word) const {
  const auto after = std::upper_bound(field_begin_.begin(), field_begin_.end(), word);
  return static_cast<std::size_t>(after - field_begin_.begin()) - 1;
}

std::string_view ValueIndex::text(WordNumber word) const {
  const std::size_t field = field_of(word);
  return texts_[field][word - field_begin_[field] + 1];
}

WordNumber ValueIndex::find(std::size_t field, std::string_view wanted) const {
  // The first of a word's forms that it has whatever its neighbours: all words have one.
  WordNumber found = kNoWord;
  for (const Form& form : forms_of(fields_[field].kind, wanted)) {
    for_each_with(field, form, [&](WordNumber word) {
      if (text(word) == wanted) found = word;
    });
    if (found != kNoWord) break;
  }
  return found;
}

std::size_t ValueIndex::size_bytes() const {
  std::size_t bytes = forms_.size_bytes() + source_.size_bytes();
  for (const FrozenTexts& texts : texts_) bytes += texts.size_bytes();
  return bytes + row_starts_.size_bytes() + row_words_.size_bytes() + word_starts_.size_bytes() +
         word_rows_.size_bytes();
}

ValueIndex::ValueIndex(SectionReader& from) {
  fields_.resize(from.take_number());
  for (IndexField& field : fields_) {
    field.kind = static_cast<Kind>(from.take_number());
    const Frozen<std::uint32_t> columns = from.take<std::uint32_t>();
    field.columns.assign(columns.begin(), columns.end());
    texts_.push_back(from.take_texts());
    field_begin_.push_back(field_begin_.back() + texts_.back().size() - 1);
  }
  source_ = from.take<SourceId>();
  row_starts_ = from.take<std::uint32_t>();
  row_words_ = from.take<WordNumber>();
  word_starts_ = from.take<std::uint32_t>();
  word_rows_ = from.take<Row>();
  forms_ = FormTable(from);
}

void ValueIndex::put(SectionWriter& into) const {
  into.put(fields_.size());
  for (std::size_t f = 0; f < fields_.size(); ++f) {
    into.put(static_cast<std::uint64_t>(fields_[f].kind));
    into.put(std::span<const std::uint32_t>(fields_[f].columns));
    into.put(texts_[f]);
  }
  into.put(source_);
  into.put(row_starts_);
  into.put(row_words_);
  into.put(word_starts_);
  into.put(word_rows_);
  forms_.put(into);
}

}  // namespace tessera
