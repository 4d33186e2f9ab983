#include "generate/population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "data/error.hpp"
#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

constexpr const char* kFiles[] = {"client.csv", "social.csv", "crvs.csv", "truth.csv", "twins.csv"};

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// All five files of a population, one behind the other.
std::string bytes_of(std::uint64_t records, std::uint64_t seed, std::uint32_t threads) {
  const test::TemporaryFolder folder;
  generate_registries(
      {.folder = folder.path(), .records = records, .seed = seed, .threads = threads});
  std::string bytes;
  for (const char* file : kFiles) bytes += content(folder.path() / file);
  return bytes;
}

using Rows = std::vector<std::vector<std::string>>;

/// One population that most tests look at.
struct Population {
  Population() {
    summary = generate_registries({.folder = folder.path(), .records = 40'000, .seed = 5});
    for (std::size_t i = 0; i < 3; ++i) sources[i] = test::read_test_csv(summary.sources[i].path);
    truth = test::read_test_csv(summary.truth);
  }
  test::TemporaryFolder folder;
  GenerateSummary summary;
  std::array<Rows, 3> sources;  // headers included
  Rows truth;
};

const Population& population() {
  static const Population made;
  return made;
}

TEST(GenerateRegistries, SameSeedSameBytesAtAnyThreadCount) {
  const std::string bytes = bytes_of(20'000, 3, 1);
  EXPECT_EQ(bytes, bytes_of(20'000, 3, 1));
  EXPECT_EQ(bytes, bytes_of(20'000, 3, 2));
  EXPECT_EQ(bytes, bytes_of(20'000, 3, 7));
}

TEST(GenerateRegistries, OtherSeedOtherBytes) {
  EXPECT_NE(bytes_of(2'000, 3, 1), bytes_of(2'000, 4, 1));
}

TEST(GenerateRegistries, HasExactlyTheRecordsAskedFor) {
  for (const std::uint64_t records : {1U, 2U, 17U, 1'000U, 5'003U}) {
    const test::TemporaryFolder folder;
    const GenerateSummary summary =
        generate_registries({.folder = folder.path(), .records = records, .seed = 2});
    EXPECT_EQ(summary.records, records);
    std::uint64_t rows = 0;
    for (const char* file : {"client.csv", "social.csv", "crvs.csv"}) {
      const std::string text = content(folder.path() / file);
      rows += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) - 1;
    }
    EXPECT_EQ(rows, records);
  }
}

TEST(GenerateRegistries, SharesOfTheRegistriesAreTheDocumentedOnes) {
  const GenerateSummary& summary = population().summary;
  const auto share = [&](std::size_t i) {
    return static_cast<double>(summary.sources[i].records) / static_cast<double>(summary.records);
  };
  EXPECT_NEAR(share(0), 0.45, 0.01);
  EXPECT_NEAR(share(1), 0.35, 0.01);
  EXPECT_NEAR(share(2), 0.20, 0.01);
}

TEST(GenerateRegistries, SummaryCountsWhatTheFilesHold) {
  const Population& p = population();
  std::set<std::string> entities;
  for (std::size_t i = 1; i < p.truth.size(); ++i) entities.insert(p.truth[i][2]);
  EXPECT_EQ(p.summary.persons, entities.size());
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_EQ(p.summary.sources[s].records, p.sources[s].size() - 1);
    std::map<std::string, std::uint64_t> by_entity;
    for (std::size_t i = 1; i < p.truth.size(); ++i) {
      if (p.truth[i][0] == p.summary.sources[s].name) ++by_entity[p.truth[i][2]];
    }
    EXPECT_EQ(p.summary.sources[s].duplicates, p.summary.sources[s].records - by_entity.size());
  }
}

TEST(GenerateRegistries, EveryRecordIsInTheTruthExactlyOnce) {
  const Population& p = population();
  EXPECT_EQ(p.truth[0], (std::vector<std::string>{"source", "record_id", "entity_id"}));
  std::multiset<std::string> expected;
  for (std::size_t s = 0; s < 3; ++s) {
    for (std::size_t i = 1; i < p.sources[s].size(); ++i) {
      expected.insert(p.summary.sources[s].name + ':' + p.sources[s][i][0]);
    }
  }
  std::multiset<std::string> told;
  for (std::size_t i = 1; i < p.truth.size(); ++i) told.insert(p.truth[i][0] + ':' + p.truth[i][1]);
  EXPECT_EQ(told, expected);
  EXPECT_EQ(std::set<std::string>(told.begin(), told.end()).size(), told.size());
}

TEST(GenerateRegistries, CrvsHasNobodyTwiceAndOthersKeepTheirRates) {
  const Population& p = population();
  EXPECT_EQ(p.summary.sources[2].duplicates, 0U);
  const auto rate = [&](std::size_t s) {
    return static_cast<double>(p.summary.sources[s].duplicates) /
           static_cast<double>(p.summary.sources[s].records);
  };
  EXPECT_NEAR(rate(0), 0.04, 0.008);
  EXPECT_NEAR(rate(1), 0.02, 0.006);
  const double twins =
      static_cast<double>(p.summary.twins) / static_cast<double>(p.summary.persons);
  EXPECT_NEAR(twins, 0.011, 0.004);
}

TEST(GenerateRegistries, TwinsFileHasEveryPairOnceAndBothInTheTruth) {
  const Population& p = population();
  const Rows pairs = test::read_test_csv(p.summary.twin_pairs);
  EXPECT_EQ(pairs[0], (std::vector<std::string>{"entity_id", "twin_entity_id"}));
  std::set<std::string> known;
  for (std::size_t i = 1; i < p.truth.size(); ++i) known.insert(p.truth[i][2]);
  std::set<std::string> twins;
  for (std::size_t i = 1; i < pairs.size(); ++i) {
    for (const std::string& entity : pairs[i]) {
      EXPECT_TRUE(known.contains(entity));
      EXPECT_TRUE(twins.insert(entity).second) << "in two pairs";
    }
  }
  EXPECT_EQ(twins.size(), p.summary.twins);
}

TEST(GenerateRegistries, ShareOfTwinBirthsIsKept) {
  const auto twins = [](double births) {
    const test::TemporaryFolder folder;
    const GenerateSummary made = generate_registries(
        {.folder = folder.path(), .records = 20'000, .seed = 5, .twin_births = births});
    return static_cast<double>(made.twins) / static_cast<double>(made.persons);
  };
  EXPECT_EQ(twins(0), 0);
  // Some 0.8 persons with a record are twins per twin birth and person: see the usual rate above.
  EXPECT_NEAR(twins(0.15), 0.11, 0.03);
  EXPECT_THROW(twins(0.6), Error);
}

TEST(GenerateRegistries, MissingValuesKeepTheirRates) {
  const Population& p = population();
  const auto missing = [&](std::size_t source, std::size_t column) {
    const Rows& rows = p.sources[source];
    const auto empty = std::count_if(rows.begin() + 1, rows.end(),
                                     [&](const auto& row) { return row[column].empty(); });
    return static_cast<double>(empty) / static_cast<double>(rows.size() - 1);
  };
  EXPECT_NEAR(missing(0, 1), 0.45, 0.03);  // client: national id
  EXPECT_NEAR(missing(1, 8), 0.60, 0.03);  // social
  EXPECT_NEAR(missing(2, 7), 0.40, 0.04);  // crvs
  EXPECT_NEAR(missing(0, 6), 0.325,
              0.03);  // client: phone: 10 % have none, a quarter is not written
  EXPECT_NEAR(missing(1, 5), 0.415, 0.03);   // social
  EXPECT_NEAR(missing(0, 4), 0.008, 0.004);  // birth date
  EXPECT_NEAR(missing(1, 3), 0.015, 0.005);
}

TEST(GenerateRegistries, FilesAreValidUtf8WithoutBlankRows) {
  for (const char* file : kFiles) {
    const std::string text = content(population().folder.path() / file);
    EXPECT_TRUE(is_utf8(text)) << file;
    EXPECT_EQ(text.find("\n\n"), std::string::npos) << file;
    EXPECT_EQ(text.back(), '\n') << file;
  }
}

TEST(GenerateRegistries, RowsHaveTheColumnsOfTheirHeader) {
  for (const Rows& rows : population().sources) {
    for (const auto& row : rows) ASSERT_EQ(row.size(), rows[0].size());
  }
}

TEST(GenerateRegistries, ManyScriptsAndDiacriticsOccur) {
  std::u32string letters;
  for (std::size_t i = 1; i < population().sources[0].size(); ++i) {
    if (!is_ascii(population().sources[0][i][2]))
      letters += decode_utf8(population().sources[0][i][2]);
  }
  const auto has = [&](char32_t first, char32_t last) {
    return std::any_of(letters.begin(), letters.end(),
                       [&](char32_t c) { return c >= first && c <= last; });
  };
  EXPECT_TRUE(has(0xe0, 0xff)) << "Latin with diacritics";
  EXPECT_TRUE(has(0x400, 0x4ff)) << "Cyrillic";
  EXPECT_TRUE(has(0x600, 0x6ff)) << "Arabic";
  EXPECT_TRUE(has(0x900, 0x97f)) << "Devanagari";
  EXPECT_TRUE(has(0x980, 0x9ff)) << "Bengali";
  EXPECT_TRUE(has(0x1200, 0x137f)) << "Ethiopic";
  EXPECT_TRUE(has(0x1780, 0x17ff)) << "Khmer";
}

/// Pearson's correlation of two lists of n numbers.
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sa += a[i];
    sb += b[i];
    saa += a[i] * a[i];
    sbb += b[i] * b[i];
    sab += a[i] * b[i];
  }
  return (sab / n - sa / n * sb / n) /
         std::sqrt((saa / n - sa / n * sa / n) * (sbb / n - sb / n * sb / n));
}

TEST(GenerateRegistries, NeitherIdsNorOrderTellThePerson) {
  const Population& p = population();
  // Of every person with a client and a social record: the ids' digits and the places in the files.
  struct Seen {
    double id;
    double place;
  };
  std::unordered_map<std::string, Seen> client;
  std::array<std::vector<double>, 2> ids;
  std::array<std::vector<double>, 2> places;
  for (std::size_t i = 1; i < p.truth.size(); ++i) {
    const auto& row = p.truth[i];
    const double id = std::stod(row[1].substr(row[1].find_first_of("0123456789")));
    const auto place = static_cast<double>(i);
    if (row[0] == "client") client.try_emplace(row[2], Seen{id, place});
    if (row[0] != "social" || !client.contains(row[2])) continue;
    const Seen& seen = client.at(row[2]);
    ids[0].push_back(seen.id);
    ids[1].push_back(id);
    places[0].push_back(seen.place);
    places[1].push_back(place);
  }
  ASSERT_GT(ids[0].size(), 5'000U);
  EXPECT_LT(std::abs(correlation(ids[0], ids[1])), 0.05);
  EXPECT_LT(std::abs(correlation(places[0], places[1])), 0.05);
  EXPECT_LT(std::abs(correlation(ids[1], places[1])), 0.05);
}

TEST(GenerateRegistries, DuplicatesAndHouseholdsAreNotSideBySide) {
  const Population& p = population();
  std::size_t neighbours = 0;
  for (std::size_t i = 2; i < p.truth.size(); ++i) neighbours += p.truth[i][2] == p.truth[i - 1][2];
  EXPECT_LE(neighbours, 3U);
  std::size_t households = 0;
  const Rows& client = p.sources[0];
  for (std::size_t i = 2; i < client.size(); ++i) households += client[i][9] == client[i - 1][9];
  EXPECT_LE(households, 30U);  // some 10 expected: batches of 7,000 rows, four of a household
}

TEST(GenerateRegistries, FamilyNamesAreZipfLike) {
  std::unordered_map<std::string, int> counts;
  const Rows& crvs = population().sources[2];
  for (std::size_t i = 1; i < crvs.size(); ++i) ++counts[crvs[i][2]];
  std::vector<int> by_rank;
  for (const auto& [name, count] : counts) by_rank.push_back(count);
  std::sort(by_rank.rbegin(), by_rank.rend());
  const auto rows = static_cast<double>(crvs.size() - 1);
  EXPECT_GT(by_rank.size(), 1'500U);    // a long tail …
  EXPECT_GT(by_rank[0] / rows, 0.005);  // … behind names that many share,
  EXPECT_LT(by_rank[0] / rows, 0.03);   // none overwhelming
  EXPECT_GT(by_rank[9], 2 * by_rank[99]);
}

// The households are counted before a record is written: that is work too, and told.
TEST(GenerateRegistries, TellsEachStepFromItsBeginningToItsEnd) {
  const test::TemporaryFolder folder;
  std::vector<GenerateProgress> told;
  const GenerateSummary summary = generate_registries(
      {.folder = folder.path(),
       .records = 30'000,
       .threads = 2,
       .progress = [&](const GenerateProgress& progress) { told.push_back(progress); }});
  for (unsigned step = 0; step < kGenerateSteps; ++step) {
    std::vector<double> shares;
    for (const GenerateProgress& progress : told) {
      if (progress.step == step) shares.push_back(progress.share_done);
    }
    ASSERT_GE(shares.size(), 2U) << step;
    EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end())) << step;
    EXPECT_EQ(shares.front(), 0.0) << step;
    EXPECT_GT(shares.back(), step == 0 ? 0.3 : 0.999) << step;
    EXPECT_LE(shares.back(), 1.0) << step;
  }
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end(),
                             [](const auto& a, const auto& b) { return a.step < b.step; }));
  for (std::size_t r = 0; r < summary.sources.size(); ++r) {
    EXPECT_EQ(told.front().records[r], 0U);
    EXPECT_EQ(told.back().records[r], summary.sources[r].records);
  }
}

TEST(GenerateRegistries, RefusesWhatItCannotDo) {
  const test::TemporaryFolder folder;
  EXPECT_THROW(generate_registries({.folder = {}}), Error);
  EXPECT_THROW(generate_registries({.folder = folder.path(), .records = 0}), Error);
  EXPECT_THROW(generate_registries({.folder = folder.path(), .records = 2'000'000'000}), Error);
  const auto file = folder.write("plain", "");
  EXPECT_THROW(generate_registries({.folder = file / "below", .records = 10}), Error);
}

}  // namespace
}  // namespace tessera
