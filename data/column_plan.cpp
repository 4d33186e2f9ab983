#include "data/column_plan.hpp"

#include <algorithm>

#include "data/check.hpp"
#include "data/column_names.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

using Names = std::vector<std::string>;

std::string quoted_list(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

std::size_t slot_of(SourcePlan& plan, std::size_t column) {
  const auto at = std::find(plan.selected.begin(), plan.selected.end(), column);
  const auto slot = static_cast<std::size_t>(at - plan.selected.begin());
  if (at == plan.selected.end()) plan.selected.push_back(column);
  return slot;
}

std::optional<std::size_t> first_present(const Names& columns, const Names& wanted) {
  for (const std::string& name : wanted) {
    if (const auto column = find_column(columns, name)) return column;
  }
  return std::nullopt;
}

class Planner {
 public:
  Planner(std::span<const SourceSpec> sources, std::span<const AttributeSpec> attributes,
          std::span<const Names> columns)
      : sources_(sources), attributes_(attributes), columns_(columns) {}

  std::vector<SourcePlan> plan(bool absent_attributes) {
    std::vector<SourcePlan> plans(sources_.size());
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      plans[s].id_slot = named_slot(s, sources_[s].id_column, "id column", plans[s]);
      plans[s].updated_slot = named_slot(s, sources_[s].updated_column, "update column", plans[s]);
      for (const AttributeSpec& attribute : attributes_) {
        plans[s].attributes.push_back(attribute_fields(s, attribute, plans[s]));
      }
    }
    for (std::size_t a = 0; a < attributes_.size(); ++a) {
      const bool found = std::any_of(plans.begin(), plans.end(), [&](const SourcePlan& plan) {
        return !plan.attributes[a].slots.empty();
      });
      if (!found && !absent_attributes) problems_.push_back(absent_attribute(attributes_[a]));
    }
    throw_problems();
    return plans;
  }

 private:
  std::string place(std::size_t source) const {
    return "source '" + sources_[source].name + "' (" + sources_[source].path.string() + ")";
  }

  std::optional<std::size_t> named_slot(std::size_t source, const std::string& name,
                                        const char* role, SourcePlan& plan) {
    if (name.empty()) return std::nullopt;
    if (const auto column = find_column(columns_[source], name)) return slot_of(plan, *column);
    problems_.push_back(place(source) + ": the " + role + " '" + name + "' is not in the file;" +
                        suggestion(columns_[source], name));
    return std::nullopt;
  }

  FieldPlan attribute_fields(std::size_t source, const AttributeSpec& attribute, SourcePlan& plan) {
    const Names& columns = columns_[source];
    if (const auto column = first_present(columns, attribute.columns)) {
      return {.slots = {slot_of(plan, *column)}};
    }
    FieldPlan fields{.slots = {}, .joiner = attribute.kind == Kind::kDate ? '-' : ' '};
    std::vector<std::string> absent;
    for (const std::string& part : attribute.parts) {
      const auto column = find_column(columns, part);
      if (!column) {
        absent.push_back(part);
      } else {
        fields.slots.push_back(slot_of(plan, *column));
      }
    }
    if (!absent.empty() && !fields.slots.empty()) {
      problems_.push_back(place(source) + ": attribute '" + attribute.name +
                          "' lacks of its parts " + quoted_list(absent) + ";" +
                          suggestion(columns, absent.front()));
    }
    if (!absent.empty()) fields.slots.clear();
    return fields;
  }

  std::string absent_attribute(const AttributeSpec& attribute) const {
    Names wanted = attribute.columns;
    wanted.insert(wanted.end(), attribute.parts.begin(), attribute.parts.end());
    if (wanted.empty()) return "attribute '" + attribute.name + "': names no columns; add some";
    Names known;
    for (const Names& columns : columns_) known.insert(known.end(), columns.begin(), columns.end());
    return "attribute '" + attribute.name + "': no source has a column " + quoted_list(wanted) +
           ";" + suggestion(known, wanted.front());
  }

  static std::string suggestion(const Names& known, const std::string& name) {
    const std::string meant = did_you_mean(known, name);
    return meant.empty() ? " check the names in the header" : meant;
  }

  void throw_problems() const {
    if (problems_.empty()) return;
    std::string text;
    for (const std::string& problem : problems_) text += (text.empty() ? "" : "\n") + problem;
    throw Error(ErrorCode::kUsage, "", text);
  }

  std::span<const SourceSpec> sources_;
  std::span<const AttributeSpec> attributes_;
  std::span<const Names> columns_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<SourcePlan> plan_columns(std::span<const SourceSpec> sources,
                                     std::span<const AttributeSpec> attributes,
                                     std::span<const std::vector<std::string>> columns,
                                     bool absent_attributes) {
  TESSERA_CHECK(sources.size() == columns.size());
  return Planner(sources, attributes, columns).plan(absent_attributes);
}

}  // namespace tessera
