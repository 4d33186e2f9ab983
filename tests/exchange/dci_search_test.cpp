#include "exchange/dci_search.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

/// A message that searches by `criteria`.
DciSearchMessage searched(const std::string& criteria) {
  Node message = json(R"({"header": {"sender_id": "asker", "receiver_id": "us"}, "message": {
      "transaction_id": "t-1", "search_request": [{"reference_id": "r-1",
      "search_criteria": )" +
                      criteria + "}]}}");
  return read_dci_search(message).value();
}

TEST(DciSearch, APersonIsAskedForByANumber) {
  for (const char* criteria :
       {R"({"query_type": "idtype-value", "query": {"type": "UIN", "value": "847951632"}})",
        R"({"query_type": "expression", "query": [{"seq_num": "", "expression1":
            {"attribute_name": "UIN", "operator": "eq", "attribute_value": "847951632"},
            "condition": "", "expression2": ""}]})"}) {
    const DciSearchMessage message = searched(criteria);
    EXPECT_EQ(message.transaction_id, "t-1");
    EXPECT_EQ(message.sender_id, "asker");
    ASSERT_EQ(message.searches.size(), 1U);
    const DciSearch& search = message.searches.front();
    EXPECT_EQ(search.reference_id, "r-1");
    EXPECT_EQ(search.type, "uin");
    EXPECT_EQ(search.value, "847951632");
    EXPECT_EQ(search.fault, "");
  }
}

// Nobody is told of because of age, poverty or a name, nor by a number that lasts for a day.
TEST(DciSearch, WhoAsksOtherwiseIsToldOfNobody) {
  for (const char* criteria :
       {R"({"query_type": "expression", "query": [{"expression1":
            {"attribute_name": "age", "operator": "lt", "attribute_value": "25"},
            "condition": "and", "expression2":
            {"attribute_name": "UIN", "operator": "eq", "attribute_value": "1"}}]})",
        R"({"query_type": "expression", "query": {"type": "ns:org:QueryType:NoSql",
            "value": {"expression": {"collection": "Group"}}}})",
        R"({"query_type": "expression", "query": [{"expression1":
            {"attribute_name": "UIN", "operator": "gt", "attribute_value": "1"}}]})",
        R"({"query_type": "idtype-value", "query": {"type": "UIN", "value": ""}})",
        R"({"query_type": "idtype-value", "query": {"type": "SHOE", "value": "38"}})",
        R"({"query_type": "idtype-value", "query": {"type": "vid-temporary", "value": "38"}})",
        R"({"query_type": "predicate"})", R"("all")"}) {
    EXPECT_NE(searched(criteria).searches.at(0).fault, "") << criteria;
  }
}

TEST(DciSearch, SaysWhoseRecordsAreAskedFor) {
  EXPECT_EQ(searched(R"({"response_entity": "Member"})").registry, DciRegistry::kSocial);
  EXPECT_EQ(searched(R"({"reg_record_type": "Person"})").registry, DciRegistry::kCivil);
  EXPECT_EQ(searched("{}").registry, DciRegistry::kBeneficiary);
}

TEST(DciSearch, AnotherMessageIsNone) {
  Node answer = json(R"({"message": {"search_response": [{"reference_id": "1"}]}})");
  EXPECT_FALSE(read_dci_search(answer).has_value());
}

}  // namespace
}  // namespace tessera::test
