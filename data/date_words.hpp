// The words that stand in dates: names of months in many languages, and words that carry nothing.
#pragma once

#include <optional>
#include <string_view>

namespace tessera {

/// The month, 1 … 12, that a folded word names in full or by its usual abbreviation (`april`,
/// `avr`, `marz`, `апреля`). Languages: English, French, Portuguese, Spanish, German, Italian,
/// Dutch, Swahili, Russian, Arabic, Hindi, Bengali.
std::optional<int> month_of_word(std::string_view folded_word);

/// Whether a folded word may stand in a date without saying anything: `de`, `of`, `th`, weekdays,
/// `年`.
bool is_date_filler(std::string_view folded_word);

}  // namespace tessera
