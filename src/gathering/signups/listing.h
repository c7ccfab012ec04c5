// SPDX-License-Identifier: EUPL-1.2
/* Listing: whether an organisation may be named in public, and who agreed to it.
 *
 * is_listed is the organisation's, in every edition. Behind it stands a consent (account.h) of purpose "directory"
 * whose subject is the organisation: who agreed, to which exact words, when, and how that reached us. The two are
 * changed together, and only here; every public page that names organisations follows at once
 * (editions/public_names.h).
 *
 * Only who acts agrees: a contact that the public form has just made, somebody signed in, or somebody who told a
 * coordinator. What a stranger ticks in the form for a contact who was known before is a wish: it waits with the
 * sign-up until that contact says so in "my gathering", or a coordinator records it.
 *
 *     if (is_acting) listing_give(tx, &(ListingGiven){.organisation = …, .person = …, .channel = "form", …});
 *     else listing_wish(tx, edition, signup, wording);
 */
#ifndef WSPOLNIE_SIGNUPS_LISTING_H
#define WSPOLNIE_SIGNUPS_LISTING_H

#include "gathering/signups/signups.h"
#include "signups_pages.h" /* NotNamedPart */

/* What is agreed to, as the forms ask it. */
Str listing_wording(Arena *arena, Language language);

typedef struct ListingGiven {
    Id organisation, edition, person; /* edition: on whose occasion */
    Str wording;
    const char *channel; /* as of a Consent: form phone paper mail spoken import */
    int64_t given_ms;    /* 0: now */
    Id by;               /* who wrote it down; 0: nobody signed in */
} ListingGiven;
/* Nothing where it is agreed already: a consent stands until it is withdrawn. Wishes of the organisation are met. */
void listing_give(Tx *tx, const ListingGiven *given);
/* All consents about it are withdrawn, whoever gave them. Nothing where it is not listed. */
void listing_withdraw(Tx *tx, Id organisation, Id edition, Id by);
/* Whether it was, and nobody agreed since: what a sheet says of it may be older. */
bool listing_was_withdrawn(Tx *tx, Id organisation);

void listing_wish(Tx *tx, Id edition, Id signup, Str wording);
/* They were asked and said no. */
void listing_refuse(Tx *tx, Id edition, Id signup, Id by);

/* Two organisations turn out to be one (signup_join): what was agreed for the first is agreed for the second. */
void listing_join(Tx *tx, Id from, Id to);

/* Who cannot be named in public, and why. */
typedef struct Unlisted {
    Id organisation, signup;
    Str name;
    bool is_wished;           /* it waits for the contact */
    OptionalInt withdrawn_ms; /* it was agreed to once */
} Unlisted;
typedef struct UnlistedOnes {
    Unlisted *ones;
    size_t count;
} UnlistedOnes;
UnlistedOnes listing_missing(Tx *tx, Id edition); /* by name; whatever their sign-up's state */
Str listing_why(Arena *arena, Language language, const Zone *zone, const Unlisted *one);

/* "by telephone" */
Str listing_channel_words(Arena *arena, Language language, Str channel);
/* The same for the pages where something is published: those of `shown` that will stand there without their name, each
 * with the page where a consent can be written down. False: all of them are named. For {include not_named …}. */
bool listing_not_named(Request *request, IdList shown, NotNamedPart *part);

#endif
