#include "generate/registry_rows.hpp"

#include <fmt/format.h>

#include <initializer_list>

#include "data/csv_writer.hpp"
#include "generate/random.hpp"
#include "generate/streams.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kRecordIdCount = 10'000'000'000;  // ten digits
constexpr std::uint64_t kEntityIdCount = std::uint64_t{1} << 40;
constexpr std::uint64_t kHouseholdIdCount = 10'000'000'000;
constexpr std::size_t kCopySlots = 4;

KeyedPermutation record_permutation(std::uint64_t seed, Registry registry) {
  return {kRecordIdCount, stream_seed(seed, kRecordIds, static_cast<std::uint64_t>(registry))};
}

void append_fields(std::string& out, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first) out += ',';
    first = false;
    append_csv_field(out, field);
  }
  out += '\n';
}

}  // namespace

std::string_view registry_name(Registry registry) {
  static constexpr std::array<std::string_view, kRegistries> kNames = {"client", "social", "crvs"};
  return kNames[static_cast<std::size_t>(registry)];
}

std::string_view header_line(Registry registry) {
  static constexpr std::array<std::string_view, kRegistries> kHeaders = {
      "record_id,national_id,given_name,family_name,birth_date,sex,phone,village,district,"
      "household_id,registered_on\n",
      "beneficiary_no,first_name,last_name,dob,gender,mobile,village,district,id_number,"
      "updated_at\n",
      "registration_no,name_given,name_family,date_of_birth,sex,mother_name,place_of_birth,"
      "national_id,registered\n"};
  return kHeaders[static_cast<std::size_t>(registry)];
}

IdBook::IdBook(std::uint64_t seed)
    : records_{record_permutation(seed, Registry::kClient),
               record_permutation(seed, Registry::kSocial),
               record_permutation(seed, Registry::kCrvs)},
      entities_(kEntityIdCount, stream_seed(seed, kEntityIds, 0)),
      households_(kHouseholdIdCount, stream_seed(seed, kHouseholdIds, 0)) {}

std::string IdBook::record_id(Registry registry, std::uint64_t person, std::size_t copy) const {
  static constexpr std::array<std::string_view, kRegistries> kPrefixes = {"C", "BN", "R"};
  const auto place = static_cast<std::size_t>(registry);
  return fmt::format("{}{:010}", kPrefixes[place], records_[place](person * kCopySlots + copy));
}

std::string IdBook::entity_id(std::uint64_t person) const {
  return fmt::format("E{:010x}", entities_(person));
}

std::string IdBook::household_id(std::uint64_t number) const {
  return fmt::format("H{:010}", households_(number));
}

void append_row(std::string& out, Registry registry, const Entry& e, std::string_view record_id,
                const IdBook& ids) {
  switch (registry) {
    case Registry::kClient:
      append_fields(out,
                    {record_id, e.national_id, e.given, e.family, e.birth_date, e.sex, e.phone,
                     e.village, e.district, ids.household_id(e.household_number), e.entered_on});
      return;
    case Registry::kSocial:
      append_fields(out, {record_id, e.given, e.family, e.birth_date, e.sex, e.phone, e.village,
                          e.district, e.national_id, e.entered_on});
      return;
    case Registry::kCrvs:
      append_fields(out, {record_id, e.given, e.family, e.birth_date, e.sex, e.mother, e.village,
                          e.national_id, e.entered_on});
      return;
  }
}

}  // namespace tessera
