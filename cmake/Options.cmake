# Compiler and linker options common to every target.
add_library(tessera_options INTERFACE)
target_compile_options(tessera_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
  # A fused multiply-add rounds once where two steps round twice: without this, weights differ between machines.
  -ffp-contract=off
  # Vectors wider than a register go from one function of this build to another, never to a foreign library.
  -Wno-psabi)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  # Processors since 2009: counting bits in one instruction. Nothing here needs a later one.
  add_compile_options(-march=x86-64-v2)
endif()
if(TESSERA_WERROR)
  target_compile_options(tessera_options INTERFACE -Werror)
endif()
if(TESSERA_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(TESSERA_TSAN)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
if(TESSERA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined)
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(TESSERA_CCACHE ccache)
if(TESSERA_CCACHE)
  # Precompiled headers are told apart by their content; what they define is not looked for in the source.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${TESSERA_CCACHE})
endif()
find_program(TESSERA_MOLD mold)
if(TESSERA_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# tessera_layer(<name> SOURCES ... LAYERS <lower layers> LIBRARIES <private third-party>)
# One static library per folder; includes are written from the project root ("data/table.hpp").
function(tessera_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LAYERS;LIBRARIES" ${ARGN})
  add_library(tessera_${name} STATIC ${ARG_SOURCES})
  target_include_directories(tessera_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  foreach(layer ${ARG_LAYERS})
    target_link_libraries(tessera_${name} PUBLIC tessera_${layer})
    add_dependencies(tessera_${name} tessera_parquet)  # the module is there when a program of the layer is
  endforeach()
  target_link_libraries(tessera_${name} PRIVATE tessera_options ${ARG_LIBRARIES})
  # What speaks with people and other systems does little work and includes much: it compiles in half the time.
  if(TESSERA_SANITIZE AND name MATCHES "^(cli|exchange|report|review)$")
    target_compile_options(tessera_${name} PRIVATE -O0)
  endif()
endfunction()

# A program of GoogleTest's headers alone: parsed once here for all test programs, which is half of what a small test takes to
# compile. It is never built whole.
function(tessera_test_headers)
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/tests/headers.cpp CONTENT "int main() { return 0; }\n")
  add_executable(tessera_test_headers EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/tests/headers.cpp)
  target_link_libraries(tessera_test_headers PRIVATE tessera_options GTest::gtest GTest::gmock)
  if(TESSERA_SANITIZE)
    target_compile_options(tessera_test_headers PRIVATE -O0)
  endif()
  target_precompile_headers(tessera_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <algorithm> <map> <string> <vector>)
endfunction()

# tessera_test(<target> SOURCES ... LAYERS ... [LIBRARIES ...]): one GoogleTest program.
function(tessera_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LAYERS;LIBRARIES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  foreach(layer ${ARG_LAYERS})
    target_link_libraries(${name} PRIVATE tessera_${layer})
  endforeach()
  target_link_libraries(${name} PRIVATE tessera_options tessera_test_support GTest::gtest GTest::gmock
                                        GTest::gtest_main ${ARG_LIBRARIES})
  # Tests themselves compile in two thirds of the time without optimisation; what they test, and their slow twins, keep it.
  if(TESSERA_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
    set(twins ${ARG_SOURCES})
    list(FILTER twins INCLUDE REGEX "reference/")
    set_source_files_properties(${twins} PROPERTIES COMPILE_OPTIONS -O1 SKIP_PRECOMPILE_HEADERS ON)
  endif()
  target_precompile_headers(${name} REUSE_FROM tessera_test_headers)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
