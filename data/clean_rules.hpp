// The cleaning rules of an attribute (RE2 patterns and replacements from the config), compiled
// once.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "data/spec.hpp"

namespace tessera {

/// Rules applied one after the other to a raw text. Immutable, so safe to use from any thread.
class RuleChain {
 public:
  /// Compiles the rules of `attribute`. Throws Error(kUsage), where `attribute.<name>.rules[i]`, if
  /// a pattern is not RE2 or a replacement names a group that its pattern has not.
  explicit RuleChain(const AttributeSpec& attribute);
  RuleChain(RuleChain&&) noexcept;
  RuleChain& operator=(RuleChain&&) noexcept;
  ~RuleChain();

  bool empty() const;

  /// The text with every match of every rule replaced, in order. Cost: linear in the text for each
  /// rule.
  std::string apply(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tessera
