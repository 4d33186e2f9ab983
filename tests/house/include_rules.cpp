// Who may include whom: the layers, the rings, and the libraries of others.
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "tests/house/house_rules.hpp"

namespace tessera::house {
namespace {

/// A folder and those it may include from, besides itself.
struct Layer {
  std::string_view folder;
  std::string_view below;  ///< Folders, each between blanks.
};

// DESIGN: the house. Folders that later work brings have their place already.
constexpr std::array<Layer, 14> kLayers = {{
    {"data", ""},
    {"blocking", " data "},
    {"scoring", " data "},
    {"index", " data "},
    {"engine", " data blocking scoring index "},
    {"registry", " data blocking scoring index engine "},
    {"generate", " data blocking scoring index engine registry "},
    {"exchange", " data blocking scoring index engine registry "},
    {"review", " data blocking scoring index engine registry "},
    {"report", " data blocking scoring index engine registry "},
    {"service", " data blocking scoring index engine registry exchange review report "},
    {"cli",
     " data blocking scoring index engine registry generate exchange review report service "},
    {"bench", " data blocking scoring index engine registry generate exchange review report cli "},
    {"tests",
     " data blocking scoring index engine registry generate exchange review report cli bench "},
}};

/// A library of others: headers that begin with `prefix` may stand in sources that match one of
/// `places`.
struct Library {
  std::string_view prefix;
  std::string_view places;  ///< Patterns of paths (fnmatch), parted by blanks.
};

constexpr std::array<Library, 18> kLibraries = {{
    {"arrow/", "data/arrow*.cpp data/*reader*.cpp data/*writer*.cpp tests/data/*.cpp bench/*.cpp"},
    {"parquet/",
     "data/arrow*.cpp data/*reader*.cpp data/*writer*.cpp tests/data/*.cpp bench/*.cpp"},
    {"re2/", "data/*.cpp"},
    {"oneapi/", "data/*.cpp blocking/*.cpp engine/*.cpp generate/*.cpp tests/*.cpp"},
    {"tbb/",
     "data/*.cpp blocking/*.cpp scoring/level_bound.cpp index/*.cpp engine/*.cpp registry/*.cpp "
     "generate/*.cpp tests/*.cpp"},
    {"unicode/", "data/*.cpp tests/data/*.cpp"},
    {"zlib.h", "data/*.cpp tests/*.cpp"},
    {"nlohmann/", "*.cpp tests/exchange/transfer_world.hpp"},
    {"toml++/", "engine/*.cpp cli/*.cpp tests/*.cpp"},
    {"pugixml.hpp", "exchange/xml_tree.cpp"},
    {"CLI/", "cli/*.cpp tests/cli/*.cpp"},
    {"fmt/", "*.cpp"},
    {"xapian.h", "index/*.cpp"},
    {"sqlite3.h", "registry/*.cpp tests/registry/*.cpp"},
    {"openssl/", "registry/*.cpp"},
    {"gtest/", "tests/*"},
    {"gmock/", "tests/*"},
    {"benchmark/", "bench/*.cpp"},
}};

// The C library's and the operating system's headers, free to use in any file.
constexpr auto kSystemHeaders = std::to_array<std::string_view>(
    {"fcntl.h", "fnmatch.h", "malloc.h", "poll.h", "signal.h", "spawn.h", "sys/", "termios.h",
     "unistd.h", "dlfcn.h", "pty.h"});

const Layer* layer_of(std::string_view path) {
  const auto found = std::find_if(kLayers.begin(), kLayers.end(), [&](const Layer& layer) {
    return layer.folder == top_folder(path);
  });
  return found == kLayers.end() ? nullptr : &*found;
}

bool may_include(const Layer& layer, std::string_view folder) {
  return folder == layer.folder ||
         layer.below.find(" " + std::string(folder) + " ") != std::string_view::npos;
}

bool is_system_header(std::string_view name) {
  if (name.find('/') == std::string_view::npos && name.find('.') == std::string_view::npos) {
    return true;  // C++'s own: <vector>
  }
  if (name.ends_with("intrin.h")) return true;  // the processor's own: <emmintrin.h>
  return std::any_of(kSystemHeaders.begin(), kSystemHeaders.end(), [&](std::string_view known) {
    return known.ends_with('/') ? name.starts_with(known) : name == known;
  });
}

bool is_place_of(const Library& library, const std::string& path) {
  std::string_view rest = library.places;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.size(), rest.find(' '));
    if (fnmatch(std::string(rest.substr(0, end)).c_str(), path.c_str(), 0) == 0) return true;
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return false;
}

using Edges = std::map<std::string, std::vector<std::string>>;

// Depth-first; a file met again on the way down closes a ring.
void find_rings(const Edges& edges, const std::string& file, std::vector<std::string>& way,
                std::set<std::string>& done, Problems& problems) {
  if (done.contains(file)) return;
  const auto met = std::find(way.begin(), way.end(), file);
  if (met != way.end()) {
    std::string ring;
    for (auto at = met; at != way.end(); ++at) ring += *at + " → ";
    problems.push_back(ring + file + ": a ring of includes");
    return;
  }
  const auto found = edges.find(file);
  if (found == edges.end()) return;
  way.push_back(file);
  for (const std::string& next : found->second) find_rings(edges, next, way, done, problems);
  way.pop_back();
  done.insert(file);
}

}  // namespace

Problems find_layer_breaches(std::span<const SourceFile> files) {
  std::set<std::string_view> paths;
  for (const SourceFile& file : files) paths.insert(file.path);
  Problems problems;
  for (const SourceFile& file : files) {
    if (!is_code(file.path)) continue;
    const Layer* layer = layer_of(file.path);
    if (layer == nullptr) {
      problems.push_back(file.path + ": its folder has no layer; give it one in include_rules.cpp");
      continue;
    }
    for (const Include& include : includes_of(file.text)) {
      if (!include.quoted) continue;
      if (!paths.contains(include.name)) {
        problems.push_back(file.path + ": includes " + include.name + ", which is not there");
      } else if (!may_include(*layer, top_folder(include.name))) {
        problems.push_back(file.path + ": must not include " + include.name);
      }
    }
  }
  return problems;
}

Problems find_include_rings(std::span<const SourceFile> files) {
  Edges edges;
  for (const SourceFile& file : files) {
    if (!is_code(file.path)) continue;
    for (const Include& include : includes_of(file.text)) {
      if (include.quoted) edges[file.path].push_back(include.name);
    }
  }
  Problems problems;
  std::set<std::string> done;
  for (const auto& [file, included] : edges) {
    std::vector<std::string> way;
    find_rings(edges, file, way, done, problems);
  }
  return problems;
}

Problems find_misplaced_libraries(std::span<const SourceFile> files) {
  Problems problems;
  for (const SourceFile& file : files) {
    if (!is_code(file.path)) continue;
    for (const Include& include : includes_of(file.text)) {
      if (include.quoted || is_system_header(include.name)) continue;
      const auto library = std::find_if(
          kLibraries.begin(), kLibraries.end(),
          [&](const Library& known) { return include.name.starts_with(known.prefix); });
      if (library == kLibraries.end()) {
        problems.push_back(file.path + ": <" + include.name + "> is of no library known here");
      } else if (is_header(file.path) && !file.path.starts_with("tests/")) {
        problems.push_back(file.path + ": <" + include.name + "> must not stand in a header");
      } else if (!is_place_of(*library, file.path)) {
        problems.push_back(file.path + ": <" + include.name + "> has no business here");
      }
    }
  }
  return problems;
}

}  // namespace tessera::house
