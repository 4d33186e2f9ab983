#include "tests/registry/power_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::test {
namespace {

constexpr std::size_t kSector = 512;

/// A write or truncation that is not synced: how to take it back, and how to do it again.
struct Change {
  bool is_truncate = false;
  std::int64_t at = 0;       // a truncation: the size
  std::string bytes;         // written
  std::string bytes_before;  // what was there, as far as the file went
  std::int64_t size_before = 0;
};

using Changes = std::vector<Change>;

struct State {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs vfs{};
  std::map<std::string, Changes> files;
  std::uint64_t left = 0;  // operations until the cut; 0: none is planned
  bool cut = false;
};

State& state() {
  static State the_state;
  return the_state;
}

/// A file of ours, the real one behind it.
struct PowerFile {
  sqlite3_file base;
  Changes* changes;  // null: a file that is nobody's loss
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

PowerFile* ours(sqlite3_file* file) {
  return reinterpret_cast<PowerFile*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
  return ours(file)->real();
}

// Whether there is no power for this operation.
bool is_dead() {
  State& now = state();
  if (now.left > 0 && --now.left == 0) now.cut = true;
  return now.cut;
}

std::int64_t size_of(sqlite3_file* file) {
  sqlite3_int64 size = 0;
  real(file)->pMethods->xFileSize(real(file), &size);
  return size;
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  if (state().cut) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  if (is_dead()) return SQLITE_IOERR_WRITE;
  if (ours(file)->changes != nullptr) {
    Change change;
    change.at = at;
    change.bytes.assign(static_cast<const char*>(from), static_cast<std::size_t>(size));
    change.size_before = size_of(file);
    const std::int64_t there =
        std::max<std::int64_t>(0, std::min<std::int64_t>(size, change.size_before - at));
    change.bytes_before.resize(static_cast<std::size_t>(there));
    if (there > 0) {
      real(file)->pMethods->xRead(real(file), change.bytes_before.data(), static_cast<int>(there),
                                  at);
    }
    ours(file)->changes->push_back(std::move(change));
  }
  return real(file)->pMethods->xWrite(real(file), from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (is_dead()) return SQLITE_IOERR_TRUNCATE;
  if (ours(file)->changes != nullptr) {
    Change change;
    change.is_truncate = true;
    change.at = size;
    change.size_before = size_of(file);
    if (size < change.size_before) {
      change.bytes_before.resize(static_cast<std::size_t>(change.size_before - size));
      real(file)->pMethods->xRead(real(file), change.bytes_before.data(),
                                  static_cast<int>(change.bytes_before.size()), size);
    }
    ours(file)->changes->push_back(std::move(change));
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags) {
  if (is_dead()) return SQLITE_IOERR_FSYNC;
  if (ours(file)->changes != nullptr) ours(file)->changes->clear();
  return real(file)->pMethods->xSync(real(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}
int unlock(sqlite3_file* file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}
int check_reserved(sqlite3_file* file, int* out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int file_control(sqlite3_file* file, int op, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), op, argument);
}
int sector_size(sqlite3_file* file) {
  return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file*) {
  return 0;  // no promise: a sector may be torn off, an overwritten page lost
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) {
  real(file)->pMethods->xShmBarrier(real(file));
}
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods = {2,
                                         close,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         file_size,
                                         lock,
                                         unlock,
                                         check_reserved,
                                         file_control,
                                         sector_size,
                                         characteristics,
                                         shm_map,
                                         shm_lock,
                                         shm_barrier,
                                         shm_unmap,
                                         nullptr,
                                         nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  PowerFile* of = ours(file);
  of->base.pMethods = nullptr;
  of->changes = nullptr;
  State& now = state();
  if (now.cut) return SQLITE_CANTOPEN;
  const int code = now.real->xOpen(now.real, name, of->real(), flags, out);
  if (of->real()->pMethods == nullptr) return code;
  of->base.pMethods = &kMethods;
  const bool lasts = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0;
  if (name != nullptr && lasts) of->changes = &now.files[name];
  return code;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  State& now = state();
  if (now.cut) return SQLITE_IOERR_DELETE;
  now.files[name].clear();
  return now.real->xDelete(now.real, name, sync_folder);
}

void put(std::string& content, std::int64_t at, std::string_view bytes) {
  const auto begin = static_cast<std::size_t>(at);
  if (content.size() < begin + bytes.size()) content.resize(begin + bytes.size(), '\0');
  content.replace(begin, bytes.size(), bytes);
}

// As it was when last synced.
void take_back(std::string& content, const Changes& changes) {
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (!change->bytes_before.empty()) put(content, change->at, change->bytes_before);
    content.resize(static_cast<std::size_t>(change->size_before), '\0');
  }
}

void do_some_again(std::string& content, const Changes& changes, std::mt19937_64& random) {
  const std::uint64_t share = random() % 101;  // in a hundred: none, all or some
  for (const Change& change : changes) {
    if (random() % 100 >= share) continue;
    if (change.is_truncate) {
      content.resize(static_cast<std::size_t>(change.at), '\0');
      continue;
    }
    std::string_view bytes = change.bytes;
    if (random() % 4 == 0)
      bytes = bytes.substr(0, random() % (bytes.size() / kSector + 1) * kSector);
    if (!bytes.empty()) put(content, change.at, bytes);
  }
}

}  // namespace

PowerVfs& PowerVfs::instance() {
  static PowerVfs the_one;
  return the_one;
}

PowerVfs::PowerVfs() {
  State& now = state();
  now.real = sqlite3_vfs_find(nullptr);
  now.vfs = *now.real;  // all that is not about one file is the real one's
  now.vfs.szOsFile = static_cast<int>(sizeof(PowerFile)) + now.real->szOsFile;
  now.vfs.zName = "power";
  now.vfs.xOpen = open;
  now.vfs.xDelete = remove;
  sqlite3_vfs_register(&now.vfs, 1);
}

void PowerVfs::begin() {
  State& now = state();
  now.files.clear();
  now.left = 0;
  now.cut = false;
}

void PowerVfs::cut_after(std::uint64_t operations) {
  state().left = operations;
}

bool PowerVfs::is_cut() const {
  return state().cut;
}

void PowerVfs::restore(std::uint64_t seed) {
  State& now = state();
  std::mt19937_64 random(seed);
  for (const auto& [path, changes] : now.files) {
    if (changes.empty() || !std::filesystem::exists(path)) continue;
    std::string content;
    {
      std::ifstream in(path, std::ios::binary);
      content.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    take_back(content, changes);
    do_some_again(content, changes, random);
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
  }
  begin();
}

}  // namespace tessera::test
