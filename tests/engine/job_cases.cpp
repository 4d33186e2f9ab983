#include "tests/engine/job_cases.hpp"

#include <stdexcept>

#include "data/error.hpp"
#include "engine/read_job.hpp"

namespace tessera::test {
namespace {

// Notes `what` unless a and b are equal.
template <typename T>
void compare(std::vector<std::string>& notes, const std::string& what, const T& a, const T& b) {
  if (!(a == b)) notes.push_back(what);
}

void compare_sources(std::vector<std::string>& notes, const SourceSpec& a, const SourceSpec& b) {
  compare(notes, "source name", a.name, b.name);
  compare(notes, "source path", a.path, b.path);
  compare(notes, "source id", a.id_column, b.id_column);
  compare(notes, "source duplicate_free", a.duplicate_free, b.duplicate_free);
  compare(notes, "source encoding", a.encoding, b.encoding);
  compare(notes, "source delimiter", a.delimiter, b.delimiter);
  compare(notes, "source date_order", a.date_order, b.date_order);
  compare(notes, "source updated", a.updated_column, b.updated_column);
}

void compare_attributes(std::vector<std::string>& notes, const AttributeSpec& a,
                        const AttributeSpec& b) {
  compare(notes, "attribute name", a.name, b.name);
  compare(notes, "attribute kind", a.kind, b.kind);
  compare(notes, "attribute columns", a.columns, b.columns);
  compare(notes, "attribute parts", a.parts, b.parts);
  compare(notes, "attribute null_words", a.null_words, b.null_words);
  compare(notes, "attribute survivorship", a.survivorship, b.survivorship);
  compare(notes, "attribute rules", a.rules.size(), b.rules.size());
  for (std::size_t i = 0; i < std::min(a.rules.size(), b.rules.size()); ++i) {
    compare(notes, "attribute rule pattern", a.rules[i].pattern, b.rules[i].pattern);
    compare(notes, "attribute rule replacement", a.rules[i].replacement, b.rules[i].replacement);
  }
}

void compare_derived(std::vector<std::string>& notes, const DerivedAttribute& a,
                     const DerivedAttribute& b) {
  compare(notes, "derived name", a.name, b.name);
  compare(notes, "derived kind", a.kind, b.kind);
  compare(notes, "derived first_of", a.first_of, b.first_of);
}

void compare_rules(std::vector<std::string>& notes, const BlockingRule& a, const BlockingRule& b) {
  compare(notes, "rule text", a.text, b.text);
  compare(notes, "rule parts", a.parts.size(), b.parts.size());
  for (std::size_t i = 0; i < std::min(a.parts.size(), b.parts.size()); ++i) {
    compare(notes, "key function", a.parts[i].function, b.parts[i].function);
    compare(notes, "key attribute", a.parts[i].attribute, b.parts[i].attribute);
    compare(notes, "key length", a.parts[i].length, b.parts[i].length);
    compare(notes, "key second attribute", a.parts[i].with, b.parts[i].with);
  }
}

void compare_comparisons(std::vector<std::string>& notes, const ComparisonSpec& a,
                         const ComparisonSpec& b) {
  compare(notes, "comparison name", a.name, b.name);
  compare(notes, "comparison attribute", a.attribute, b.attribute);
  compare(notes, "comparison swapped_with", a.swapped_with, b.swapped_with);
  compare(notes, "comparison term_frequency", a.term_frequency, b.term_frequency);
  compare(notes, "comparison levels", a.levels.size(), b.levels.size());
  for (std::size_t i = 0; i < std::min(a.levels.size(), b.levels.size()); ++i) {
    compare(notes, "level function", a.levels[i].function, b.levels[i].function);
    compare(notes, "level threshold", a.levels[i].threshold, b.levels[i].threshold);
    compare(notes, "level q", a.levels[i].q, b.levels[i].q);
    compare(notes, "level text", a.levels[i].text, b.levels[i].text);
  }
}

template <typename T, typename Compare>
void compare_lists(std::vector<std::string>& notes, const std::string& what,
                   const std::vector<T>& a, const std::vector<T>& b, Compare compare_items) {
  compare(notes, "number of " + what, a.size(), b.size());
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) compare_items(notes, a[i], b[i]);
}

}  // namespace

std::string sound_config() {
  return R"toml([job]
link_type = "link_and_dedupe"
thresholds = { link = 0.95, review = 0.5 }
seed = 7

[[source]]
name = "client"
path = "client.csv"
id = "record_id"

[[source]]
name = "civil"
path = "civil.csv"

[[attribute]]
name = "given_name"
columns = ["first_name", "given_name"]
kind = "name"

[[attribute]]
name = "family_name"
kind = "name"

[[attribute]]
name = "birth_date"
columns = ["dob"]
kind = "date"

[[attribute]]
name = "village"
kind = "place"

[blocking]
rules = [["birth_date", "prefix(family_name,2)"], ["soundex(family_name)", "year(birth_date)"]]

[[comparison]]
attributes = ["given_name", "family_name"]
kind = "person_name"

[[comparison]]
attributes = ["birth_date"]

[[comparison]]
attributes = ["village"]
levels = ["exact", "jaro_winkler >= 0.92", "else"]
term_frequency = true
)toml";
}

std::string config_with(const std::string& find, const std::string& replacement) {
  std::string text = sound_config();
  const std::size_t at = text.find(find);
  if (find.empty() || at == std::string::npos || text.find(find, at + 1) != std::string::npos) {
    throw std::runtime_error("not once in the sound config: " + find);
  }
  return text.replace(at, find.size(), replacement);
}

std::string complaint(const std::string& toml) {
  try {
    const JobSpec job = read_job_text(toml, "job.toml");
    return {};
  } catch (const Error& fault) {
    return fault.what();
  }
}

std::vector<std::string> differences(const JobSpec& a, const JobSpec& b) {
  std::vector<std::string> notes;
  compare(notes, "link_type", a.link_type, b.link_type);
  compare(notes, "link", a.link_threshold.value, b.link_threshold.value);
  compare(notes, "link unit", a.link_threshold.in_bits, b.link_threshold.in_bits);
  compare(notes, "review", a.review_threshold.value, b.review_threshold.value);
  compare(notes, "review unit", a.review_threshold.in_bits, b.review_threshold.in_bits);
  compare(notes, "seed", a.seed, b.seed);
  compare(notes, "today", a.today, b.today);
  compare(notes, "max_rejected_share", a.max_rejected_share, b.max_rejected_share);
  compare(notes, "max_block_records", a.max_block_records, b.max_block_records);
  compare(notes, "nicknames", a.nickname_file, b.nickname_file);
  compare_lists(notes, "sources", a.sources, b.sources, compare_sources);
  compare_lists(notes, "attributes", a.attributes, b.attributes, compare_attributes);
  compare_lists(notes, "derived", a.derived, b.derived, compare_derived);
  compare_lists(notes, "rules", a.rules, b.rules, compare_rules);
  compare_lists(notes, "comparisons", a.comparisons, b.comparisons, compare_comparisons);
  return notes;
}

}  // namespace tessera::test
