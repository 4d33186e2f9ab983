// SPDCI messages: what stands in them, and whether the standard's own OpenAPI files take them.
#include "exchange/write_dci.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/dci_reader.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/command.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

Import people() {
  return imported(
      R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "dob": "1988-04-12",
           "sex": "F", "UIN": "77", "marital_status": "widow", "village": "Gulu", "shoe": "38",
           "vid_temporary": "1111", "household": "H", "role": "wife"},
          {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "vid_temporary": "2222"}])",
      read_list_document);
}

DciEnvelope envelope(DciRegistry registry) {
  return {.registry = registry,
          .message_id = "m-1",
          .timestamp = "2026-11-25T09:30:00Z",
          .sender_id = "openimis",
          .receiver_id = "registry"};
}

TEST(WriteDci, AMemberHasWhatIsKnownAndNoTemporaryNumber) {
  const Import import = people();
  const Written file = write_dci_notify({import, {{"1", "LASTING"}, {"2"}}},
                                        envelope(DciRegistry::kSocial), DciEvent::kRegister);
  EXPECT_EQ(file.counts.at("written"), 1U);
  EXPECT_EQ(file.counts.at("left out: nothing names the person"), 1U);
  EXPECT_EQ(file.text.find("1111"), std::string::npos);
  const Json message = Json::parse(file.text);
  EXPECT_EQ(message["header"]["total_count"], 1);
  const Json& event = message["message"]["notify_event"][0];
  EXPECT_EQ(event["reference_id"], "m-1-1");
  EXPECT_EQ(event["data"]["reg_event_type"], "REGISTER");
  const Json& member = event["data"]["reg_records"];
  EXPECT_EQ(member["member_identifier"][0]["identifier_value"], "77");
  EXPECT_EQ(member["member_identifier"][1]["identifier_value"], "LASTING");
  EXPECT_EQ(member["demographic_info"]["name"]["surname"], "Rai");
  EXPECT_EQ(member["demographic_info"]["household_identifier"], "H");
  EXPECT_EQ(member["marital_status"], "W");
  EXPECT_EQ(member["relationship_head"], "SPS");
  EXPECT_EQ(
      member["additional_attributes"],
      Json::parse(R"([{"key": "village", "value": "Gulu"}, {"key": "shoe", "value": "38"}])"));
}

TEST(WriteDci, AnUpdateOfASocialRegistryHasNoWord) {
  const Import import = people();
  const auto event = [&](DciRegistry registry, DciEvent what) {
    const Written file = write_dci_notify({import, {{"1"}}}, envelope(registry), what);
    const Json data = Json::parse(file.text)["message"]["notify_event"][0]["data"];
    return data.value("reg_event_type", "");
  };
  EXPECT_EQ(event(DciRegistry::kSocial, DciEvent::kUpdate), "");
  EXPECT_EQ(event(DciRegistry::kBeneficiary, DciEvent::kUpdate), "enrollement_status_change");
  EXPECT_EQ(event(DciRegistry::kCivil, DciEvent::kUpdate), "UPDATE");
}

TEST(WriteDci, AnUpdateNamesThePersonAsTheReceiverDoesAndLeavesTheHouseholdToIt) {
  const Import import = people();
  const Written file = write_dci_notify({import, {{"1", "LASTING", "R-9"}}},
                                        envelope(DciRegistry::kSocial), DciEvent::kUpdate);
  const Json member = Json::parse(file.text)["message"]["notify_event"][0]["data"]["reg_records"];
  EXPECT_EQ(member["member_identifier"][2],
            Json::parse(R"({"identifier_type": "receiver_id", "identifier_value": "R-9"})"));
  EXPECT_FALSE(member["demographic_info"].contains("household_identifier"));
  EXPECT_FALSE(member.contains("relationship_head"));
  EXPECT_FALSE(member.contains("household"));
}

TEST(WriteDci, ASearchIsAnsweredRequestByRequest) {
  const Import import = people();
  const std::vector<DciRequest> requests = {{"r1", {{"1"}}}, {"r2", {}}};
  const Written file = write_dci_on_search(import, envelope(DciRegistry::kCivil), "t-9", requests);
  const Json message = Json::parse(file.text)["message"];
  EXPECT_EQ(message["transaction_id"], "t-9");
  EXPECT_EQ(message["search_response"][0]["data"]["reg_records"].size(), 1U);
  EXPECT_EQ(message["search_response"][1]["data"]["reg_records"].size(), 0U);
  EXPECT_EQ(message["search_response"][1]["status"], "succ");
}

TEST(WriteDci, TheReaderOfTheStandardReadsItBack) {
  const Import before = people();
  for (const DciRegistry registry :
       {DciRegistry::kSocial, DciRegistry::kBeneficiary, DciRegistry::kCivil}) {
    const Written file =
        write_dci_notify({before, {{"1"}}}, envelope(registry), DciEvent::kRegister);
    const Import after = imported(file.text, read_dci);
    EXPECT_EQ(table_lines(after, CanonicalTable::kPerson),
              std::vector<std::string>{
                  "record_id=UIN-77 | given_name=Ana | family_name=Rai | birth_date=1988-04-12 | "
                  "sex=female | national_id=77 | marital_status=widowed | household=H | "
                  "household_role=spouse"});
  }
}

// By jsonschema (PyPI, pinned; ./run makes its environment), which is not ours.
TEST(WriteDci, TheOpenApiFilesTakeEveryMessage) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "the DCI OpenAPI files are absent (../shared/data/interop/spdci)";
  const std::filesystem::path python = "build/judges/venv/bin/python";
  if (!std::filesystem::exists(python)) {
    GTEST_SKIP() << "build/judges/venv is absent; ./run test makes it";
  }
  const Import import = people();
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"tests/judges/check_dci.py",
                                        (*shared / "interop" / "spdci" / "openapi").string()};
  const std::vector<std::pair<DciRegistry, std::string>> registries = {
      {DciRegistry::kSocial, "social"},
      {DciRegistry::kBeneficiary, "ibr"},
      {DciRegistry::kCivil, "crvs"}};
  for (const auto& [registry, name] : registries) {
    for (const DciEvent event : {DciEvent::kRegister, DciEvent::kUpdate}) {
      const std::string file = event == DciEvent::kRegister ? "register" : "update";
      const auto path = folder.write(
          name + "-" + file + ".json",
          write_dci_notify({import, {{"1", "LASTING", "R-9"}}}, envelope(registry), event).text);
      arguments.insert(arguments.end(), {name, "/registry/notify", path.string()});
    }
    const std::vector<DciRequest> requests = {{"r1", {{"1"}}},
                                              {"r2", {}},
                                              {"r3", {}, DciStatus::kPending},
                                              {"r4", {}, DciStatus::kRejected, "asks for all"}};
    const auto path =
        folder.write(name + "-search.json",
                     write_dci_on_search(import, envelope(registry), "t-9", requests).text);
    arguments.insert(arguments.end(), {name, "/registry/on-search", path.string()});
  }
  const CommandResult taken = run_command(python.string(), arguments, ".");
  EXPECT_EQ(taken.exit_code, 0) << taken.out << taken.err;
  // What the standard does not allow is refused: the check can fail.
  const auto bad = folder.write("bad.json", R"({"header": {"action": "notify"}})");
  const CommandResult refused =
      run_command(python.string(),
                  {arguments[0], arguments[1], "social", "/registry/notify", bad.string()}, ".");
  EXPECT_EQ(refused.exit_code, 1) << refused.out << refused.err;
}

}  // namespace
}  // namespace tessera::test
