// SPDX-License-Identifier: EUPL-1.2
/* The door: lists the rooms of the house, from the ground up, and hands over to the command line. */
#include "commands.h"
#include "gathering/demo/demo.h"
#include "gathering/directory/directory.h"
#include "gathering/editions/editions.h"
#include "gathering/mailing/mailing.h"
#include "gathering/organisations/organisations.h"
#include "gathering/potluck/potluck.h"
#include "gathering/privacy/privacy.h"
#include "gathering/programme/programme.h"
#include "gathering/questions/questions.h"
#include "gathering/rounds/rounds.h"
#include "gathering/signups/signups.h"
#include "gathering/tasks/tasks.h"
#include "gathering/texts/texts.h"
#include "gathering/ties/ties.h"
#include "gathering/translations/translations.h"
#include "gathering/walks/walks.h"
#include "serve.h"
#include <sodium.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static const Room *const rooms[] = {
    &texts_room,   &organisations_room, &editions_room,  &directory_room,    &ties_room,
    &signups_room, &questions_room,     &programme_room, &walks_room,        &rounds_room,
    &potluck_room, &mailing_room,       &privacy_room,   &translations_room, &tasks_room,
};

/* A large block (the body of an upload, a large export) goes back to the system as soon as it is freed. Left alone,
 * glibc would learn from the first one to keep all that follow. What an arena is usually made of is smaller, and kept.
 */
static void give_large_blocks_back(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 2 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
#endif
}

int main(int argument_count, char **arguments) {
    if (sodium_init() < 0) {
        fprintf(stderr, "wspolnie: the cryptographic library cannot start\n");
        return 1;
    }
    give_large_blocks_back();
    Arena *arena = arena_open(1 << 20);
    if (!arena) return 1;
    House house = {.rooms = rooms, .room_count = COUNT(rooms)};
    CommandTable table = house_command_table(arena, &house);
    int status = command_main(&table, argument_count, arguments);
    arena_close(arena);
    return status;
}
