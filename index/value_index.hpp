// An inverted index over the distinct words of a table: which rows hold a word, and which words are
// near it.
//
// Text is looked at once per distinct word: rows hold numbers of words, and forms lead from a word
// to those near it. It is derived: made from a table, or read where it lies in a file of sections.
#pragma once

#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/frozen.hpp"
#include "data/load_ahead.hpp"
#include "data/section_file.hpp"
#include "data/table.hpp"
#include "index/form_table.hpp"
#include "index/forms.hpp"
#include "index/words.hpp"

namespace tessera {

/// Names a distinct word of one field, over all fields.
using WordNumber = std::uint32_t;
inline constexpr WordNumber kNoWord = 0xffffffff;

/// Immutable, safe on any thread. Memory: 8 bytes a row and word of it, 8 bytes a distinct word and
/// form of it, and the words' text.
class ValueIndex {
 public:
  ValueIndex() = default;  ///< Of no rows and no fields.

  /// Indexes the given columns of a table; the table may go afterwards. The same at any thread
  /// count. Cost: each distinct value and word once, then three passes over the rows.
  ValueIndex(const Table& table, std::span<const std::uint32_t> columns);

  /// What put wrote.
  explicit ValueIndex(SectionReader& from);
  void put(SectionWriter& into) const;

  Row rows() const { return static_cast<Row>(source_.size()); }
  std::span<const IndexField> fields() const { return fields_; }
  std::uint32_t words() const { return field_begin_.back(); }

  SourceId source(Row row) const { return source_[row]; }

  /// The words of a row, ascending.
  std::span<const WordNumber> words_of_row(Row row) const {
    return {row_words_.data() + row_starts_[row], row_starts_[row + 1] - row_starts_[row]};
  }
  void prefetch_row(Row row) const { load_ahead(&row_words_[row_starts_[row]]); }
  void prefetch_start(Row row) const { load_ahead(&row_starts_[row]); }

  /// The rows that hold a word, ascending.
  std::span<const Row> rows_of_word(WordNumber word) const {
    return {word_rows_.data() + word_starts_[word], word_starts_[word + 1] - word_starts_[word]};
  }

  /// The words of a field.
  std::ranges::iota_view<WordNumber, WordNumber> words_of_field(std::size_t field) const {
    return {field_begin_[field], field_begin_[field + 1]};
  }
  std::size_t field_of(WordNumber word) const;
  std::string_view text(WordNumber word) const;

  /// The word of that text in a field; kNoWord if no row holds it.
  WordNumber find(std::size_t field, std::string_view text) const;

  /// Calls visit(word) for each word of the field that has that form. Other words may come too, one
  /// in 2^50: a form is told by its hash.
  template <class Visit>
  void for_each_with(std::size_t field, const Form& form, const Visit& visit) const {
    forms_.for_each(form_hash(field, form), visit);
  }

  /// Bytes held.
  std::size_t size_bytes() const;

 private:
  static std::uint64_t form_hash(std::size_t field, const Form& form) {
    return mix64(form.hash + field);
  }
  struct ColumnWords;
  void list_words(std::span<const std::vector<ColumnWords>> of_field, const Table& table);
  void list_rows();
  void list_forms();

  std::vector<IndexField> fields_;
  Frozen<SourceId> source_;
  std::vector<WordNumber> field_begin_ = {0};  // size fields + 1
  std::vector<FrozenTexts> texts_;             // per field; code - 1 + field_begin_ is the word
  Frozen<std::uint32_t> row_starts_;
  Frozen<WordNumber> row_words_;
  Frozen<std::uint32_t> word_starts_;
  Frozen<Row> word_rows_;
  FormTable forms_;
};

}  // namespace tessera
