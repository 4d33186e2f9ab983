// Recursive descent over a list of tokens:
//
//   or      := and { OR and }
//   and     := not { AND not }
//   not     := { NOT } claim
//   claim   := sum [ ( = | == | <> | != | < | <= | > | >= ) sum ] { IS [NOT] NULL }
//   sum     := product { ( + | - | || ) product }
//   product := unary { ( * | / | % ) unary }
//   unary   := { - } primary { :: word }
//   primary := ( or ) | number | 'text' | [ name . ] name | word ( [ or { , or } ] )
//            | CAST ( or AS word … ) | EXTRACT ( word FROM or )
//            | CASE { WHEN or THEN or } [ ELSE or ] END
//
// `EXTRACT(EPOCH FROM a)` becomes the call epoch(a). A condition that is not of this form is not
// carried over, so there is nothing to report but that.
#include "scoring/splink_sql.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace tessera {
namespace {

constexpr std::size_t kMostTokens = 1000;
constexpr int kMostDepth = 64;

enum class Token : std::uint8_t { kWord, kQuotedName, kNumber, kText, kSymbol };

struct Lexeme {
  Token token = Token::kSymbol;
  std::string text;  // words in lower case in `lower`, as written here
  std::string lower;
  double number = 0.0;
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;  // names in other scripts
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// The text between quotes at `at`, doubled quotes undone; nullopt if it does not end.
std::optional<std::string> quoted(std::string_view sql, std::size_t& at) {
  const char quote = sql[at++];
  std::string text;
  while (at < sql.size()) {
    if (sql[at] == quote) {
      if (at + 1 == sql.size() || sql[at + 1] != quote) {
        ++at;
        return text;
      }
      ++at;
    }
    text += sql[at++];
  }
  return std::nullopt;
}

std::optional<Lexeme> number_at(std::string_view sql, std::size_t& at) {
  Lexeme lexeme{Token::kNumber, {}, {}, 0.0};
  const auto [end, fault] =
      std::from_chars(sql.data() + at, sql.data() + sql.size(), lexeme.number);
  if (fault != std::errc()) return std::nullopt;
  at = static_cast<std::size_t>(end - sql.data());
  return lexeme;
}

Lexeme word_at(std::string_view sql, std::size_t& at) {
  const std::size_t start = at;
  while (at < sql.size() && (is_letter(sql[at]) || is_digit(sql[at]))) ++at;
  const std::string_view word = sql.substr(start, at - start);
  return {Token::kWord, std::string(word), lower(word), 0.0};
}

std::optional<Lexeme> symbol_at(std::string_view sql, std::size_t& at) {
  static constexpr std::array<std::string_view, 20> kSymbols = {
      "<=", ">=", "<>", "!=", "==", "||", "::", "->", "(", ")",
      ",",  ".",  "=",  "<",  ">",  "+",  "-",  "*",  "/", "%"};
  for (const std::string_view symbol : kSymbols) {
    if (sql.substr(at, symbol.size()) != symbol) continue;
    at += symbol.size();
    return Lexeme{Token::kSymbol, std::string(symbol), {}, 0.0};
  }
  return std::nullopt;
}

std::optional<std::vector<Lexeme>> lexemes_of(std::string_view sql) {
  std::vector<Lexeme> lexemes;
  std::size_t at = 0;
  while (at < sql.size()) {
    const char c = sql[at];
    if (is_blank(c)) {
      ++at;
      continue;
    }
    std::optional<Lexeme> next;
    if (c == '\'' || c == '"' || c == '`') {
      std::optional<std::string> text = quoted(sql, at);
      if (!text) return std::nullopt;
      next = Lexeme{c == '\'' ? Token::kText : Token::kQuotedName, std::move(*text), {}, 0.0};
    } else if (is_digit(c)) {
      next = number_at(sql, at);
    } else if (is_letter(c)) {
      next = word_at(sql, at);
    } else {
      next = symbol_at(sql, at);
    }
    if (!next || lexemes.size() == kMostTokens) return std::nullopt;
    lexemes.push_back(std::move(*next));
  }
  return lexemes;
}

SqlNode call(std::string name, std::vector<SqlNode> arguments) {
  return {SqlNode::Kind::kCall, std::move(name), {}, 0.0, std::move(arguments)};
}

SqlNode text_node(std::string text) {
  return {SqlNode::Kind::kText, std::move(text), {}, 0.0, {}};
}

/// Thrown and caught within this file only: what is read has not the form above.
struct NotOurForm {};

class Parser {
 public:
  explicit Parser(std::vector<Lexeme> lexemes) : lexemes_(std::move(lexemes)) {}

  SqlNode whole() {
    SqlNode node = any();
    if (at_ != lexemes_.size()) throw NotOurForm();
    return node;
  }

 private:
  SqlNode any() {
    if (++depth_ > kMostDepth) throw NotOurForm();
    SqlNode node = chain("or", [this] { return conjunction(); });
    --depth_;
    return node;
  }

  SqlNode conjunction() {
    return chain("and", [this] { return negation(); });
  }

  template <typename Part>
  SqlNode chain(const char* word, const Part& part) {
    std::vector<SqlNode> parts;
    const auto add = [&](SqlNode node) {
      if (node.kind == SqlNode::Kind::kCall && node.name == word) {  // was in parentheses
        for (SqlNode& inner : node.arguments) parts.push_back(std::move(inner));
      } else {
        parts.push_back(std::move(node));
      }
    };
    add(part());
    while (take_word(word)) add(part());
    return parts.size() == 1 ? std::move(parts[0]) : call(word, std::move(parts));
  }

  SqlNode negation() {
    std::size_t times = 0;
    while (take_word("not")) ++times;
    SqlNode node = claim();
    if (times % 2 == 0) return node;
    return call("not", {std::move(node)});
  }

  SqlNode claim() {
    SqlNode left = sum();
    for (const char* symbol : {"=", "==", "<>", "!=", "<=", "<", ">=", ">"}) {
      if (!take_symbol(symbol)) continue;
      std::string name = symbol;
      if (name == "==") name = "=";
      if (name == "!=") name = "<>";
      SqlNode right = sum();
      left = call(std::move(name), {std::move(left), std::move(right)});
      break;
    }
    while (take_word("is")) {
      const bool negated = take_word("not");
      need_word("null");
      left = call(negated ? "is not null" : "is null", {std::move(left)});
    }
    return left;
  }

  SqlNode sum() {
    return binary({"+", "-", "||"}, [this] {
      return binary({"*", "/", "%"}, [this] { return unary(); });
    });
  }

  template <typename Part>
  SqlNode binary(const std::array<const char*, 3>& symbols, const Part& part) {
    SqlNode left = part();
    for (bool more = true; more;) {
      more = false;
      for (const char* symbol : symbols) {
        if (!take_symbol(symbol)) continue;
        SqlNode right = part();
        left = call(symbol, {std::move(left), std::move(right)});
        more = true;
        break;
      }
    }
    return left;
  }

  SqlNode unary() {
    bool negative = false;
    while (take_symbol("-")) negative = !negative;
    SqlNode node = primary();
    while (take_symbol("::")) node = call("cast", {std::move(node), text_node(word())});
    if (!negative) return node;
    if (node.kind == SqlNode::Kind::kNumber) {
      node.number = -node.number;
      return node;
    }
    return call("negative", {std::move(node)});
  }

  SqlNode primary() {
    if (take_symbol("(")) {
      SqlNode node = any();
      need_symbol(")");
      return node;
    }
    const Lexeme& lexeme = next();
    if (lexeme.token == Token::kNumber) {
      return {SqlNode::Kind::kNumber, {}, {}, lexeme.number, {}};
    }
    if (lexeme.token == Token::kText) return text_node(lexeme.text);
    if (lexeme.token == Token::kSymbol) throw NotOurForm();
    if (lexeme.token == Token::kWord) {
      if (lexeme.lower == "case") return case_call();
      if (take_symbol("(")) return function_call(lexeme.lower);
    }
    return column(lexeme);
  }

  SqlNode column(const Lexeme& first) {
    SqlNode node{SqlNode::Kind::kColumn, first.text, {}, 0.0, {}};
    if (!take_symbol(".")) return node;
    const Lexeme& second = next();
    if (second.token != Token::kWord && second.token != Token::kQuotedName) throw NotOurForm();
    node.table = lower(first.text);
    node.name = second.text;
    return node;
  }

  SqlNode function_call(const std::string& name) {
    if (name == "cast" || name == "try_cast") {
      SqlNode value = any();
      need_word("as");
      std::string type = word();
      while (!take_symbol(")")) type += " " + word();
      return call("cast", {std::move(value), text_node(std::move(type))});
    }
    if (name == "extract") {
      std::string unit = word();
      need_word("from");
      SqlNode value = any();
      need_symbol(")");
      return call(std::move(unit), {std::move(value)});
    }
    std::vector<SqlNode> arguments;
    if (take_symbol(")")) return call(name, {});
    do arguments.push_back(any());
    while (take_symbol(","));
    need_symbol(")");
    return call(name, std::move(arguments));
  }

  SqlNode case_call() {
    std::vector<SqlNode> arguments;
    while (take_word("when")) {
      arguments.push_back(any());
      need_word("then");
      arguments.push_back(any());
    }
    if (take_word("else")) arguments.push_back(any());
    need_word("end");
    return call("case", std::move(arguments));
  }

  const Lexeme& next() {
    if (at_ == lexemes_.size()) throw NotOurForm();
    return lexemes_[at_++];
  }

  std::string word() {
    const Lexeme& lexeme = next();
    if (lexeme.token != Token::kWord) throw NotOurForm();
    return lexeme.lower;
  }

  bool take_word(std::string_view wanted) {
    if (at_ == lexemes_.size() || lexemes_[at_].token != Token::kWord ||
        lexemes_[at_].lower != wanted) {
      return false;
    }
    ++at_;
    return true;
  }

  bool take_symbol(std::string_view wanted) {
    if (at_ == lexemes_.size() || lexemes_[at_].token != Token::kSymbol ||
        lexemes_[at_].text != wanted) {
      return false;
    }
    ++at_;
    return true;
  }

  void need_word(std::string_view wanted) {
    if (!take_word(wanted)) throw NotOurForm();
  }
  void need_symbol(std::string_view wanted) {
    if (!take_symbol(wanted)) throw NotOurForm();
  }

  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

std::optional<SqlNode> parse_sql(std::string_view text) {
  std::optional<std::vector<Lexeme>> lexemes = lexemes_of(text);
  if (!lexemes) return std::nullopt;
  try {
    return Parser(std::move(*lexemes)).whole();
  } catch (const NotOurForm&) {
    return std::nullopt;
  }
}

std::vector<SqlNode> sql_conjuncts(const SqlNode& node) {
  if (node.kind == SqlNode::Kind::kCall && node.name == "and") return node.arguments;
  return {node};
}

}  // namespace tessera
