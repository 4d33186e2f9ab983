# Vega and Vega-Lite as `./run` unpacks them (the pins: cmake/vega.txt; why: docs/decisions/0013-vega-lite-inside.md).
set(TESSERA_VEGA_DIR "${PROJECT_SOURCE_DIR}/build/third_party/vega" CACHE PATH "The unpacked scripts and licences")
if(NOT EXISTS "${TESSERA_VEGA_DIR}/LICENCES.txt")
  message(FATAL_ERROR "Vega-Lite was not found. `./run setup` fetches the pinned packages into ${TESSERA_VEGA_DIR}.")
endif()
