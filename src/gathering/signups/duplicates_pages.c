// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' page of organisations that may be one, across the editions of their series. */
#include "gathering/signups/duplicates.h"
#include "gathering/signups/internal.h"
#include "platform/page/respond.h"
#include "signups_pages.h"

static Str page_path(Request *request) {
    return edition_path(request->arena, edition_of(request), "/staff/sign-ups/duplicates");
}

static Str why_words(Request *request, const DuplicatePair *pair) {
    static const Msg names[SAME_KEY_COUNT] = {
        [SAME_KEY_NIP] = MSG_INIT("signups", "NIP"),
        [SAME_KEY_REGON] = MSG_INIT("signups", "REGON"),
        [SAME_KEY_KRS] = MSG_INIT("signups", "KRS"),
        [SAME_KEY_NAME] = MSG_INIT("signups", "the name"),
        [SAME_KEY_SITE] = MSG_INIT("signups", "the website"),
        [SAME_KEY_MAIL] = MSG_INIT("signups", "where their e-mail is"),
    };
    Str said[SAME_KEY_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < SAME_KEY_COUNT; i++)
        if (pair->why[i]) said[count++] = signups_said(request, names[i]);
    return list_words(request->arena, request->language, said, count);
}

static void add_row(DuplicatesPagePairRow *rows, DuplicatesPagePair *pair, Str label, Str one, Str other) {
    if (str_is_empty(one) && str_is_empty(other)) return;
    rows[pair->rows_count++] = (DuplicatesPagePairRow){label, one, other, !str_is_empty(one) && str_equal(one, other)};
}

typedef struct Names {
    Kinds forms, districts;
} Names;

static Str named(const Kinds *kinds, Str code) { return str_is_empty(code) ? STR("") : kind_name(kinds, code); }

static void fill_rows(Request *request, const Names *names, const DuplicatePair *found, DuplicatesPagePair *pair) {
    enum { ROWS = 8 };
    const DuplicateSide *one = found->one, *other = found->other;
    DuplicatesPagePairRow *rows = arena_array(request->arena, DuplicatesPagePairRow, ROWS);
    pair->rows = rows;
    add_row(rows, pair, signups_said(request, MSG("signups", "Latest sign-up")), one->edition_title,
            other->edition_title);
    for (size_t i = 0; i < pair->rows_count; i++) rows[i].is_same = false; /* that says nothing of the two */
    add_row(rows, pair, signups_said(request, MSG("signups", "Legal form")), named(&names->forms, one->legal_form),
            named(&names->forms, other->legal_form));
    add_row(rows, pair, signups_said(request, MSG("signups", "NIP")), one->nip, other->nip);
    add_row(rows, pair, signups_said(request, MSG("signups", "REGON")), one->regon, other->regon);
    add_row(rows, pair, signups_said(request, MSG("signups", "KRS")), one->krs, other->krs);
    add_row(rows, pair, signups_said(request, MSG("signups", "Website")), one->website, other->website);
    add_row(rows, pair, signups_said(request, MSG("signups", "District")), named(&names->districts, one->district),
            named(&names->districts, other->district));
    add_row(rows, pair, signups_said(request, MSG("signups", "E-mail")), one->email, other->email);
}

Err duplicates_page(Request *request) {
    Duplicates found = duplicates_of(request->tx, request->scope.series);
    Names names = {kinds_of(request->tx, STR("legal_form"), request->language),
                   kinds_of(request->tx, STR("district"), request->language)};
    DuplicatesPagePair *pairs = arena_array(request->arena, DuplicatesPagePair, found.count);
    for (size_t i = 0; i < found.count; i++) {
        pairs[i].one = found.pairs[i].one->name;
        pairs[i].other = found.pairs[i].other->name;
        pairs[i].heading =
            str_format(request->arena, "%.*s – %.*s", STR_FORMAT(pairs[i].one), STR_FORMAT(pairs[i].other));
        pairs[i].why = why_words(request, &found.pairs[i]);
        fill_rows(request, &names, &found.pairs[i], &pairs[i]);
        pairs[i].join_href =
            staff_join_href(request, found.pairs[i].one->organisation, found.pairs[i].other->organisation);
        pairs[i].one_id = id_text(request->arena, found.pairs[i].one->organisation);
        pairs[i].other_id = id_text(request->arena, found.pairs[i].other->organisation);
    }
    DuplicatesPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "The same organisation twice?")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .form = form_open(request, NULL, 0, NULL),
        .joins_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups/joins"),
        .action = page_path(request),
        .pairs = pairs,
        .pairs_count = found.count,
        .found_words = say(request->arena, request->language,
                           MSG_PLURAL("signups", "{count} pair may be one organisation. Only you know whether it is.",
                                      "{count} pairs may be one organisation each. Only you know whether they are."),
                           SAY_INT("count", (int64_t)found.count)),
        .empty = {.heading = signups_said(request, MSG("signups", "No two are alike")),
                  .words = signups_said(request, MSG("signups", "No two organisations of this series have a register "
                                                                "number, a name, a website or the place of their "
                                                                "e-mail in common."))},
    };
    if (str_equal(fields_get(&request->query, STR("done")), STR("apart")))
        page.layout.notice = signups_said(request, MSG("signups", "Noted: these are two organisations."));
    PageOut out = page_out(request);
    page_duplicates(&out, &page);
    return OK;
}
