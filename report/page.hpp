// A page of charts in one HTML file: opens without a network, runs nothing but its own script.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera {

/// The same numbers as a chart, for who cannot see it, has no JavaScript, or wants to copy them.
struct PageTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  ///< Each as long as the header.
  std::size_t labels = 1;                      ///< The first columns are text, the others numbers.
};

/// Names of sources, attributes and rules may hold anything: the page makes them safe. In `spec`
/// they may stand as data only, never as the name of a field or in an expression.
struct Chart {
  std::string id;  ///< Unique on the page: letters, digits and `-`.
  std::string title;
  std::string says;  ///< What it shows and how to read it, in one to three sentences.
  std::string spec;  ///< Vega-Lite as JSON, its data inline; empty: a table alone.
  PageTable table;
};

struct Page {
  std::string title;
  std::string lead;  ///< One or two sentences under the title.
  std::vector<std::pair<std::string, std::string>> figures;  ///< Name and number, told first.
  std::vector<Chart> charts;
  std::vector<std::string> notes;  ///< Sentences at the end.
};

/// The page, complete: its script, Vega-Lite and their licences are inside. Its policy
/// (Content-Security-Policy) allows these scripts and this style by their SHA-256 and nothing else.
/// Control characters and marks that turn the direction of writing show as U+FFFD. The same page
/// gives the same bytes. Size: 0.8 MB and the data.
std::string page_html(const Page& page);

/// The charts as JSON: an object of Vega-Lite specifications by chart id, data inline.
std::string page_specs(const Page& page);

}  // namespace tessera
