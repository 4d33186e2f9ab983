// The rules of the house as functions over files: each returns one line per breach, none when all
// is well.
//
// They read texts, not the disk, so that a test can plant a breach and watch the rule find it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tests/house/source_tree.hpp"

namespace tessera::house {

/// Breaches, each `path:line: what` or `path: what`.
using Problems = std::vector<std::string>;

/// Includes that point upwards or sideways: data ← {blocking, scoring} ← engine ← {generate,
/// report} ← cli, and bench and tests above all. A quoted include of a file that is not there is a
/// breach too.
Problems find_layer_breaches(std::span<const SourceFile> files);

/// Files of the project that include each other in a ring; each ring once.
Problems find_include_rings(std::span<const SourceFile> files);

/// Third-party headers in a header, or in a source where that library has no business, or of a
/// library unknown here.
Problems find_misplaced_libraries(std::span<const SourceFile> files);

/// Headers that do not open with a comment followed by #pragma once.
Problems find_bad_openings(std::span<const SourceFile> files);

/// Lines of code over 100 columns (code points), sources over 400 lines, headers over 200.
Problems find_oversize(std::span<const SourceFile> files);

/// Words that no code may hold: random_device, parallel_reduce, new, rand; printing and exiting
/// outside cli; and in any file a to-do without an issue's number, a disabled test, a path of
/// somebody's machine, the name of a package host.
Problems find_banned_words(std::span<const SourceFile> files);

/// Sources that no CMakeLists.txt lists: that of their folder by name, another by folder and name.
Problems find_unlisted_sources(std::span<const SourceFile> files);

/// Sources without a test of their name: scoring/model.cpp wants tests/scoring/model_test.cpp. A
/// short table names those that the test of a larger promise tests; that test must be there too.
Problems find_untested_sources(std::span<const SourceFile> files);

/// Tests whose names do not state a promise in PascalCase of two words or more (TEST(Model,
/// NullLevelAddsNothing)).
Problems find_unnamed_tests(std::span<const SourceFile> files);

}  // namespace tessera::house
