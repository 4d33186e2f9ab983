#include "tests/registry/fault_vfs.hpp"

#include <sqlite3.h>

namespace tessera::test {
namespace {

struct State {
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs vfs{};
  bool armed = false;
  DiskFault fault = DiskFault::kFull;
  std::uint64_t left = 0;
  bool lasting = false;
  bool struck = false;
};

State& state() {
  static State the_state;
  return the_state;
}

/// A file of ours, the real one behind it.
struct FaultFile {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real(sqlite3_file* file) {
  return reinterpret_cast<FaultFile*>(file)->real();
}

/// SQLITE_OK, or the error with which an operation fails now.
int strike(bool is_sync) {
  State& now = state();
  if (!now.armed || is_sync != (now.fault == DiskFault::kSyncError)) return SQLITE_OK;
  if (now.struck) {
    if (!now.lasting) return SQLITE_OK;
  } else if (--now.left > 0) {
    return SQLITE_OK;
  }
  now.struck = true;
  switch (now.fault) {
    case DiskFault::kFull:
      return SQLITE_FULL;
    case DiskFault::kWriteError:
      return SQLITE_IOERR_WRITE;
    case DiskFault::kSyncError:
      return SQLITE_IOERR_FSYNC;
  }
  return SQLITE_IOERR;
}

int close(sqlite3_file* file) {
  return real(file)->pMethods->xClose(real(file));
}
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  const int fault = strike(false);
  if (fault == SQLITE_OK) return real(file)->pMethods->xWrite(real(file), from, size, at);
  // A write that fails may have begun.
  real(file)->pMethods->xWrite(real(file), from, size / 2, at);
  return fault;
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int fault = strike(false);
  return fault != SQLITE_OK ? fault : real(file)->pMethods->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags) {
  const int fault = strike(true);
  return fault != SQLITE_OK ? fault : real(file)->pMethods->xSync(real(file), flags);
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
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
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
  auto* ours = reinterpret_cast<FaultFile*>(file);
  ours->base.pMethods = nullptr;
  State& now = state();
  const int code = now.real->xOpen(now.real, name, ours->real(), flags, out);
  if (ours->real()->pMethods != nullptr) ours->base.pMethods = &kMethods;
  return code;
}

}  // namespace

FaultVfs& FaultVfs::instance() {
  static FaultVfs the_one;
  return the_one;
}

FaultVfs::FaultVfs() {
  State& now = state();
  now.real = sqlite3_vfs_find(nullptr);
  now.vfs = *now.real;  // all that is not about one file is the real one's
  now.vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + now.real->szOsFile;
  now.vfs.zName = "faults";
  now.vfs.xOpen = open;
  sqlite3_vfs_register(&now.vfs, 1);
}

void FaultVfs::arm(DiskFault fault, std::uint64_t after, bool lasting) {
  State& now = state();
  now.armed = true;
  now.fault = fault;
  now.left = after;
  now.lasting = lasting;
  now.struck = false;
}

void FaultVfs::disarm() {
  state().armed = false;
}

bool FaultVfs::struck() const {
  return state().struck;
}

}  // namespace tessera::test
