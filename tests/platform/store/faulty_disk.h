// SPDX-License-Identifier: EUPL-1.2
/* A disk that can be full, or fail, when a test wants it: SQLite's own file layer with a tap on
 * what writes. It counts writes and syncs, so that each of them in turn can be made to fail. */
#ifndef WSPOLNIE_TESTS_STORE_FAULTY_DISK_H
#define WSPOLNIE_TESTS_STORE_FAULTY_DISK_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

typedef struct FaultyDisk {
    atomic_int_least64_t room_bytes;    /* no file may grow beyond this */
    atomic_int_least64_t failing_syncs; /* so many of the next ones fail */
    atomic_int_least64_t countdown;     /* operations until one fails; negative: none will */
    atomic_int fault;                   /* with this SQLite code */
    atomic_bool goes_on_failing;
    sqlite3_vfs *real;
    sqlite3_vfs vfs;
} FaultyDisk;

static FaultyDisk disk;

typedef struct TappedFile {
    sqlite3_file base;
    sqlite3_file *real;
} TappedFile;

static sqlite3_file *real_file(sqlite3_file *file) { return ((TappedFile *)file)->real; }

static int operation(void) {
    int64_t before = atomic_fetch_sub(&disk.countdown, 1);
    if (before == 0 || (before < 0 && before > -1000000 && atomic_load(&disk.goes_on_failing)))
        return atomic_load(&disk.fault);
    return SQLITE_OK;
}

static int tapped_close(sqlite3_file *f) { return real_file(f)->pMethods->xClose(real_file(f)); }

static int tapped_read(sqlite3_file *f, void *to, int size, sqlite3_int64 at) {
    return real_file(f)->pMethods->xRead(real_file(f), to, size, at);
}

static int tapped_write(sqlite3_file *f, const void *from, int size, sqlite3_int64 at) {
    int fault = operation();
    if (fault) return fault;
    if (at + size > atomic_load(&disk.room_bytes)) return SQLITE_FULL;
    return real_file(f)->pMethods->xWrite(real_file(f), from, size, at);
}

static int tapped_truncate(sqlite3_file *f, sqlite3_int64 size) {
    int fault = operation();
    return fault ? fault : real_file(f)->pMethods->xTruncate(real_file(f), size);
}

static int tapped_sync(sqlite3_file *f, int flags) {
    int fault = operation();
    if (fault) return fault == SQLITE_IOERR_WRITE ? SQLITE_IOERR_FSYNC : fault;
    if (atomic_load(&disk.failing_syncs) > 0) {
        atomic_fetch_sub(&disk.failing_syncs, 1);
        return SQLITE_IOERR_FSYNC;
    }
    return real_file(f)->pMethods->xSync(real_file(f), flags);
}

static int tapped_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real_file(f)->pMethods->xFileSize(real_file(f), size);
}
static int tapped_lock(sqlite3_file *f, int kind) { return real_file(f)->pMethods->xLock(real_file(f), kind); }
static int tapped_unlock(sqlite3_file *f, int kind) { return real_file(f)->pMethods->xUnlock(real_file(f), kind); }
static int tapped_reserved(sqlite3_file *f, int *out) {
    return real_file(f)->pMethods->xCheckReservedLock(real_file(f), out);
}
static int tapped_control(sqlite3_file *f, int op, void *arg) {
    return real_file(f)->pMethods->xFileControl(real_file(f), op, arg);
}
static int tapped_sector(sqlite3_file *f) { return real_file(f)->pMethods->xSectorSize(real_file(f)); }
static int tapped_device(sqlite3_file *f) { return real_file(f)->pMethods->xDeviceCharacteristics(real_file(f)); }
static int tapped_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **to) {
    return real_file(f)->pMethods->xShmMap(real_file(f), page, size, extend, to);
}
static int tapped_shm_lock(sqlite3_file *f, int at, int n, int flags) {
    return real_file(f)->pMethods->xShmLock(real_file(f), at, n, flags);
}
static void tapped_shm_barrier(sqlite3_file *f) { real_file(f)->pMethods->xShmBarrier(real_file(f)); }
static int tapped_shm_unmap(sqlite3_file *f, int gone) { return real_file(f)->pMethods->xShmUnmap(real_file(f), gone); }

static int tapped_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags) {
    static const sqlite3_io_methods methods = {
        2,
        tapped_close,
        tapped_read,
        tapped_write,
        tapped_truncate,
        tapped_sync,
        tapped_size,
        tapped_lock,
        tapped_unlock,
        tapped_reserved,
        tapped_control,
        tapped_sector,
        tapped_device,
        tapped_shm_map,
        tapped_shm_lock,
        tapped_shm_barrier,
        tapped_shm_unmap,
        NULL,
        NULL,
    };
    (void)vfs;
    TappedFile *tapped = (TappedFile *)file;
    memset(tapped, 0, sizeof *tapped);
    tapped->real = (sqlite3_file *)(tapped + 1);
    int code = disk.real->xOpen(disk.real, name, tapped->real, flags, out_flags);
    if (code == SQLITE_OK) tapped->base.pMethods = &methods;
    return code;
}

static void disk_mend(void) {
    atomic_store(&disk.room_bytes, INT64_MAX);
    atomic_store(&disk.failing_syncs, 0);
    atomic_store(&disk.countdown, -1000000);
    atomic_store(&disk.goes_on_failing, false);
}

/* All files that SQLite opens from now on go through it. */
static void disk_install(void) {
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "faulty";
    disk.vfs.szOsFile = (int)sizeof(TappedFile) + disk.real->szOsFile;
    disk.vfs.xOpen = tapped_open;
    disk_mend();
    sqlite3_vfs_register(&disk.vfs, 1);
}

#endif
