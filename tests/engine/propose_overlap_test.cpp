#include "engine/propose_overlap.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

double share(std::vector<std::vector<std::string>> rows) {
  SampledFile file;
  file.sample.columns = {"whole", "part"};
  file.sample.rows = std::move(rows);
  const std::vector<SampledFile> files = {file};
  const std::vector<SampledColumn> columns = sampled_columns(files);
  return contained_share(files, columns[0], columns[1]);
}

TEST(ProposeOverlap, CountsRowsThatHoldEveryWordOfThePart) {
  EXPECT_EQ(share({{"Tom Clifford", "tom"}, {"Ana Maria Silva", "maria ana"}}), 1.0);
  EXPECT_EQ(share({{"Tom Clifford", "thomas"}, {"Ana Silva", "ana"}}), 0.5);
}

TEST(ProposeOverlap, EmptyValuesDoNotCount) {
  EXPECT_EQ(share({{"Tom Clifford", "tom"}, {"", "ana"}, {"Ana", ""}}), 1.0);
  EXPECT_EQ(share({{"", ""}}), 0.0);
}

TEST(ProposeOverlap, ARepeatedWordMustStandAsOften) {
  EXPECT_EQ(share({{"maria silva", "maria maria"}}), 0.0);
}

TEST(ProposeOverlap, ColumnsOfDifferentFilesDoNotOverlap) {
  SampledFile a;
  a.sample.columns = {"whole"};
  a.sample.rows = {{"Tom Clifford"}};
  SampledFile b;
  b.sample.columns = {"part"};
  b.sample.rows = {{"tom"}};
  const std::vector<SampledFile> files = {a, b};
  const std::vector<SampledColumn> columns = sampled_columns(files);
  EXPECT_EQ(contained_share(files, columns[0], columns[1]), 0.0);
}

}  // namespace
}  // namespace tessera
