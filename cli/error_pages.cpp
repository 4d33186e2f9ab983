#include "cli/error_pages.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr std::array<ErrorPage, 5> kPages = {{
    {ErrorCode::kRefused, "refused", "a gate said no, or the answer is negative",
     R"(The command did its work, and the answer is no. Nothing was changed.

  - More rows were rejected than the job allows (max_rejected_share, 0.1 % unless told). The file
    rejects.csv in --out lists each with its line and the reason. Put the file right, or allow more
    with --max-rejected 0.05 once you know why.
  - `tessera apply FILE` was given a plan of a registry that has changed since. Plan again.
  - `tessera check` or `tessera audit` found what should not be; each finding is a line.

Scripts: exit code 1 means "no", not "broken"; it may be tested for.
)"},
    {ErrorCode::kUsage, "usage", "the command line, the config or an input is not as it must be",
     R"(What was asked cannot be done as written. Nothing was read or changed beyond that point.

  - The message names the place: an option, a key of the config (file:line:column), or a file and
    its line. All problems of a config are told at once.
  - A column was not found: `tessera profile FILE` shows the columns, and `--config` can name them.
  - A record was not found: name it SOURCE:RECORD_ID, as crosswalk.csv does.
  - Not sure which options there are: `tessera COMMAND --help` has examples.

To begin from a config that works: `tessera init FILE...` writes one, each choice with its reason.
)"},
    {ErrorCode::kBusy, "busy", "another process holds the folder or the registry",
     R"(Only one process at a time may write into a results folder or a registry. Yours did not wait
and changed nothing.

  - Wait until the other one has ended, then run the command again.
  - Give the job a folder of its own with --out.
  - If no other process is there: the lock is the kernel's and ends with the process that held it,
    so look for a tessera on another machine that shares the disk.

Reading a registry (plan, show, log) never waits and never hinders a writer.
)"},
    {ErrorCode::kDamaged, "damaged", "a file of ours is damaged, or newer than this program",
     R"(A registry, a plan or a model is not what this program wrote, or a later version wrote it.

  - The message says which. `tessera --version` says which version this is; a later one may be
    needed.
  - `tessera check --store FILE` reads a whole registry and tells each finding.
  - `tessera audit --store FILE` proves the ledger: that no event was changed or lost.
  - Put the newest backup in its place. Do not repair a registry by hand: its identifiers are
    promised to others.
  - "bug:" instead of a place: please report the line; it holds no value of a record.
)"},
    {ErrorCode::kResource, "resource", "disk, memory or permission",
     R"(The machine did not give what was needed. Results that were there before are untouched:
files are written aside and moved into place only when all are whole.

  - Disk full, or no permission: the message names the file and the system's reason.
  - Memory: with --memory 4G a job refuses before it starts if it would need more, and says how
    much. Link fewer sources at once, or give it more.
  - A job that was killed leaves DIR/.tessera-partial behind; the next job there clears it.
)"},
}};

}  // namespace

std::span<const ErrorPage> error_pages() {
  return kPages;
}

const ErrorPage& page_of(ErrorCode code) {
  const auto found = std::ranges::find(kPages, code, &ErrorPage::code);
  TESSERA_CHECK(found != kPages.end());
  return *found;
}

std::optional<ErrorPage> find_error_page(std::string_view name_or_code) {
  unsigned number = 0;
  const auto [end, fault] =
      std::from_chars(name_or_code.data(), name_or_code.data() + name_or_code.size(), number);
  const bool is_number = fault == std::errc() && end == name_or_code.data() + name_or_code.size();
  for (const ErrorPage& page : kPages) {
    if (page.name == name_or_code || (is_number && static_cast<unsigned>(page.code) == number)) {
      return page;
    }
  }
  return std::nullopt;
}

}  // namespace tessera
