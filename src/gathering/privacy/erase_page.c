// SPDX-License-Identifier: EUPL-1.2
/* The question before erasing: what goes, what stays and why, what to think of first. */
#include "gathering/organisations/organisations.h"
#include "gathering/privacy/internal.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static const FormField own_fields[] = {
    {.name = "sure",
     .kind = FIELD_CHECK,
     .offset = offsetof(EraseForm, is_sure),
     .required = true,
     .label = MSG_INIT("privacy", "I know that this cannot be undone.")},
};
static const FormField for_fields[] = {
    {.name = "sure",
     .kind = FIELD_CHECK,
     .offset = offsetof(EraseForm, is_sure),
     .required = true,
     .label = MSG_INIT("privacy", "I have made sure that it is they who ask, and they know that this cannot be "
                                  "undone.")},
};
const FormTable erase_own_asked = {own_fields, COUNT(own_fields)};
const FormTable erase_for_asked = {for_fields, COUNT(for_fields)};

Form *erase_form_open(Request *request, EraseForm *values, bool is_own) {
    return is_own ? form_open(request, own_fields, COUNT(own_fields), values)
                  : form_open(request, for_fields, COUNT(for_fields), values);
}

/* ---- what goes, what stays ------------------------------------------------------------------------------------ */

enum { MOST_POINTS = 24 };
typedef struct Points {
    Request *request;
    Str *words;
    size_t count;
} Points;

static Points points_in(Request *request) {
    return (Points){request, arena_array(request->arena, Str, MOST_POINTS), 0};
}

static void point(Points *points, Str words) {
    if (points->count < MOST_POINTS) points->words[points->count++] = words;
}

static void point_said(Points *points, Msg msg) { point(points, privacy_said(points->request, msg)); }

static int64_t records_of(const PersonalFound *found, const char *table) {
    int64_t count = 0;
    for (size_t i = 0; i < found->data.count; i++) count += !strcmp(found->data.records[i].table, table);
    return count;
}

/* Each kind that there is something of, with how many of it. */
static Points what_goes(Request *request, const PersonalFound *found) {
    Points goes = points_in(request);
    if (!found->is_elsewhere)
        point_said(&goes, MSG("privacy", "Name, e-mail, telephone, password, every session and card: nobody comes in "
                                         "by them any more."));
    else
        point_said(&goes, MSG("privacy", "The right to act for an organisation in this series, and cards that open "
                                         "it."));
    for (size_t i = 0; i < personal_table_count; i++) {
        int64_t count = records_of(found, personal_tables[i].table);
        if (!count || !strcmp(personal_tables[i].table, "person")) continue;
        point(&goes,
              say(request->arena, request->language, MSG("privacy", "{kind}: what they tell of the person ({count})"),
                  SAY_TEXT("kind", privacy_said(request, personal_tables[i].heading)), SAY_INT("count", count)));
    }
    return goes;
}

static Points what_stays(Request *request, const PersonalFound *found) {
    Points stays = points_in(request);
    point_said(&stays, MSG("privacy", "That an organisation took part and with how many people: reports count it, and "
                                      "what they said stays right. No person can be told from it."));
    if (found->consents.count)
        point_said(&stays, MSG("privacy", "What was agreed to, when and in which words, without a name: it shows that "
                                          "what was published was allowed. An organisation that is named in public "
                                          "stays named until that consent is withdrawn."));
    if (found->deed_count) point_said(&stays, MSG("privacy", "That something was done, and when, without a name."));
    if (found->is_elsewhere)
        point_said(&stays, MSG("privacy", "The account, because this person also has to do with another series, which "
                                          "others organise. They can erase everything themselves on their own page."));
    point_said(&stays, MSG("privacy", "Safety copies made earlier, until whoever keeps them removes them."));
    return stays;
}

/* Of a right to act for an organisation that nobody else has there: what becomes of it is nobody's to change then. */
static void warn_of_only_ones(Request *request, const PersonalFound *found, Points *warnings) {
    size_t count = 0;
    const Grant *grants = role_grants(request->tx, found->person.id, &count);
    for (size_t i = 0; i < count; i++) {
        bool is_meant = !found->series || grants[i].series == found->series;
        if (grants[i].role != ROLE_REPRESENTATIVE || !is_meant ||
            representatives(request->tx, grants[i].scope, grants[i].series).count > 1)
            continue;
        point(
            warnings,
            say(request->arena, request->language,
                MSG("privacy", "Nobody else acts for {organisation}: its sign-ups and its entry in the directory could "
                               "then be changed by the organiser alone. Invite somebody to act for it first."),
                SAY_TEXT("organisation", organisation_name(request->tx, grants[i].scope))));
    }
}

/* Nobody can be reached about what is still to come. */
static Points warnings_of(Request *request, const PersonalFound *found) {
    Points warnings = points_in(request);
    if (found->person.id) warn_of_only_ones(request, found, &warnings);
    IdList ahead = editions_not_over(request->tx, request->now_ms);
    for (size_t i = 0; i < found->data.count; i++) {
        const PersonalRecord *record = &found->data.records[i];
        bool is_ahead = false;
        for (size_t k = 0; k < ahead.count; k++) is_ahead = is_ahead || ahead.ids[k] == record->edition;
        if (!is_ahead || strcmp(record->table, "signup") != 0) continue;
        point(
            &warnings,
            say(request->arena, request->language,
                MSG("privacy", "{organisation} takes part in a gathering that is still to come. Nobody can be reached "
                               "about it then, and remarks and needs are gone: name another contact person first, or "
                               "withdraw the sign-up."),
                SAY_TEXT("organisation", organisation_name(request->tx, record->organisation))));
    }
    return warnings;
}

Err erase_show(Request *request, const PersonalFound *found, const Form *form, MyErasePage *page) {
    Points goes = what_goes(request, found), stays = what_stays(request, found);
    Points warnings = warnings_of(request, found);
    page->goes = goes.words;
    page->goes_count = goes.count;
    page->stays = stays.words;
    page->stays_count = stays.count;
    page->warnings = warnings.words;
    page->warnings_count = warnings.count;
    page->form = form;
    page->layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_my_erase(&out, page);
    return OK;
}
