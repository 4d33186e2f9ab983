// How long a run still takes: from how long its stages should take and how long they took.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/stage_watch.hpp"

namespace tessera {

/// Watches a run's stages. A machine is faster or slower than the one of the expected times in all
/// stages alike, and this run shows by how much: stage by stage, the last counting most. What is
/// known of the stage at hand (share_done) is taken for that stage alone.
class Eta {
 public:
  /// `now_s`: seconds on any clock, never less than before.
  void watch(const StageProgress& progress, double now_s);

  /// Seconds still to go; nullopt while nothing is expected or nothing was seen. Never negative.
  std::optional<double> left_s(double now_s) const;

  /// Of the whole run, in [0, 1]; 0 where left_s is none.
  double share_done(double now_s) const;

  const std::string& stage() const { return stage_; }
  unsigned number() const { return number_; }
  unsigned of() const { return of_; }

 private:
  double expected_s(std::size_t stage) const;
  double slowness(double now_s) const;
  double left_of_stage_s(double now_s, double slowness) const;

  std::string stage_;
  unsigned number_ = 0;  // of the stage at hand; 0: none yet
  unsigned of_ = 0;
  std::vector<double> expected_s_;
  std::vector<double> took_s_;  // of the stages that are over
  double run_began_s_ = 0.0;
  double stage_began_s_ = 0.0;
  double share_done_ = 0.0;  // of the stage at hand, when it was last told
  double told_s_ = 0.0;
};

}  // namespace tessera
