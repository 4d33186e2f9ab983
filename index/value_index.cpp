#include "index/value_index.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>

namespace tessera {
namespace {

constexpr Row kRowsPerTask = 1 << 14;

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
    : fields_(index_fields(table, columns)), source_(table.row_source) {
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
    texts_[f] = std::move(builder).finish();
    texts_[f].shrink_to_fit();
  });
  field_begin_.assign(1, 0);
  for (const Dictionary& texts : texts_) {
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
  row_starts_.assign(std::size_t{rows} + 1, 0);
  const auto for_rows = [&](const auto& visit) {
    tbb::parallel_for(tbb::blocked_range<Row>(0, rows, kRowsPerTask), [&](const auto& range) {
      std::vector<WordNumber> words;
      for (Row row = range.begin(); row < range.end(); ++row) {
        gather(row, words);
        visit(row, words);
      }
    });
  };
  for_rows([&](Row row, const std::vector<WordNumber>& words) {
    row_starts_[row + 1] = static_cast<std::uint32_t>(words.size());
  });
  std::inclusive_scan(row_starts_.begin(), row_starts_.end(), row_starts_.begin());
  row_words_.resize(row_starts_.back());
  for_rows([&](Row row, const std::vector<WordNumber>& words) {
    std::copy(words.begin(), words.end(), row_words_.begin() + row_starts_[row]);
  });
}

void ValueIndex::list_rows() {
  word_starts_.assign(std::size_t{field_begin_.back()} + 1, 0);
  for (const WordNumber word : row_words_) ++word_starts_[word];
  std::inclusive_scan(word_starts_.begin(), word_starts_.end(), word_starts_.begin());
  word_rows_.resize(row_words_.size());
  for (Row row = rows(); row-- > 0;) {  // the ends become the starts
    for (const WordNumber word : words_of_row(row)) word_rows_[--word_starts_[word]] = row;
  }
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
  std::size_t bytes = forms_.size_bytes() + source_.size() * sizeof(SourceId);
  for (const Dictionary& texts : texts_) bytes += texts.size_bytes();
  return bytes +
         4 * (row_starts_.size() + row_words_.size() + word_starts_.size() + word_rows_.size());
}

}  // namespace tessera
