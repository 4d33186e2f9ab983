#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/error_pages.hpp"

namespace tessera {
namespace {

std::string heading(const ErrorPage& page) {
  return fmt::format("{} (exit code {}): {}\n", page.name, static_cast<int>(page.code),
                     page.summary);
}

int explain(const std::string& code) {
  if (code.empty()) {
    for (const ErrorPage& page : error_pages()) fmt::print("{}", heading(page));
    return 0;
  }
  const std::optional<ErrorPage> page = find_error_page(code);
  if (!page) {
    throw Error(ErrorCode::kUsage, code,
                "is no error code; `tessera explain` without one lists them");
  }
  fmt::print("{}\n{}", heading(*page), page->text);
  return 0;
}

}  // namespace

void add_explain_command(CLI::App& app, Command& chosen) {
  auto code = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("explain", "Explain an error: what it means and what to do");
  command->add_option("code", *code,
                      "The word in error[...], or an exit code; without it all are listed");
  command->footer(
      "Examples:\n"
      "  tessera explain usage\n"
      "  tessera explain 5");
  command->callback([code, &chosen] { chosen = [code] { return explain(*code); }; });
}

}  // namespace tessera
