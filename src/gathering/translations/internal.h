// SPDX-License-Identifier: EUPL-1.2
/* What the files of this room share. */
#ifndef WSPOLNIE_TRANSLATIONS_INTERNAL_H
#define WSPOLNIE_TRANSLATIONS_INTERNAL_H

#include "gathering/editions/editions.h"
#include "gathering/texts/texts.h"
#include "gathering/translations/translations.h"
#include "platform/page/form.h"
#include "translations_pages.h"

/* wanted.c: what there is, and in which languages. */
typedef struct TextsHere {
    TextSources sources;
    TextOthers others;
} TextsHere;
TextsHere texts_here(Request *request, Id organisation); /* 0: of the whole edition */
TextOriginal original_of(Request *request, const TextSource *source);
typedef enum TextState {
    TEXT_LACKS,   /* nobody has written it */
    TEXT_CHANGED, /* it was made from words that were changed since */
    TEXT_THERE,
    TEXT_NOT_WANTED, /* it is the language it is written in, or was refused */
} TextState;
TextState text_state(Request *request, const TextsHere *here, const TextSource *source, Str language);
bool volunteers_write(const TextSource *source);
int64_t texts_lacking(Request *request, bool of_team_too); /* texts times languages; with those of forms of their own */
Str translations_said(const Request *request, Msg msg);
Str from_to_words(Request *request, const TextSource *source, Str to); /* "Polish → Ukrainian" */

/* one.c: one text in one language. */
Err translation_page(Request *request);
Err translation_save(Request *request);
Err my_text_page(Request *request);
Err my_text_save(Request *request);
Err my_text_refuse(Request *request);
extern const FormTable translation_asked;

/* list.c, mine.c */
Err translations_page(Request *request);
Err my_texts_page(Request *request);
Err my_texts_save(Request *request);
extern const FormTable my_texts_asked;
void translations_my_items(Request *request, MyItems *items);
Str my_texts_path(Request *request, const char *rest);
Str text_path(Request *request, Str base, const TextSource *source, Str language);

#endif
