#include "tests/support/people_job.hpp"

#include "engine/train.hpp"

namespace tessera::test {
namespace {

ComparisonSpec comparison(const std::string& name, std::uint32_t attribute, Kind kind, bool given) {
  ComparisonSpec spec = preset_comparison(kind, given);
  spec.name = name;
  spec.attribute = attribute;
  return spec;
}

void add_swap(ComparisonSpec& spec, std::uint32_t partner) {
  spec.swapped_with = partner;
  spec.levels.insert(spec.levels.begin() + 1, parse_level("swapped").value());
}

}  // namespace

JobSpec people_job_spec(LinkType type) {
  JobSpec job;
  job.link_type = type;
  for (const TestColumn& column : people_columns()) {
    AttributeSpec attribute;
    attribute.name = column.name;
    attribute.kind = column.kind;
    attribute.columns = {column.name};
    job.attributes.push_back(attribute);
  }
  job.rules = {
      {"soundex(family_name)", {{KeyFunction::kSoundex, 1, 0}}},
      {"tokens(village) + year(birth_date)",
       {{KeyFunction::kTokens, 4, 0}, {KeyFunction::kYear, 2, 0}}},
      {"birth_date", {{KeyFunction::kValue, 2, 0}}},
      {"prefix(given_name,2) + sex", {{KeyFunction::kPrefix, 0, 2}, {KeyFunction::kValue, 3, 0}}}};
  job.comparisons = {comparison("given_name", 0, Kind::kName, true),
                     comparison("family_name", 1, Kind::kName, false),
                     comparison("birth_date", 2, Kind::kDate, false),
                     comparison("sex", 3, Kind::kSex, false),
                     comparison("village", 4, Kind::kPlace, false)};
  add_swap(job.comparisons[0], 1);
  add_swap(job.comparisons[1], 0);
  return job;
}

PeopleJob::PeopleJob(std::uint32_t rows, std::uint64_t seed, std::uint16_t sources, LinkType type)
    : table(random_people(rows, seed, sources)),
      job(people_job_spec(type)),
      blocking(block_rows(table, job.rules, {})),
      space(job_space(table, job)),
      nicknames(NicknameTable::built_in()),
      comparer(table, job.comparisons, nicknames) {
  for (const SourceFacts& facts : table.sources) job.sources.emplace_back().name = facts.name;
}

}  // namespace tessera::test
