// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' page of organisations that may be one, across the editions of their series. */
#include "gathering/signups/duplicates.h"
#include "gathering/signups/internal.h"
#include "gathering/signups/same.h"
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
    rows[pair->rows_count++] = (DuplicatesPagePairRow){label, one, other};
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

/* The one whose sign-up here can be moved to the other, which has none here; NULL: both have one, or neither. */
static const DuplicateSide *moving_side(Request *request, const DuplicatePair *pair, const DuplicateSide **stays) {
    bool one_is_here = pair->one->edition == request->scope.edition,
         other_is_here = pair->other->edition == request->scope.edition;
    Signup has;
    if (one_is_here == other_is_here) return NULL;
    const DuplicateSide *moves = one_is_here ? pair->one : pair->other;
    *stays = one_is_here ? pair->other : pair->one;
    if (signup_of_organisation(request->tx, request->scope.edition, (*stays)->organisation, &has)) return NULL;
    return moves;
}

/* Why there is nothing to press, and what to do. */
static Str stuck_words(Request *request, const DuplicatePair *pair) {
    const DuplicateSide *one = pair->one, *other = pair->other;
    bool one_is_here = one->edition == request->scope.edition, other_is_here = other->edition == request->scope.edition;
    if (one_is_here && other_is_here)
        return signups_said(request, MSG("signups", "One of the two sign-ups is over, so there is nothing to join in "
                                                    "this gathering. Nothing is to be done here."));
    if (!one_is_here && !other_is_here)
        return say(request->arena, request->language,
                   MSG("signups", "Neither signed up last to this gathering. Open this page in the gathering “{title}” "
                                  "and join them there."),
                   SAY_TEXT("title", one->edition_title));
    return say(request->arena, request->language,
               MSG("signups", "{name} has a sign-up to this gathering already, and an organisation has no more than "
                              "one. Both stay as they are; nothing is to be done here."),
               SAY_TEXT("name", one_is_here ? other->name : one->name));
}

static void fill_actions(Request *request, const DuplicatePair *found, DuplicatesPagePair *pair) {
    Signup one, other;
    const DuplicateSide *stays, *moves = moving_side(request, found, &stays);
    if (moves) {
        pair->signup = id_text(request->arena, moves->signup);
        pair->organisation = id_text(request->arena, stays->organisation);
        pair->version = str_format(request->arena, "%lld", (long long)moves->version);
        pair->joins =
            say(request->arena, request->language,
                MSG("signups", "The sign-up of {one} becomes one of {other}, with all that it has here: talks, "
                               "dishes, seats, and those who act for it."),
                SAY_TEXT("one", moves->name), SAY_TEXT("other", stays->name));
        return;
    }
    if (found->one->edition == request->scope.edition && found->other->edition == request->scope.edition &&
        signup_get(request->tx, request->scope.edition, found->one->signup, &one) &&
        signup_get(request->tx, request->scope.edition, found->other->signup, &other) && signup_is_active(one.state) &&
        signup_is_active(other.state))
        pair->same_href = staff_same_href(request, &one, &other);
    else pair->stuck = stuck_words(request, found);
}

static Err show(Request *request, const Form *form) {
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
        fill_actions(request, &found.pairs[i], &pairs[i]);
    }
    DuplicatesPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "The same organisation twice?")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .form = form,
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
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("joined")))
        page.layout.notice = signups_said(request, MSG("signups", "Joined."));
    PageOut out = page_out(request);
    page_duplicates(&out, &page);
    return OK;
}

Err duplicates_page(Request *request) { return show(request, form_open(request, NULL, 0, NULL)); }

/* Only what the page offers now, of the sign-up as it was seen there. */
static bool is_offered(Request *request, Id signup, Id organisation, int64_t version) {
    Duplicates found = duplicates_of(request->tx, request->scope.series);
    for (size_t i = 0; i < found.count; i++) {
        const DuplicateSide *stays, *moves = moving_side(request, &found.pairs[i], &stays);
        if (moves && moves->signup == signup && stays->organisation == organisation && moves->version == version)
            return true;
    }
    return false;
}

Err duplicates_join(Request *request) {
    Id id, organisation;
    int64_t version;
    Signup signup;
    if (!id_parse(fields_get(&request->form, STR("signup")), &id) ||
        !id_parse(fields_get(&request->form, STR("organisation")), &organisation) ||
        !str_to_int(fields_get(&request->form, STR("seen")), &version))
        return ERR_INPUT;
    if (!is_offered(request, id, organisation, version) ||
        !signup_get(request->tx, request->scope.edition, id, &signup)) {
        Form *form = form_open(request, NULL, 0, NULL);
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "These two have changed meanwhile. Look at them once more.")));
        request->response.status = 409;
        return show(request, form);
    }
    Id from = signup.organisation;
    Err err = signup_join(request->tx, &signup, organisation, request->who.person);
    if (err) return err;
    staff_join_rooms(request, &(OrganisationJoin){signup.edition, from, organisation, .has_own = false});
    return respond_redirect(request, str_join(request->arena, page_path(request), STR("?done=joined")));
}
