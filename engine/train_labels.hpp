// Trains a job's model and lets people's verdicts on pairs of its records correct it.
#pragma once

#include <span>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/link.hpp"
#include "scoring/label_training.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// A verdict on two rows of a table.
struct RowLabel {
  Row left = 0;
  Row right = 0;
  bool is_match = false;
};

/// The model as the labels correct it (learn_from_labels). links: the pairs at or over the review
/// threshold, as the model weighed them. Labelled pairs under it, or that no rule makes, are
/// weighed too. A pair labelled twice counts once, its last label. REQUIRES: labels' rows are of
/// the table, left != right. Throws Error(kUsage) when the model's comparisons are not the job's.
LabelledModel train_on_labels(const Table& table, const JobSpec& job, const Model& model,
                              std::span<const Link> links, std::span<const RowLabel> labels);

}  // namespace tessera
