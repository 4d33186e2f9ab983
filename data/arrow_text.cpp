#include "data/arrow_text.hpp"

#include <arrow/api.h>
#include <arrow/extension_type.h>
#include <arrow/util/float16.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

namespace tessera {
namespace {

using arrow::Type;

template <typename Number>
void append_number(Number number, std::string& out) {
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

// Identifiers often come as doubles (pandas does so where a column has nulls): 254700000000,
// not 2.547e+11.
template <typename Float>
void append_float(Float number, std::string& out) {
  constexpr double kWholeBelow = 9007199254740992.0;  // 2^53
  const auto wide = static_cast<double>(number);
  if (!std::isfinite(wide)) return;
  if (std::abs(wide) < kWholeBelow && std::trunc(wide) == wide) {
    append_number(static_cast<std::int64_t>(wide), out);
  } else {
    append_number(number, out);
  }
}

void append_padded(std::int64_t number, int width, std::string& out) {
  const std::string digits = std::to_string(number);
  const auto size = static_cast<int>(digits.size());
  if (size < width) out.append(static_cast<std::size_t>(width - size), '0');
  out.append(digits);
}

void append_date(std::int64_t days_since_1970, std::string& out) {
  using std::chrono::days;
  // Beyond the calendar's years nothing is a date of a person.
  if (std::abs(days_since_1970) > std::int64_t{11'000'000}) return;
  const std::chrono::year_month_day date{std::chrono::sys_days(days(days_since_1970))};
  const int year = static_cast<int>(date.year());
  if (year < 0) out.push_back('-');
  append_padded(std::abs(year), 4, out);
  out.push_back('-');
  append_padded(static_cast<unsigned>(date.month()), 2, out);
  out.push_back('-');
  append_padded(static_cast<unsigned>(date.day()), 2, out);
}

std::int64_t units_per_second(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND:
      return 1;
    case arrow::TimeUnit::MILLI:
      return 1'000;
    case arrow::TimeUnit::MICRO:
      return 1'000'000;
    case arrow::TimeUnit::NANO:
      break;
  }
  return 1'000'000'000;
}

// units: since midnight.
void append_time(std::int64_t units, std::int64_t per_second, std::string& out) {
  const std::int64_t seconds = units / per_second;
  append_padded(seconds / 3600, 2, out);
  out.push_back(':');
  append_padded(seconds / 60 % 60, 2, out);
  out.push_back(':');
  append_padded(seconds % 60, 2, out);
  const std::int64_t fraction = units % per_second;
  if (fraction == 0) return;
  out.push_back('.');
  int width = 0;
  for (std::int64_t power = per_second; power > 1; power /= 10) ++width;
  append_padded(fraction, width, out);
  out.resize(out.find_last_not_of('0') + 1);
}

void append_timestamp(const arrow::TimestampArray& array, std::int64_t row, std::string& out) {
  const auto& type = static_cast<const arrow::TimestampType&>(*array.type());
  const std::int64_t per_second = units_per_second(type.unit());
  const std::int64_t per_day = per_second * 86'400;
  const std::int64_t value = array.Value(row);
  std::int64_t day = value / per_day;
  if (value % per_day < 0) --day;
  append_date(day, out);
  const std::int64_t time_of_day = value - day * per_day;
  if (time_of_day == 0) return;
  out.push_back('T');
  append_time(time_of_day, per_second, out);
  if (!type.timezone().empty()) out.push_back('Z');
}

void append_uuid(std::string_view bytes, std::string& out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
}

template <typename ListArray>
void append_list(const ListArray& list, std::int64_t row, std::string& out) {
  const std::int64_t begin = list.value_offset(row);
  const std::int64_t end = begin + list.value_length(row);
  bool any = false;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::size_t size = out.size();
    if (any) out.push_back('|');
    const std::size_t content = out.size();
    append_arrow_text(*list.values(), i, out);
    if (out.size() == content) {
      out.resize(size);
    } else {
      any = true;
    }
  }
}

void append_extension(const arrow::ExtensionArray& array, std::int64_t row, std::string& out) {
  const auto& type = static_cast<const arrow::ExtensionType&>(*array.type());
  if (type.extension_name() != "arrow.uuid") {
    append_arrow_text(*array.storage(), row, out);
    return;
  }
  const auto& storage = static_cast<const arrow::FixedSizeBinaryArray&>(*array.storage());
  append_uuid(storage.GetView(row), out);
}

bool is_scalar_with_text(const arrow::DataType& type) {
  switch (type.id()) {
    case Type::DICTIONARY:
      return has_text_form(*static_cast<const arrow::DictionaryType&>(type).value_type());
    case Type::EXTENSION:
      return has_text_form(*static_cast<const arrow::ExtensionType&>(type).storage_type());
    case Type::DURATION:
    case Type::INTERVAL_MONTHS:
    case Type::INTERVAL_DAY_TIME:
    case Type::INTERVAL_MONTH_DAY_NANO:
      return false;
    default:
      return type.id() == Type::NA || arrow::is_primitive(type.id()) ||
             arrow::is_base_binary_like(type.id()) || arrow::is_binary_view_like(type.id()) ||
             arrow::is_fixed_size_binary(type.id()) || arrow::is_decimal(type.id());
  }
}

}  // namespace

bool has_text_form(const arrow::DataType& type) {
  switch (type.id()) {
    case Type::LIST:
    case Type::LARGE_LIST:
    case Type::FIXED_SIZE_LIST:
      return is_scalar_with_text(*static_cast<const arrow::BaseListType&>(type).value_type());
    default:
      return is_scalar_with_text(type);
  }
}

void append_arrow_text(const arrow::Array& array, std::int64_t row, std::string& out) {
  if (array.IsNull(row)) return;
  const auto as = [&]<typename T>(const T*) -> const T& { return static_cast<const T&>(array); };
#define TESSERA_ARROW_CASE(ID, TYPE, STATEMENT)                   \
  case Type::ID: {                                                \
    const auto& a = as(static_cast<const arrow::TYPE*>(nullptr)); \
    STATEMENT;                                                    \
    return;                                                       \
  }
  switch (array.type_id()) {
    TESSERA_ARROW_CASE(BOOL, BooleanArray, out.append(a.Value(row) ? "true" : "false"))
    TESSERA_ARROW_CASE(INT8, Int8Array, append_number(std::int64_t{a.Value(row)}, out))
    TESSERA_ARROW_CASE(INT16, Int16Array, append_number(std::int64_t{a.Value(row)}, out))
    TESSERA_ARROW_CASE(INT32, Int32Array, append_number(a.Value(row), out))
    TESSERA_ARROW_CASE(INT64, Int64Array, append_number(a.Value(row), out))
    TESSERA_ARROW_CASE(UINT8, UInt8Array, append_number(std::uint64_t{a.Value(row)}, out))
    TESSERA_ARROW_CASE(UINT16, UInt16Array, append_number(std::uint64_t{a.Value(row)}, out))
    TESSERA_ARROW_CASE(UINT32, UInt32Array, append_number(a.Value(row), out))
    TESSERA_ARROW_CASE(UINT64, UInt64Array, append_number(a.Value(row), out))
    TESSERA_ARROW_CASE(HALF_FLOAT, HalfFloatArray,
                       append_float(arrow::util::Float16::FromBits(a.Value(row)).ToFloat(), out))
    TESSERA_ARROW_CASE(FLOAT, FloatArray, append_float(a.Value(row), out))
    TESSERA_ARROW_CASE(DOUBLE, DoubleArray, append_float(a.Value(row), out))
    TESSERA_ARROW_CASE(STRING, StringArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(BINARY, BinaryArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(LARGE_STRING, LargeStringArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(LARGE_BINARY, LargeBinaryArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(STRING_VIEW, StringViewArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(BINARY_VIEW, BinaryViewArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(FIXED_SIZE_BINARY, FixedSizeBinaryArray, out.append(a.GetView(row)))
    TESSERA_ARROW_CASE(DECIMAL32, Decimal32Array, out.append(a.FormatValue(row)))
    TESSERA_ARROW_CASE(DECIMAL64, Decimal64Array, out.append(a.FormatValue(row)))
    TESSERA_ARROW_CASE(DECIMAL128, Decimal128Array, out.append(a.FormatValue(row)))
    TESSERA_ARROW_CASE(DECIMAL256, Decimal256Array, out.append(a.FormatValue(row)))
    TESSERA_ARROW_CASE(DATE32, Date32Array, append_date(a.Value(row), out))
    TESSERA_ARROW_CASE(DATE64, Date64Array, append_date(a.Value(row) / 86'400'000, out))
    TESSERA_ARROW_CASE(TIMESTAMP, TimestampArray, append_timestamp(a, row, out))
    TESSERA_ARROW_CASE(
        TIME32, Time32Array,
        append_time(a.Value(row),
                    units_per_second(static_cast<const arrow::Time32Type&>(*a.type()).unit()), out))
    TESSERA_ARROW_CASE(
        TIME64, Time64Array,
        append_time(a.Value(row),
                    units_per_second(static_cast<const arrow::Time64Type&>(*a.type()).unit()), out))
    TESSERA_ARROW_CASE(DICTIONARY, DictionaryArray,
                       append_arrow_text(*a.dictionary(), a.GetValueIndex(row), out))
    TESSERA_ARROW_CASE(EXTENSION, ExtensionArray, append_extension(a, row, out))
    TESSERA_ARROW_CASE(LIST, ListArray, append_list(a, row, out))
    TESSERA_ARROW_CASE(LARGE_LIST, LargeListArray, append_list(a, row, out))
    TESSERA_ARROW_CASE(FIXED_SIZE_LIST, FixedSizeListArray, append_list(a, row, out))
    default:
      return;
  }
#undef TESSERA_ARROW_CASE
}

}  // namespace tessera
