// The page of a job: report.html of `tessera link`, and of `tessera evaluate` with the truth.
#pragma once

#include <span>
#include <string_view>

#include "engine/explanation.hpp"
#include "report/evaluation.hpp"
#include "report/page.hpp"
#include "report/sample_charts.hpp"
#include "scoring/model.hpp"

namespace tessera {

struct LinkPageInput {
  std::string_view run_json;  ///< The text of run.json.
  const Model& model;
  std::span<const Explanation> samples = {};
  bool show_values = false;  ///< Of the samples and of the wrong pairs.
  const Evaluation* evaluation = nullptr;
  std::span<const PairChart> wrong_pairs = {};  ///< Of the evaluation: explain_wrong_pairs.
};

/// Everything that is known of the job, the outcome first, then the data, blocking, the model, and
/// examples. Nothing in it depends on the machine or the time: the same job gives the same page.
/// Throws Error(kUsage) as run_charts does.
Page link_page(const LinkPageInput& input);

}  // namespace tessera
