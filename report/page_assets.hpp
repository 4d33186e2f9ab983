// The files that every page carries: Vega, Vega-Lite, the page's own script and style, licences.
#pragma once

#include <string_view>

namespace tessera {

std::string_view vega_script();
std::string_view vega_lite_script();
std::string_view vega_interpreter_script();
std::string_view page_script();
std::string_view page_style();
std::string_view page_licences();

}  // namespace tessera
