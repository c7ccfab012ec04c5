// SPDX-License-Identifier: EUPL-1.2
/* A folder and a store of a test's own, on either engine (place.h), gone behind it:
 *
 *     world.arena = own_folder(world.folder, "walks", 64 << 20);
 *     world.store = own_store(world.arena, world.folder, NULL);
 *     …
 *     own_end(world.arena, world.folder, world.store);
 */
#ifndef WSPOLNIE_TESTS_STORE_OWN_H
#define WSPOLNIE_TESTS_STORE_OWN_H

#include "../../cmocka_all.h"
#include "place.h"
#include "platform/store/store.h"
#include <dirent.h>
#include <unistd.h>

enum { OWN_FOLDER_BYTES = 64 };

/* Makes the folder, whose name goes into folder, and the arena that own_end closes. */
__attribute__((unused)) static Arena *own_folder(char folder[OWN_FOLDER_BYTES], const char *name, size_t arena_bytes) {
    Arena *arena = arena_open(arena_bytes);
    assert_non_null(arena);
    snprintf(folder, OWN_FOLDER_BYTES, "/tmp/wspolnie-%s-XXXXXX", name);
    assert_non_null(mkdtemp(folder));
    return arena;
}

/* What the store of the folder is: a file, or what a database is named after. */
__attribute__((unused)) static const char *own_path(Arena *arena, const char *folder) {
    return str_format(arena, "%s/wspolnie.db", folder).data;
}

/* The store of the folder; the same one for each who opens it. clock: the caller's, or NULL for the system's. */
__attribute__((unused)) static Store *own_store(Arena *arena, const char *folder, const Clock *clock) {
    StoreOptions options = {
        .path = store_place(arena, own_path(arena, folder)), .clock = clock, .may_create = true, .may_migrate = true};
    Store *store = NULL;
    if (store_open(arena, &options, &store)) fail_msg("%s", arena_failure(arena)->message);
    return store;
}

/* Takes the folder away with all that is in it. */
__attribute__((unused)) static void own_folder_remove(Arena *arena, const char *folder) {
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir));) unlink(str_format(arena, "%s/%s", folder, entry->d_name).data);
    closedir(dir);
    rmdir(folder);
}

/* store: NULL where it is closed already. */
__attribute__((unused)) static void own_end(Arena *arena, const char *folder, Store *store) {
    if (store) store_close(store);
    store_place_remove(arena, own_path(arena, folder));
    own_folder_remove(arena, folder);
    arena_close(arena);
}

#endif
