# Apache Arrow C++: a system Arrow if CMake finds one, else the headers and libraries inside the pinned pyarrow
# wheel that `./run` unpacks (the pin: cmake/pyarrow.txt; why: docs/decisions/0001-arrow-from-the-wheel.md).
# Defines tessera_arrow.
set(TESSERA_PYARROW_DIR "${PROJECT_SOURCE_DIR}/build/third_party/pyarrow" CACHE PATH
    "The unpacked pyarrow wheel's package folder")

add_library(tessera_arrow INTERFACE)
find_package(Arrow QUIET)
find_package(Parquet QUIET)
if(Arrow_FOUND AND Parquet_FOUND)
  target_link_libraries(tessera_arrow INTERFACE Arrow::arrow_shared Parquet::parquet_shared)
elseif(EXISTS "${TESSERA_PYARROW_DIR}/include/arrow/api.h")
  target_include_directories(tessera_arrow SYSTEM INTERFACE "${TESSERA_PYARROW_DIR}/include")
  file(GLOB TESSERA_ARROW_LIBRARIES
       "${TESSERA_PYARROW_DIR}/libarrow.so.*" "${TESSERA_PYARROW_DIR}/libparquet.so.*")
  target_link_libraries(tessera_arrow INTERFACE ${TESSERA_ARROW_LIBRARIES})
  target_link_options(tessera_arrow INTERFACE "-Wl,-rpath,${TESSERA_PYARROW_DIR}")
else()
  message(FATAL_ERROR "Apache Arrow was not found. `./run setup` fetches the pinned pyarrow wheel "
                      "into ${TESSERA_PYARROW_DIR}.")
endif()
