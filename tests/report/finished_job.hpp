// A job of invented people, run and written as `tessera link` does, for tests that read it back.
#pragma once

#include <filesystem>

#include "data/digest.hpp"
#include "engine/pipeline.hpp"
#include "engine/propose_job.hpp"
#include "engine/write_job.hpp"
#include "engine/write_outputs.hpp"
#include "generate/population.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {

struct FinishedJob {
  FinishedJob() {
    GenerateOptions options;
    options.folder = folder.path();
    options.records = 500;
    options.seed = 4;
    options.threads = 1;
    std::vector<SourceSpec> sources;
    const GenerateSummary made = generate_registries(options);
    for (const GenerateSummary::Source& source : made.sources) {
      SourceSpec& spec = sources.emplace_back();
      spec.name = source.name;
      spec.path = source.path;
    }
    job = propose_job(sources).job;
    result = run_link(job, {}, std::nullopt, {});
    const std::string model_text = model_json(result.model);
    const std::string job_text = job_toml(job, out());
    result.facts.job_digest = text_digest(job_text);
    result.facts.model_digest = text_digest(model_text);
    write_outputs(out(),
                  {.job = job,
                   .table = result.table,
                   .rejects = result.rejects,
                   .links = result.links,
                   .clusters = result.clusters,
                   .golden = result.golden,
                   .model_text = model_text,
                   .job_text = job_text},
                  [&] { return result.facts; });
  }
  std::filesystem::path out() const { return folder.path() / "out"; }

  TemporaryFolder folder;
  JobSpec job;
  LinkResult result;
};

}  // namespace tessera::test
