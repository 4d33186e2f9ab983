#include "report/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/chart_spec.hpp"
#include "report/page_assets.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kHostile =
    "</script><script>document.title='run'</script><img src=x onerror=alert(1)>\"'\x1b[31m\u202e";

Page sample_page(const std::string& name) {
  ChartRows rows{"d", {"name", "n"}};
  rows.rows = {{name, 3.0}};
  Page page;
  page.title = name;
  page.lead = name;
  page.figures = {{name, name}};
  page.charts = {{"one",
                  name,
                  name,
                  chart_spec(R"({"data": {"name": "d"}, "mark": "bar"})", {rows}),
                  {{"name", name, "n"}, {{name, name, "3"}}, 2}},
                 {"two", "A table alone", "", "", {{"name"}, {{name}}, 1}}};
  page.notes = {name};
  return page;
}

std::string without_assets(const std::string& html) {
  std::string rest = html;
  for (const std::string_view asset : {vega_script(), vega_lite_script(), vega_interpreter_script(),
                                       page_script(), page_style()}) {
    const std::size_t at = rest.find(asset);
    EXPECT_NE(at, std::string::npos);
    rest.erase(at, asset.size());
  }
  return rest;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

TEST(Page, HostileNamesStayText) {
  const std::string html = without_assets(page_html(sample_page(kHostile)));
  // Four scripts that run, one of data; none of the name's.
  EXPECT_EQ(count(html, "<script"), 5U);
  EXPECT_EQ(count(html, "</script>"), 5U);
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_THAT(html, Not(HasSubstr("\x1b")));
  EXPECT_THAT(html, Not(HasSubstr("\u202e")));
  EXPECT_THAT(html, HasSubstr("&lt;/script&gt;"));
}

TEST(Page, DataInScriptReadBackAsTheyWere) {
  const std::string html = page_html(sample_page("a<b>&\"c\" \u1200"));
  const std::string open = "data-chart=\"one-chart\">";
  const std::size_t begin = html.find(open) + open.size();
  const auto spec =
      nlohmann::json::parse(html.substr(begin, html.find("</script>", begin) - begin));
  EXPECT_EQ(spec["datasets"]["d"][0]["name"], "a<b>&\"c\" \u1200");
}

TEST(Page, PolicyAllowsItsScriptsByHashAndNothingElse) {
  const std::string html = page_html(sample_page("x"));
  const std::string open = "http-equiv=\"Content-Security-Policy\" content=\"";
  const std::size_t begin = html.find(open) + open.size();
  const std::string policy = html.substr(begin, html.find('"', begin) - begin);
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_EQ(count(policy, "'sha256-"), 5U);
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_LT(html.find(open), html.find("<style>"));
}

TEST(Page, StaysWithinTwoAndAHalfMegabytes) {
  EXPECT_LT(page_html(sample_page("x")).size(), 2'000'000U);
}

TEST(Page, EveryChartHasItsTable) {
  const std::string html = page_html(sample_page("x"));
  EXPECT_EQ(count(html, "<table>"), 2U);
  EXPECT_EQ(count(html, "<details class=\"table\">"), 1U);
  EXPECT_EQ(count(html, "role=\"img\" aria-labelledby=\"one-title\""), 1U);
}

TEST(Page, LicencesAreInside) {
  const std::string html = page_html(sample_page("x"));
  EXPECT_THAT(html, HasSubstr("University of Washington Interactive Data Lab"));
  EXPECT_THAT(html, HasSubstr("Mike Bostock"));
}

TEST(Page, SpecsAreChartsByName) {
  const auto specs = nlohmann::json::parse(page_specs(sample_page(kHostile)));
  EXPECT_EQ(specs.size(), 1U);  // a table alone is no chart
  EXPECT_EQ(specs["one"]["mark"], "bar");
  EXPECT_EQ(specs["one"]["datasets"]["d"][0]["n"], 3.0);
  EXPECT_TRUE(specs["one"].contains("$schema"));
}

}  // namespace
}  // namespace tessera
