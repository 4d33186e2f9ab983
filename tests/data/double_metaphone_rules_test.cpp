// The rules for C, G and S, each by the name that Philips gives for it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "data/phonetic.hpp"

namespace tessera {
namespace {

struct RuleCase {
  std::string name;
  std::string primary;
  std::string alternate;  // empty: the same
};

void expect_readings(const std::vector<RuleCase>& cases) {
  for (const RuleCase& expected : cases) {
    const DoubleMetaphone code = double_metaphone(expected.name);
    EXPECT_EQ(code.primary, expected.primary) << expected.name;
    EXPECT_EQ(code.alternate, expected.alternate) << expected.name;
  }
}

TEST(DoubleMetaphoneRules, ReadC) {
  expect_readings({{"caesar", "SSR", ""},
                   {"chianti", "KNT", ""},
                   {"michael", "MKL", "MXL"},
                   {"chorus", "KRS", ""},
                   {"orchid", "ARKT", ""},
                   {"arch", "ARX", "ARK"},
                   {"mchugh", "MK", ""},
                   {"czerny", "SRN", "XRN"},
                   {"focaccia", "FKX", ""},
                   {"bellocchio", "PLX", ""},
                   {"bacchus", "PKS", ""},
                   {"accede", "AKST", ""},
                   {"bacher", "PKR", ""},
                   {"mac caffrey", "MKFR", ""}});
}

TEST(DoubleMetaphoneRules, ReadG) {
  expect_readings({{"ghislane", "JLN", ""},
                   {"hugh", "H", ""},
                   {"broughton", "PRTN", ""},
                   {"laugh", "LF", ""},
                   {"cagney", "KKN", ""},
                   {"tagliaro", "TKLR", "TLR"},
                   {"gerald", "KRLT", "JRLT"},
                   {"danger", "TNJR", "TNKR"},
                   {"biaggi", "PJ", "PK"},
                   {"rogier", "RJ", "RJR"}});
}

TEST(DoubleMetaphoneRules, ReadS) {
  expect_readings({{"island", "ALNT", ""},
                   {"sugar", "XKR", "SKR"},
                   {"school", "SKL", ""},
                   {"schenker", "XNKR", "SKNKR"},
                   {"schmidt", "XMT", "SMT"},
                   {"snider", "SNTR", "XNTR"},
                   {"resnais", "RSN", "RSNS"},
                   {"mendelsholm", "MNTLSLM", ""}});
}

}  // namespace
}  // namespace tessera
