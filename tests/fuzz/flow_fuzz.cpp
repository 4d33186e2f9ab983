// Any two systems' messages through a flow, over a registry that knows some of their people. The
// first byte picks the flow, the second the formats of the one told of and the one told; the texts
// are parted by 0x1E. Either refused with an Error, or messages that are JSON where they say so,
// and exceptions that say why.
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "data/check.hpp"
#include "data/error.hpp"
#include "exchange/flow.hpp"
#include "exchange/formats.hpp"
#include "exchange/json_tree.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

/// p1 to p6 of client are p1 to p6 of openimis; p7 may be; p8 is in client alone, p9 in openimis.
class Known {
 public:
  Known() {
    const auto people = [](const std::string& left_out) {
      std::string list = "[";
      for (int i = 1; i <= 9; ++i) {
        const std::string id = "p" + std::to_string(i);
        if (id == left_out) continue;
        list += (list.size() > 1 ? "," : "") + std::string(R"({"record_id":")") + id +
                R"(","first_name":"A","last_name":"B"})";
      }
      return list + "]";
    };
    world_.say("client", people("p9"), tessera::read_list_document);
    world_.say("openimis", people("p8"), tessera::read_list_document);
    for (int i = 1; i <= 6; ++i) {
      const std::string id = "p" + std::to_string(i);
      world_.same("client:" + id, "openimis:" + id);
    }
    world_.apply();
    world_.doubt("client:p7", "openimis:p7");
    feed_ = &world_.feed();
  }
  const tessera::Feed& feed() const { return *feed_; }
  const tessera::test::TemporaryFolder& folder() const { return folder_; }

 private:
  tessera::test::FlowWorld world_;
  tessera::test::TemporaryFolder folder_;
  const tessera::Feed* feed_ = nullptr;
};

tessera::FlowSource source(const Known& known, const std::string& name, std::size_t format,
                           std::string_view text) {
  const auto formats = tessera::exchange_formats();
  tessera::FlowSource made;
  made.name = name;
  made.format = formats[format % formats.size()].name;
  made.files = {known.folder().write(name, std::string(text))};
  made.tables = tessera::import_files(made.format, made.files);
  return made;
}

void check_json(std::string_view text) {
  tessera::Node tree;
  TESSERA_CHECK(tessera::parse_json(text, tree).what.empty());
}

void check(const tessera::FlowResult& result) {
  for (const auto& [name, text] : result.files) {
    if (name.ends_with(".json")) check_json(text);
    if (!name.ends_with(".ndjson")) continue;
    TESSERA_CHECK(text.empty() || text.ends_with('\n'));
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      check_json(std::string_view(text).substr(begin, end - begin));
      begin = end + 1;
    }
  }
  for (const tessera::FlowException& exception : result.exceptions) {
    TESSERA_CHECK(!exception.reason.empty() && !exception.what.empty());
  }
  TESSERA_CHECK(!tessera::exceptions_csv(result).empty());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const Known known;
  const auto flows = tessera::exchange_flows();
  const tessera::Flow& flow = flows[data[0] % flows.size()];
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t cut = std::min(text.find('\x1e'), text.size());
  const bool from_openimis = flow.from == "openimis";
  const std::string from = from_openimis ? "openimis" : "client";
  const std::string to = from_openimis ? "client" : "openimis";
  try {
    const std::vector<tessera::FlowSource> sources = {
        source(known, from, data[1] & 15U, text.substr(0, cut)),
        source(known, to, data[1] >> 4U, text.substr(std::min(cut + 1, text.size())))};
    tessera::FlowInput input{.feed = known.feed(),
                             .sources = sources,
                             .from = from,
                             .to = to,
                             .on = "2026-07-01",
                             .system = {},
                             .again = {}};
    input.people = {{"p1"}, {"p2", "p3"}, {"p9"}};
    check(flow.run(input));
  } catch (const tessera::Error& error) {
    TESSERA_CHECK(error.what()[0] != 0);
  }
  return 0;
}
