// SPDX-License-Identifier: EUPL-1.2
/* The form of an item, as coordinators and organisations fill it in. */
#ifndef WSPOLNIE_PROGRAMME_ITEM_FORM_H
#define WSPOLNIE_PROGRAMME_ITEM_FORM_H

#include "gathering/programme/programme.h"

typedef struct ItemForm {
    Str kind, title, organisation, performer, words, theme, needs, photo_consent;
    OptionalInt duration, changeover, people;
    bool has_children, adult_attested;
    Str not_before, done_by;
    Str version; /* of the row, in a hidden field */
} ItemForm;

extern const FormField item_fields[];
extern const FormTable item_asked, offer_asked, own_words_asked;
extern const size_t item_field_count;
/* An organisation's: of an offer that is not decided on, and what of it stays its own afterwards (item_rights). */
extern const FormField offer_fields[], own_words_fields[];
extern const size_t offer_field_count, own_words_field_count;

ItemForm item_form_values(Request *request, const Item *item);
/* Into an item; refuses what does not go together. False: the form is shown again. */
bool item_form_apply(Request *request, Form *form, const ItemForm *values, Item *item);
bool offer_form_apply(Request *request, Form *form, const ItemForm *values, Item *item);
bool own_words_form_apply(Request *request, Form *form, const ItemForm *values, Item *item);

#endif
