// SPDX-License-Identifier: EUPL-1.2
/* Translations: the texts of an edition that lack a language, and the pages on which they get it.
 *
 * Every room says which texts it has (Room.texts). What lacks one of the languages of the series stands in a list that
 * a volunteer works through, /{series}/{edition}/translations: whoever a coordinator made a translator comes in by a
 * link or their mail and sees texts that everybody reads, and nothing of anybody's contacts. An organisation sees all
 * its own, /me/{series}/{edition}/{organisation}/languages, writes them itself, and changes or refuses what a volunteer
 * wrote. How names are written is for whose names they are alone. texts/texts.h says what is stored, and what is shown.
 */
#ifndef WSPOLNIE_TRANSLATIONS_TRANSLATIONS_H
#define WSPOLNIE_TRANSLATIONS_TRANSLATIONS_H

#include "gathering/room.h"

extern const Room translations_room;

#endif
