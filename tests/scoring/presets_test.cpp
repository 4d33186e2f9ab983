// The preset of every kind is a comparison that a config could have written.
#include <gtest/gtest.h>

#include <set>

#include "scoring/comparison.hpp"
#include "scoring/pattern.hpp"

namespace tessera {
namespace {

struct Preset {
  Kind kind;
  ComparisonSpec comparison;
};

std::vector<Preset> all_presets() {
  std::vector<Preset> presets;
  for (int i = 0; i <= static_cast<int>(Kind::kSet); ++i) {
    const Kind kind = static_cast<Kind>(i);
    presets.push_back({kind, preset_comparison(kind, false)});
  }
  presets.push_back({Kind::kName, preset_comparison(Kind::kName, true)});
  return presets;
}

bool has(const ComparisonSpec& comparison, LevelFunction function) {
  for (const LevelSpec& level : comparison.levels) {
    if (level.function == function) return true;
  }
  return false;
}

TEST(Presets, OpenWithExactAndEndWithElse) {
  for (const Preset& preset : all_presets()) {
    SCOPED_TRACE(kind_name(preset.kind));
    ASSERT_GE(preset.comparison.levels.size(), 2U);
    EXPECT_LE(preset.comparison.levels.size(), kMaxLevels);
    EXPECT_EQ(preset.comparison.levels.front().function, LevelFunction::kExact);
    EXPECT_EQ(preset.comparison.levels.back().function, LevelFunction::kElse);
  }
}

TEST(Presets, NoLevelStandsTwice) {
  for (const Preset& preset : all_presets()) {
    std::set<std::string> texts;
    for (const LevelSpec& level : preset.comparison.levels) {
      EXPECT_TRUE(texts.insert(level.text).second) << kind_name(preset.kind) << ": " << level.text;
    }
  }
}

TEST(Presets, ThresholdsOfOneFunctionGrowLaxer) {
  for (const Preset& preset : all_presets()) {
    const auto& levels = preset.comparison.levels;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      for (std::size_t j = i + 1; j < levels.size(); ++j) {
        if (levels[i].function != levels[j].function) continue;
        const bool is_similarity = levels[i].text.find(">=") != std::string::npos;
        EXPECT_EQ(levels[j].threshold < levels[i].threshold, is_similarity)
            << kind_name(preset.kind) << ": " << levels[i].text << ", then " << levels[j].text;
      }
    }
  }
}

TEST(Presets, GivenNamesKnowNicknamesAndInitials) {
  EXPECT_TRUE(has(preset_comparison(Kind::kName, true), LevelFunction::kNickname));
  EXPECT_TRUE(has(preset_comparison(Kind::kName, true), LevelFunction::kInitial));
  EXPECT_FALSE(has(preset_comparison(Kind::kName, false), LevelFunction::kNickname));
}

TEST(Presets, DatesKnowSwapsAndHeaps) {
  const ComparisonSpec dates = preset_comparison(Kind::kDate, false);
  EXPECT_TRUE(has(dates, LevelFunction::kDateSwap));
  EXPECT_TRUE(has(dates, LevelFunction::kDateCoarse));
  EXPECT_TRUE(has(dates, LevelFunction::kDateOneEdit));
}

}  // namespace
}  // namespace tessera
