// SPDX-License-Identifier: EUPL-1.2
/* Who signs up to the demo's editions, and what is decided. */
#include "gathering/demo/demo_fill.h"
#include "gathering/signups/catalogue.h"
#include "gathering/signups/guests.h"
#include "gathering/signups/listing.h"
#include "platform/account/account.h"
#include "platform/base/random.h"
#include "platform/base/utf8.h"

enum { HOUR_MS = 3600 * 1000 };

/* ---- organisations and their people ---------------------------------- */

enum { FIRST_YEAR = 1996, YEARS = 28 };

static Id add_organisation(DemoFill *fill, size_t index) {
    const DemoOrganisation *row = &demo_organisations[index];
    Arena *arena = tx_arena(fill->tx);
    Str profiles[] = {str_from_c(row->profile), str_from_c(row->other_profile)};
    Str languages[] = {STR("pl"), STR("uk")};
    Organisation organisation = {
        .name = str_from_c(row->name),
        .legal_form = str_from_c(row->legal_form),
        .words = str_from_c(row->words),
        .website = str_format(arena, "https://%.*s.example", STR_FORMAT(utf8_slug(arena, str_from_c(row->name), 40))),
        .public_benefit = row->public_benefit,
        .district = str_from_c(demo_districts[index * 7 % DEMO_DISTRICTS].code),
        .founded_year = given_int(FIRST_YEAR + (int64_t)(index * 11 % YEARS)),
        .languages = {languages, row->contact ? 2 : 1},
        .profiles = {profiles, row->other_profile ? 2 : 1},
    };
    return organisation_add(fill->tx, &organisation);
}

static Id add_contact(DemoFill *fill, size_t index) {
    const DemoOrganisation *row = &demo_organisations[index];
    Arena *arena = tx_arena(fill->tx);
    Str name = demo_contact_name(arena, index);
    Str local = str_replace(arena, utf8_slug(arena, name, 40), STR("-"), STR("."));
    Str domain = utf8_slug(arena, str_from_c(row->name), 40);
    Str email = str_format(arena, "%.*s@%.*s.example", STR_FORMAT(local), STR_FORMAT(domain));
    /* No telephone in Kraków begins with 000. */
    Str phone = str_format(arena, "+48 12 000 00 %02zu", index + 1);
    fill->contact_names[index] = name;
    fill->contact_phones[index] = phone;
    Id person = person_ensure(fill->tx, name, email, phone, row->contact ? LANGUAGE_UK : LANGUAGE_PL);
    representative_give(fill->tx, person, fill->organisations[index], fill->series);
    return person;
}

/* What the city's set-up brings: districts are data, and another city has others. */
static void add_districts(DemoFill *fill) {
    for (size_t i = 0; i < DEMO_DISTRICTS; i++) {
        const DemoDistrict *row = &demo_districts[i];
        kind_put(fill->tx, STR("district"), str_from_c(row->code),
                 (KindNames){str_from_c(row->name), str_from_c(row->name), str_from_c(row->name_uk)});
    }
}

void demo_add_organisations(DemoFill *fill) {
    add_districts(fill);
    for (size_t i = 0; i < DEMO_ORGANISATIONS; i++) {
        fill->organisations[i] = add_organisation(fill, i);
        fill->contacts[i] = add_contact(fill, i);
    }
}

/* ---- needs and offers ---------------------------------- */

/* All wishes of an edition, dealt out: one or two needs and offers each, 140 and 120 in all, never both of one
 * kind. How often each of a kind's words were said so far keeps them from coming back too soon. */
typedef struct Deal {
    Random random;
    size_t said_needs[DEMO_EXCHANGE_KINDS], said_offers[DEMO_EXCHANGE_KINDS];
} Deal;

enum { MOST_WISHES = 4 };

static size_t wishes_of(size_t index, size_t all) { return index < all - DEMO_ORGANISATIONS ? 2 : 1; }

static void deal_kinds(Random *random, size_t kinds[DEMO_EXCHANGE_KINDS]) {
    for (size_t i = 0; i < DEMO_EXCHANGE_KINDS; i++) {
        size_t at = random_below(random, i + 1);
        if (at != i) kinds[i] = kinds[at];
        kinds[at] = i;
    }
}

static Exchanges deal(Deal *deal, size_t index, Exchange exchanges[MOST_WISHES]) {
    size_t kinds[DEMO_EXCHANGE_KINDS], needs = wishes_of(index, DEMO_NEEDS);
    /* Who needs one thing offers two more often. */
    size_t offers = wishes_of(DEMO_ORGANISATIONS - 1 - index, DEMO_OFFERS), count = 0;
    deal_kinds(&deal->random, kinds);
    for (size_t i = 0; i < needs + offers; i++) {
        const DemoExchangeKind *kind = &demo_exchange_kinds[kinds[i]];
        bool is_offer = i >= needs;
        size_t *said = is_offer ? &deal->said_offers[kinds[i]] : &deal->said_needs[kinds[i]];
        const char *words = is_offer ? kind->offers[*said % DEMO_OFFER_WORDS] : kind->needs[*said % DEMO_NEED_WORDS];
        ++*said;
        exchanges[count++] =
            (Exchange){.is_offer = is_offer, .kind = str_from_c(kind->kind), .words = str_from_c(words)};
    }
    return (Exchanges){exchanges, count};
}

/* ---- sign-ups ---------------------------------- */

static Signup signup_of(const DemoFill *fill, Id edition, size_t index) {
    return (Signup){
        .edition = edition,
        .organisation = fill->organisations[index],
        .contact = fill->contacts[index],
        .contact_name = fill->contact_names[index],
        .contact_phone = fill->contact_phones[index],
        .source = index % 9 == 4   ? STR("staff")
                  : index % 3 == 1 ? STR("import")
                                   : STR("form"),
        .people = 1 + (int64_t)(index % 3),
    };
}

/* 67 of the 70 came, with 150 people: two each, three from 16 of them. */
static OptionalInt came_people(size_t accepted) {
    enum { DID_NOT_COME = 3, EVERY = 22, WITH_THREE = 16 };
    if (accepted % EVERY == EVERY - 1 && accepted / EVERY < DID_NOT_COME) return given_int(0);
    return given_int(accepted < WITH_THREE ? 3 : 2);
}

/* Those who had no place then are the newcomers of now. */
static SignupState past_state(size_t index, size_t *newcomers) {
    enum { WAITED = 5 };
    if (demo_organisations[index].place != DEMO_NEWCOMER) return SIGNUP_ACCEPTED;
    return ++*newcomers <= WAITED ? SIGNUP_WAITING : SIGNUP_WITHDRAWN;
}

void demo_add_past_signups(DemoFill *fill) {
    enum { DAYS_BEFORE = 45 };
    Deal dealt = {.random = random_from_seed(1)};
    size_t newcomers = 0, accepted = 0;
    for (size_t i = 0; i < DEMO_ORGANISATIONS; i++) {
        Exchange room[MOST_WISHES];
        Exchanges exchanges = deal(&dealt, i, room);
        Signup signup = signup_of(fill, fill->past, i);
        signup.state = past_state(i, &newcomers);
        if (signup.state == SIGNUP_ACCEPTED) {
            signup.came_people = came_people(accepted++);
            if (signup.came_people.value) signup.people = signup.came_people.value;
            else signup.staff_notes = STR("Nie przyszli i nie dali znać.");
        }
        signup.submitted_ms =
            demo_moment(fill, fill->past_day - DAYS_BEFORE + (int64_t)(i * 29 % 30), AT(9 + (int)(i % 10), 7));
        Id id;
        demo_must(fill, signup_add(fill->tx, &signup, &exchanges, &id), "a past sign-up");
    }
}

static void add_notes(const DemoFill *fill, Signup *signup) {
    for (size_t i = 0; i < demo_note_count; i++) {
        const DemoNote *note = &demo_notes[i];
        if (signup->organisation != fill->organisations[note->organisation - 1]) continue;
        signup->remarks = str_from_c(note->remarks);
        signup->staff_notes = str_from_c(note->staff_notes);
        signup->access_needs = str_from_c(note->access_needs);
    }
}

static void decide(DemoFill *fill, Id id, DemoPlace place) {
    static const SignupState states[] = {[DEMO_RETURNING] = SIGNUP_ACCEPTED,
                                         [DEMO_NEWCOMER] = SIGNUP_ACCEPTED,
                                         [DEMO_WAITING] = SIGNUP_WAITING,
                                         [DEMO_WITHDRAWN] = SIGNUP_WITHDRAWN};
    Signup signup;
    if (!signup_get(fill->tx, fill->coming, id, &signup)) demo_must(fill, ERR_NOT_FOUND, "a sign-up");
    SignupDecision decision = {
        .edition = fill->coming, .signup = id, .version = signup.version, .to = states[place], .by = fill->coordinator};
    demo_must(fill, signup_decide(fill->tx, &decision), "a decision");
}

/* All but three agree to be named in public: the one never did, another thought better of it, and of the third a
 * colleague ticked it in the form. */
static void answer_for_listing(DemoFill *fill, const Signup *signup, Id id, size_t index) {
    static const char *const channels[] = {"paper", "phone", "mail", "spoken"};
    Str wording = listing_wording(tx_arena(fill->tx), LANGUAGE_PL);
    int number = (int)index + 1;
    bool is_staff = str_equal(signup->source, STR("staff"));
    if (number == DEMO_NEVER_AGREED) return;
    if (number == DEMO_NOT_CONFIRMED) {
        listing_wish(fill->tx, fill->coming, id, wording);
        return;
    }
    listing_give(fill->tx, &(ListingGiven){
                               .organisation = signup->organisation,
                               .edition = fill->coming,
                               .person = signup->contact,
                               .wording = wording,
                               .channel = is_staff ? channels[index % COUNT(channels)]
                                                   : str_to_c(tx_arena(fill->tx), signup->source),
                               .given_ms = signup->submitted_ms,
                               .by = is_staff ? fill->coordinator : 0,
                           });
    if (number == DEMO_WITHDREW) listing_withdraw(fill->tx, signup->organisation, fill->coming, signup->contact);
}

/* An artist, the press and the city: they do not sign up. */
static void add_guests(DemoFill *fill) {
    for (size_t i = 0; i < DEMO_GUESTS; i++) {
        const DemoGuest *row = &demo_guests[i];
        Guest guest = {.edition = fill->coming,
                       .kind = str_from_c(row->kind),
                       .name = str_from_c(row->name),
                       .words = str_from_c(row->words),
                       .people = row->people};
        fill->guests[i] = guest_add(fill->tx, &guest, fill->coordinator);
    }
}

/* Somebody presses the button twice, and sends an e-mail too. */
static void send_twice(DemoFill *fill) {
    Signup again = signup_of(fill, fill->coming, DEMO_SENT_TWICE - 1);
    Id id;
    if (signup_add(fill->tx, &again, NULL, &id) != ERR_CONFLICT)
        demo_must(fill, ERR_INTERNAL, "a second sign-up that is not refused");
}

/* Most of those that may be named enter themselves in the directory, each with a little more or less of itself. */
static void enter_directory(DemoFill *fill, size_t index) {
    enum { STAYS_OUT_EVERY = 6, NO_WEBSITE_EVERY = 4, NUMBERS_EVERY = 5 };
    Organisation organisation;
    DirectoryEntry entry;
    Id id = fill->organisations[index];
    if (!organisation_get(fill->tx, id, &organisation) || !organisation.is_listed) return;
    if (index % STAYS_OUT_EVERY == STAYS_OUT_EVERY - 1) return;
    directory_entry_get(fill->tx, id, fill->series, &entry);
    entry.is_shown = entry.shows_words = entry.shows_exchanges = true;
    entry.shows_website = index % NO_WEBSITE_EVERY != 0;
    entry.shows_numbers = index % NUMBERS_EVERY == 0;
    if (index % NO_WEBSITE_EVERY == 1) entry.phone = fill->contact_phones[index];
    DirectorySaying saying = {.by = fill->contacts[index],
                              .edition = fill->coming,
                              .wording = catalogue_wording(tx_arena(fill->tx), LANGUAGE_PL, &entry)};
    demo_must(fill, directory_entry_save(fill->tx, &entry, &saying), "an entry of the directory");
    catalogue_follow(fill->tx, id);
}

void demo_add_coming_signups(DemoFill *fill) {
    enum { APART_H = 9 };
    Deal dealt = {.random = random_from_seed(2)};
    for (size_t i = 0; i < DEMO_ORGANISATIONS; i++) {
        Exchange room[MOST_WISHES];
        Exchanges exchanges = deal(&dealt, i, room);
        Signup signup = signup_of(fill, fill->coming, i);
        signup.state = SIGNUP_NEW;
        signup.submitted_ms = tx_now_ms(fill->tx) - (int64_t)(i * 29 % DEMO_ORGANISATIONS + 1) * APART_H * HOUR_MS;
        add_notes(fill, &signup);
        Id id;
        demo_must(fill, signup_add(fill->tx, &signup, &exchanges, &id), "a sign-up");
        answer_for_listing(fill, &signup, id, i);
        decide(fill, id, demo_organisations[i].place);
    }
    for (size_t i = 0; i < DEMO_ORGANISATIONS; i++) enter_directory(fill, i);
    send_twice(fill);
    add_guests(fill);
}
