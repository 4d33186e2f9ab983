// Any bytes as a message of any format: the first byte picks the reader, the rest is the text
// (JSON; XML where it begins with `<`). Either rejects, said in words, or canonical rows that keep
// their promises: clean values stay as they are, and what is mapped is kept.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "data/check.hpp"
#include "exchange/dci_reader.hpp"
#include "exchange/fhir_reader.hpp"
#include "exchange/json_tree.hpp"
#include "exchange/opencrvs_bundle.hpp"
#include "exchange/opencrvs_events.hpp"
#include "exchange/person_list.hpp"
#include "exchange/xml_tree.hpp"
#include "tests/fuzz/check_rows.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Reader = void (*)(tessera::Node&, tessera::Import&);

void read_event(tessera::Node& document, tessera::Import& import) {
  if (tessera::is_event_log(document)) tessera::read_event_log(document, import);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr Reader kReaders[] = {tessera::read_fhir, tessera::read_dci,
                                 tessera::read_opencrvs_bundle, read_event,
                                 tessera::read_list_document};
  const Reader read = kReaders[data[0] % std::size(kReaders)];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  tessera::Import import;
  import.begin_file("fuzz");
  tessera::Node root;
  const tessera::TreeFault fault =
      text.starts_with('<') ? tessera::parse_fhir_xml(text, root) : tessera::parse_json(text, root);
  if (fault.what.empty()) {
    read(root, import);
  } else {
    TESSERA_CHECK(fault.line >= 1 && fault.column >= 1);
  }
  import.finish();
  tessera::test::check_rows(import);
  return 0;
}
