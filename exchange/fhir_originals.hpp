// The resources of FHIR files as their sender wrote them.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/tree.hpp"

namespace tessera {

/// Calls `take` for each resource in FHIR files, also within bundles: its tree, and its own text
/// (JSON; empty where the file is XML). A resource without an id gets that of its entry's fullUrl,
/// as when it is imported. Lines that are no JSON are passed over: importing rejects them.
/// Throws Error as for_each_document.
void for_each_resource(std::span<const std::filesystem::path> files,
                       const std::function<void(Node& resource, std::string_view text)>& take);

/// The Patients of these record ids, each as compact_json; of several with one id the one updated
/// last, then the last. Those that are not there as JSON are not in the map.
std::map<std::string, std::string, std::less<>> original_patients(
    std::span<const std::filesystem::path> files, const std::set<std::string, std::less<>>& wanted);

/// The same for resources of any type, each wanted and given by `TYPE/ID`.
std::map<std::string, std::string, std::less<>> original_resources(
    std::span<const std::filesystem::path> files, const std::set<std::string, std::less<>>& wanted);

/// A resource (compact JSON) with one more identifier.
std::string add_identifier_json(std::string_view patient, std::string_view identifier);

/// An object (compact JSON) with members put in place of those of their names, at its end; one
/// whose JSON is empty is taken out.
std::string set_members_json(std::string_view object,
                             const std::vector<std::pair<std::string_view, std::string>>& members);

}  // namespace tessera
