// What a message says, whatever it was written in: a tree of values that remembers which of them
// were used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// One value of a message: a text (also of numbers and truth values, as they were written), or
/// children. An object's children have keys, which may repeat; an array's have none.
struct Node {
  enum class Kind : std::uint8_t { kNull, kText, kObject, kArray };
  /// How far a reader went with it.
  enum class Use : std::uint8_t {
    kNone,    ///< Not looked at: what is left so is counted as unmapped.
    kRead,    ///< Looked at to find the way, or known to say nothing.
    kMapped,  ///< Its text went into a canonical table.
  };

  std::string key;
  std::string text;
  std::vector<Node> children;
  Kind kind = Kind::kNull;
  Use use = Use::kNone;
};

/// The limits that keep a hostile message from taking the machine.
inline constexpr int kMaxDepth = 64;                ///< Values within values.
inline constexpr std::size_t kMaxValues = 4000000;  ///< Of one document; 100 bytes each.

/// The nodes that a path leads to from `root`, in order; arrays are gone through wherever they
/// stand, so that one value and a list of one are the same.
///
///   name.given                       keys, parted by points
///   identifier[type.coding.code=UUID]  only those where a value at the path in brackets is `UUID`
///   extension[url~is-head]           … or ends with `is-head` after a `/` or as a whole
///
/// What a filter reads is marked kRead. Cost: the children of each node on the way.
std::vector<Node*> select(Node& root, std::string_view path);

/// The text of the first value with one that `path` leads to; empty if there is none. Marks it
/// kRead, for it is a look at the way and not the keeping of a value.
std::string text_at(Node& root, std::string_view path);

/// Whether `path` leads to anything.
bool has(Node& root, std::string_view path);

/// A child of an object, made if it is not there.
Node& child(Node& object, std::string_view key);

/// A text node.
Node text_node(std::string_view key, std::string_view text);

/// Marks all that is under `root` as read: known, and known to hold nothing for the tables.
void mark_read(Node& root);

/// Marks what is mapped under `root` as read only: the record that it went into is left out.
void unmap(Node& root);

/// The leaves of `root` with a text that are marked so, as paths from `root`: keys parted by
/// points, an extension by the end of its url (`extension[patient-is-head].valueBoolean`).
std::vector<std::string> paths_of(const Node& root, Node::Use use);

/// The texts of the leaves that are kMapped.
std::vector<std::string> mapped_texts(const Node& root);

}  // namespace tessera
