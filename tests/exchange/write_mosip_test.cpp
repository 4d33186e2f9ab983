#include "exchange/write_mosip.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(WriteMosip, AUinOrAPerpetualVidNamesAPersonAndNothingElse) {
  const Import import = imported(
      R"([{"record_id": "1", "full_name": "Ana Rai", "dob": "1988-04-12", "sex": "F",
           "UIN": "2419762130", "vid_temporary": "1111", "token_id": "t"},
          {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "vid_perpetual": "5555",
           "phone": "0771", "village": "Gulu"},
          {"record_id": "3", "full_name": "Chi", "vid_temporary": "6666"},
          {"record_id": "4", "full_name": "Di", "NIN": "8888"},
          {"record_id": "5", "UIN": "9999", "full_name": ""}])",
      read_list_document);
  const Outbound outbound{import, {{"1", "LASTING"}, {"2"}, {"3"}, {"4"}, {"5"}}};
  const Written file = write_mosip_auth(outbound, "eng");
  const std::string lines[] = {
      R"({"individualId":"2419762130","individualIdType":"UIN","transactionID":"LASTING",)"
      R"("demographics":{"name":[{"language":"eng","value":"Ana Rai"}],"dob":"1988/04/12",)"
      R"("gender":[{"language":"eng","value":"Female"}]}})",
      R"({"individualId":"5555","individualIdType":"VID","transactionID":"2",)"
      R"("demographics":{"name":[{"language":"eng","value":"Bo Rai"}],"phoneNumber":"0771",)"
      R"("location4":[{"language":"eng","value":"Gulu"}]}})"};
  EXPECT_EQ(file.text, lines[0] + "\n" + lines[1] + "\n");
  EXPECT_EQ(file.counts.at("written"), 2U);
  EXPECT_EQ(file.counts.at("left out: neither a UIN nor a perpetual VID"), 2U);
  EXPECT_EQ(file.text.find("1111"), std::string::npos);
  EXPECT_EQ(file.text.find("6666"), std::string::npos);
}

}  // namespace
}  // namespace tessera::test
