// SPDX-License-Identifier: EUPL-1.2
/* Editing a sign-up that is there: what the organisation itself and the coordinators change is the same,
 * so it is loaded, compared and saved here for both. */
#ifndef WSPOLNIE_SIGNUPS_EDIT_H
#define WSPOLNIE_SIGNUPS_EDIT_H

#include "gathering/signups/signups.h"

typedef struct EditValues {
    Str version; /* of sign-up, organisation and contact: "3.5.2" */
    Str organisation, legal_form, nip, regon, krs, website, district, words, parent_name;
    StrList profiles, languages;
    OptionalInt founded_year;
    bool is_listed;
    Str contact_name, contact_email, contact_phone;
    int64_t people;
    Str access_needs, remarks, staff_notes;
    StrList needs, offers; /* kinds */
    Str needs_words, offers_words;
} EditValues;

/* What the organisation may change, its name too, with its word on being named in public; the coordinators' table has
 * their notes. */
extern const FormField edit_own_fields[], edit_staff_fields[];
extern const size_t edit_own_count, edit_staff_count;
extern const FormTable edit_own_asked, edit_staff_asked;

EditValues edit_load(Tx *tx, const Signup *signup, Language language);
/* What only this room knows of the answers, noted on the form: register numbers; one way to reach them; a
 * new name that is not another organisation's. */
void edit_check_numbers(Form *form, const Request *request, const EditValues *values);
void edit_check_name(Form *form, const Request *request, const Signup *signup, const EditValues *values);
void edit_check_contact(Form *form, const Request *request, const EditValues *values);
/* ERR_CONFLICT: somebody else has changed it since values->version was read; nothing is written. */
typedef struct EditSaving {
    Id by;             /* who saves; in the organisation's own form they agree to be named, or withdraw it */
    Language language; /* in which they read the form */
    bool is_proven;    /* who they are: not by a card (Who.is_limited) */
} EditSaving;
Err edit_save(Tx *tx, const Signup *signup, const EditValues *values, const EditSaving *saving);

/* Needs and offers as a form asks for them: kinds ticked, and words for all of a side. */
Exchanges exchanges_from(Arena *arena, const StrList *needs, Str needs_words, const StrList *offers, Str offers_words,
                         const Exchanges *before);
/* For the tables of fields. */
FormOptions options_of_profiles(Request *request, void *context);
FormOptions options_of_exchanges(Request *request, void *context);
FormOptions options_of_legal_forms(Request *request, void *context);

#endif
