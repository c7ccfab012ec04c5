// SPDX-License-Identifier: EUPL-1.2
/* tools/floors.txt for the compilers: which room stands how high. A room is the last part of a
 * folder's path: "walks" of "src/gathering/walks". */
#ifndef WSPOLNIE_TOOLS_FLOORS_H
#define WSPOLNIE_TOOLS_FLOORS_H

#include "compiler.h"

typedef struct FloorRoom {
    Str name;
    int floor; /* from 1 */
} FloorRoom;

typedef struct Floors {
    FloorRoom *rooms;
    size_t count;
} Floors;

Floors floors_read(Compiler *compiler, const char *path);
int floors_of(const Floors *floors, Str room); /* 0: there is no such room */

#endif
