#include "data/clean_rules.hpp"

#include <re2/re2.h>

#include <utility>
#include <vector>

#include "data/error.hpp"

namespace tessera {

struct RuleChain::Impl {
  struct Rule {
    std::unique_ptr<RE2> pattern;  // RE2 cannot be moved
    std::string replacement;
  };
  std::vector<Rule> rules;
};

RuleChain::RuleChain(const AttributeSpec& attribute) : impl_(std::make_unique<Impl>()) {
  RE2::Options options;
  options.set_log_errors(false);
  for (std::size_t i = 0; i < attribute.rules.size(); ++i) {
    const CleaningRule& rule = attribute.rules[i];
    const std::string where = "attribute." + attribute.name + ".rules[" + std::to_string(i) + "]";
    auto pattern = std::make_unique<RE2>(rule.pattern, options);
    if (!pattern->ok()) {
      throw Error(ErrorCode::kUsage, where,
                  "the pattern is not RE2: " + pattern->error() +
                      "; see github.com/google/re2/wiki/Syntax and correct it");
    }
    std::string fault;
    if (!pattern->CheckRewriteString(rule.replacement, &fault)) {
      throw Error(ErrorCode::kUsage, where,
                  "the replacement does not fit its pattern: " + fault +
                      "; \\1 to \\9 are groups of the pattern and \\\\ is a backslash");
    }
    impl_->rules.push_back({std::move(pattern), rule.replacement});
  }
}

RuleChain::RuleChain(RuleChain&&) noexcept = default;
RuleChain& RuleChain::operator=(RuleChain&&) noexcept = default;
RuleChain::~RuleChain() = default;

bool RuleChain::empty() const {
  return impl_->rules.empty();
}

std::string RuleChain::apply(std::string_view text) const {
  std::string result(text);
  for (const Impl::Rule& rule : impl_->rules) {
    RE2::GlobalReplace(&result, *rule.pattern, rule.replacement);
  }
  return result;
}

}  // namespace tessera
