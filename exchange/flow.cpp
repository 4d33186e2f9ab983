#include "exchange/flow.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "data/sort_unique.hpp"
#include "engine/output_folder.hpp"

namespace tessera {

bool FlowInput::is_due(const FeedRecord& record) const {
  if (again.contains(feed.sources()[record.source] + ":" + record.id)) return true;
  const auto is_touched_in = [&](std::string_view name) {
    const std::optional<std::size_t> source = feed.source(name);
    return source && feed.is_touched(record.entity, *source);
  };
  return is_touched_in(from) || is_touched_in(to);
}

bool FlowInput::has_news(const FeedRecord& record) const {
  const auto is_changed_in = [&](std::string_view name) {
    const std::optional<std::size_t> source = feed.source(name);
    return source && feed.is_changed(record.entity, *source);
  };
  return is_due(record) || is_changed_in(from) || is_changed_in(to);
}

const FlowSource* FlowInput::find(std::string_view name) const {
  for (const FlowSource& source : sources) {
    if (source.name == name) return &source;
  }
  return nullptr;
}

const FlowSource& FlowInput::need(std::string_view name) const {
  const FlowSource* found = find(name);
  if (found == nullptr) {
    throw Error(ErrorCode::kUsage, std::string(name),
                "nothing of it was given, and the flow tells of it; give " + std::string(name) +
                    "=FORMAT:FILE");
  }
  return *found;
}

void FlowResult::count(std::string_view what, std::uint64_t more) {
  const auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const auto& counted) { return counted.first == what; });
  if (found == counts.end()) {
    counts.emplace_back(what, more);
  } else {
    found->second += more;
  }
}

void FlowResult::except(std::string_view source, std::string_view record, std::string_view what,
                        std::string_view reason) {
  exceptions.push_back(
      {std::string(source), std::string(record), std::string(what), std::string(reason)});
}

std::string exceptions_csv(const FlowResult& result) {
  std::vector<std::string> lines;
  for (const FlowException& exception : result.exceptions) {
    append_csv_row(lines.emplace_back(),
                   {exception.source, exception.record, exception.what, exception.reason});
  }
  sort_unique(lines);
  std::string text = "source,record_id,what,reason\n";
  for (const std::string& line : lines) text += line;
  return text;
}

std::string exchange_json(const Flow& flow, const FlowInput& input, std::int64_t since,
                          const FlowResult& result) {
  nlohmann::ordered_json facts;
  facts["flow"] = flow.name;
  facts["from"] = input.from;
  if (!input.to.empty()) facts["to"] = input.to;
  facts["since"] = since;
  facts["next"] = input.feed.last_event();
  facts["counts"] = nlohmann::ordered_json::object();
  for (const auto& [what, count] : result.counts) facts["counts"][what] = count;
  std::map<std::string, std::uint64_t> reasons;
  for (const FlowException& exception : result.exceptions) ++reasons[exception.reason];
  facts["exceptions"] = reasons;
  facts["read"] = nlohmann::ordered_json::array();
  for (const FlowSource& source : input.sources) {
    for (const ImportedFile& file : source.tables.files()) {
      facts["read"].push_back({{"source", source.name},
                               {"format", source.format},
                               {"file", file.file},
                               {"digest", file.digest}});
    }
  }
  return facts.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void write_flow(const std::filesystem::path& folder, const FlowResult& result,
                std::string_view facts) {
  OutputFolder output(folder);
  std::vector<std::string_view> names;
  const auto put = [&](std::string_view name, std::string_view text) {
    StagedFile file(output.staged(name));
    file.write(text);
    file.finish();
    names.push_back(name);
  };
  for (const auto& [name, text] : result.files) put(name, text);
  put("exceptions.csv", exceptions_csv(result));
  put("exchange.json", facts);
  output.commit(names);
}

}  // namespace tessera
