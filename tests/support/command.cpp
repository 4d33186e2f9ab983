#include "tests/support/command.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The spawn actions of one run: own folder, empty input, output and messages into files.
class Actions {
 public:
  Actions(const std::filesystem::path& where, const std::filesystem::path& out,
          const std::filesystem::path& err) {
    constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addchdir_np(&actions_, where.c_str());
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, out.c_str(), kWrite, 0600);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, err.c_str(), kWrite, 0600);
  }
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

}  // namespace

CommandResult run_command(const std::filesystem::path& program,
                          const std::vector<std::string>& arguments,
                          const std::filesystem::path& where,
                          const std::function<void(int process)>& watch) {
  const TemporaryFolder folder;
  const std::filesystem::path out = folder.path() / "out";
  const std::filesystem::path err = folder.path() / "err";
  std::vector<std::string> words = {program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const Actions actions(where, out, err);
  pid_t child = 0;
  if (posix_spawn(&child, program.c_str(), actions.get(), nullptr, pointers.data(), environ) != 0) {
    throw std::runtime_error("cannot start " + program.string());
  }
  int status = 0;
  pid_t ended = 0;
  while (watch && (ended = waitpid(child, &status, WNOHANG)) == 0) {
    watch(child);
    usleep(500);
  }
  if (ended == 0) ended = waitpid(child, &status, 0);
  if (ended != child) throw std::runtime_error("lost " + program.string());
  const int exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {exit_code, read_whole(out), read_whole(err)};
}

std::map<std::string, std::string> read_folder(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[entry.path().filename().string()] = read_whole(entry.path());
    }
  }
  return files;
}

}  // namespace tessera::test
