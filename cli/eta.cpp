#include "cli/eta.hpp"

#include <algorithm>

namespace tessera {
namespace {

constexpr double kLessWithAge = 0.5;  // a stage counts half as much as the one after it
constexpr double kLeastShare = 0.02;  // of a stage, to go by
constexpr double kLeastSeen = 0.05;   // seconds; less is noise

}  // namespace

void Eta::watch(const StageProgress& progress, double now_s) {
  if (number_ == 0) run_began_s_ = now_s;
  if (progress.number != number_) {
    if (number_ > 0 && progress.number > number_) {
      took_s_.resize(number_ - 1, 0.0);
      took_s_.push_back(now_s - stage_began_s_);
    } else {
      took_s_.clear();  // another run of the same command
      run_began_s_ = now_s;
    }
    took_s_.resize(progress.number - 1, 0.0);
    stage_began_s_ = now_s;
  }
  stage_ = progress.stage;
  number_ = progress.number;
  if (of_ != progress.of) expected_s_.clear();
  of_ = progress.of;
  share_done_ = progress.share_done;
  told_s_ = now_s;
  if (!progress.expected_s.empty()) {
    expected_s_.assign(progress.expected_s.begin(), progress.expected_s.end());
  }
}

double Eta::expected_s(std::size_t stage) const {
  return stage < expected_s_.size() ? expected_s_[stage] : 0.0;
}

// How many times as long as expected stages take, by those seen.
double Eta::slowness(double now_s) const {
  double took = 0.0;
  double expected = 0.0;
  double weight = 1.0;
  const std::size_t at_hand = number_ - 1;
  if (share_done_ >= kLeastShare) {
    took = told_s_ - stage_began_s_;
    expected = share_done_ * expected_s(at_hand);
  }
  for (std::size_t stage = took_s_.size(); stage-- > 0;) {
    weight *= kLessWithAge;
    took += weight * took_s_[stage];
    expected += weight * expected_s(stage);
  }
  if (took < kLeastSeen || expected <= 0.0) {
    took = 0.0;
    expected = 0.0;
  }
  // One that takes longer than it should tells so before it is over.
  const double so_far = now_s - stage_began_s_;
  const double of_stage = expected_s(at_hand) * (expected > 0.0 ? took / expected : 1.0);
  if (share_done_ < kLeastShare && so_far > of_stage) {
    took += so_far;
    expected += expected_s(at_hand);
  }
  return expected > 0.0 ? took / expected : 1.0;
}

double Eta::left_of_stage_s(double now_s, double slowness) const {
  if (share_done_ >= kLeastShare) {
    const double whole = (told_s_ - stage_began_s_) / share_done_;
    return std::max(0.0, whole - (now_s - stage_began_s_));
  }
  return std::max(0.0, expected_s(number_ - 1) * slowness - (now_s - stage_began_s_));
}

std::optional<double> Eta::left_s(double now_s) const {
  if (number_ == 0 || expected_s_.empty()) return std::nullopt;
  const double slow = slowness(now_s);
  double left = left_of_stage_s(now_s, slow);
  for (std::size_t stage = number_; stage < expected_s_.size(); ++stage) {
    left += expected_s(stage) * slow;
  }
  return left;
}

double Eta::share_done(double now_s) const {
  const std::optional<double> left = left_s(now_s);
  const double gone = now_s - run_began_s_;
  return left && gone > 0.0 ? gone / (gone + *left) : 0.0;
}

}  // namespace tessera
