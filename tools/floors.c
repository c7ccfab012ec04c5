// SPDX-License-Identifier: EUPL-1.2
#include "floors.h"

#include "list.h"

static Str last_part(Str folder) {
    Str part, last = STR_ABSENT;
    while (str_next_part(&folder, '/', &part)) last = part;
    return last;
}

Floors floors_read(Compiler *compiler, const char *path) {
    Floors floors = {0};
    Str rest = compiler_read(compiler, path), line, folder;
    for (int floor = 1; str_next_part(&rest, '\n', &line); floor++) {
        ptrdiff_t comment = str_index_of_char(line, '#');
        if (comment >= 0) line = str_slice(line, 0, (size_t)comment);
        while (str_next_part(&line, ' ', &folder)) {
            if (str_is_empty(folder)) continue;
            floors.rooms = list_room(compiler->arena, floors.rooms, floors.count, sizeof *floors.rooms);
            floors.rooms[floors.count++] = (FloorRoom){last_part(folder), floor};
        }
    }
    return floors;
}

int floors_of(const Floors *floors, Str room) {
    for (size_t i = 0; i < floors->count; i++)
        if (str_equal(floors->rooms[i].name, room) && !str_equal(room, STR("src"))) return floors->rooms[i].floor;
    return 0;
}
