#include "report/page.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "registry/sha256.hpp"
#include "report/page_assets.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestText = 1000;  // of a name or a sentence, in characters

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const unsigned byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
      three = three << 8 | byte;
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k <= bytes.size() ? kDigits[three >> (18 - 6 * k) & 63] : '=';
    }
  }
  return text;
}

std::string hash_source(std::string_view text) {
  return "'sha256-" + base64(byte_view(sha256(text))) + "'";
}

// As text within an element or a quoted attribute.
std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : printable(text, kLongestText)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Text from outside, isolated: its own direction of writing ends with it.
std::string html_name(std::string_view text) {
  return "<bdi>" + html_text(text) + "</bdi>";
}

// Every text made safe to show; keys are our own.
void make_printable(Json& json) {
  if (json.is_string()) {
    json = printable(json.get_ref<const std::string&>(), kLongestText);
  } else if (json.is_structured()) {
    for (Json& part : json) make_printable(part);
  }
}

Json safe_spec(const std::string& spec) {
  Json json = Json::parse(spec);
  make_printable(json);
  return json;
}

// JSON within a script element: no `<` can end the element or open a comment.
std::string script_data(const std::string& spec) {
  std::string out;
  for (const char c : safe_spec(spec).dump(-1, ' ', false, Json::error_handler_t::replace)) {
    if (c == '<' || c == '>' || c == '&') {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string table_html(const Chart& chart) {
  const PageTable& table = chart.table;
  std::string out = fmt::format(
      "<div class=\"rows\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{0}-title\">\n"
      "<table>\n<thead><tr>",
      chart.id);
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    out += fmt::format("<th scope=\"col\"{}>{}</th>", c < table.labels ? "" : " class=\"number\"",
                       html_text(table.header[c]));
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c == 0) {
        out += "<th scope=\"row\">" + html_name(row[c]) + "</th>";
      } else if (c < table.labels) {
        out += "<td>" + html_name(row[c]) + "</td>";
      } else {
        out += "<td class=\"number\">" + html_text(row[c]) + "</td>";
      }
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n";
}

std::string chart_html(const Chart& chart) {
  std::string out = fmt::format(
      "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n"
      "<p class=\"says\" id=\"{0}-says\">{2}</p>\n",
      chart.id, html_text(chart.title), html_text(chart.says));
  if (chart.spec.empty()) return out + table_html(chart) + "</section>\n";
  out += fmt::format(
      "<div class=\"chart\" id=\"{0}-chart\" role=\"img\" aria-labelledby=\"{0}-title\" "
      "aria-describedby=\"{0}-says\"></div>\n"
      "<details class=\"table\"><summary>The numbers as a table: {1}</summary>\n{2}</details>\n"
      "<script type=\"application/json\" data-chart=\"{0}-chart\">{3}</script>\n</section>\n",
      chart.id, html_text(chart.title), table_html(chart), script_data(chart.spec));
  return out;
}

std::string head_html(const Page& page) {
  const std::string policy = fmt::format(
      "default-src 'none'; script-src {} {} {} {}; style-src {}; base-uri 'none'; form-action "
      "'none'",
      hash_source(vega_script()), hash_source(vega_lite_script()),
      hash_source(vega_interpreter_script()), hash_source(page_script()),
      hash_source(page_style()));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n",
      policy, html_text(page.title), page_style());
}

}  // namespace

std::string page_html(const Page& page) {
  std::string out = head_html(page);
  out += fmt::format(
      "<body>\n<a class=\"skip\" href=\"#content\">Skip to the charts</a>\n<header>\n<h1>{}</h1>\n"
      "<p>{}</p>\n<noscript><p>The charts need JavaScript; the tables hold the same "
      "numbers.</p></noscript>\n<dl>\n",
      html_text(page.title), html_text(page.lead));
  for (const auto& [name, number] : page.figures) {
    out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", html_text(name), html_name(number));
  }
  out += "</dl>\n</header>\n<nav aria-label=\"Charts\">\n<ul>\n";
  for (const Chart& chart : page.charts) {
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", chart.id, html_text(chart.title));
  }
  out += "</ul>\n</nav>\n<main id=\"content\" tabindex=\"-1\">\n";
  for (const Chart& chart : page.charts) out += chart_html(chart);
  if (!page.notes.empty()) {
    out +=
        "<section id=\"notes\" aria-labelledby=\"notes-title\">\n"
        "<h2 id=\"notes-title\">Remarks</h2>\n<ul>\n";
    for (const std::string& note : page.notes) out += "<li>" + html_name(note) + "</li>\n";
    out += "</ul>\n</section>\n";
  }
  out +=
      "</main>\n<footer>\n<details class=\"licences\"><summary>Licences of what draws the "
      "charts</summary>\n<pre>";
  for (const char c : page_licences()) {
    out += c == '<' ? std::string("&lt;") : c == '&' ? std::string("&amp;") : std::string(1, c);
  }
  out += "</pre>\n</details>\n</footer>\n";
  for (const std::string_view script :
       {vega_script(), vega_lite_script(), vega_interpreter_script(), page_script()}) {
    out.append("<script>").append(script).append("</script>\n");
  }
  return out + "</body>\n</html>\n";
}

std::string page_specs(const Page& page) {
  Json specs = Json::object();
  for (const Chart& chart : page.charts) {
    if (chart.spec.empty()) continue;
    Json spec = {{"$schema", "https://vega.github.io/schema/vega-lite/v6.json"},
                 {"title", printable(chart.title, kLongestText)},
                 {"description", printable(chart.says, kLongestText)}};
    spec.update(safe_spec(chart.spec));
    specs[chart.id] = std::move(spec);
  }
  return specs.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
