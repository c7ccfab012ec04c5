// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' page of figures: every count of an edition with the way to its records (signups.h, guests.h). */
#include "gathering/signups/guests.h"
#include "gathering/signups/internal.h"
#include "platform/page/respond.h"
#include "signups_pages.h"

enum { MOST_FIGURES = 6, MOST_GROUPS = 4 };

typedef struct Group {
    Request *request;
    FiguresPageGroupFigure *figures;
    size_t count;
} Group;

static Group group_begin(Request *request) {
    return (Group){request, arena_array(request->arena, FiguresPageGroupFigure, MOST_FIGURES), 0};
}

/* rest: of the address of the records, behind the edition's path; NULL: no page shows just these. */
static void add(Group *group, Msg name, int64_t value, const char *rest) {
    Request *request = group->request;
    Str exact = number_words(request->arena, request->language, value),
        said = count_words(request->arena, request->language, value);
    group->figures[group->count++] = (FiguresPageGroupFigure){
        .name = signups_said(request, name),
        .value = exact,
        .said = str_equal(exact, said) ? STR_ABSENT
                                       : say(request->arena, request->language, MSG("signups", "in a report: {words}"),
                                             SAY_TEXT("words", said)),
        .href = rest ? edition_path(request->arena, edition_of(request), rest) : STR_ABSENT,
    };
}

static void end_group(Group *group, FiguresPage *page, FiguresPageGroup *groups, Msg heading) {
    groups[page->groups_count++] = (FiguresPageGroup){
        .heading = signups_said(group->request, heading), .figures = group->figures, .figures_count = group->count};
}

#define LIST "/staff/sign-ups"

static Group states_of(Request *request, const SignupCounts *counts) {
    Group group = group_begin(request);
    int64_t all = 0;
    for (size_t i = 0; i < SIGNUP_STATE_COUNT; i++) all += counts->by_state[i];
    add(&group, MSG("signups", "signed up"), all, LIST);
    add(&group, MSG("signups", "wait for a decision"), counts->by_state[SIGNUP_NEW], LIST "?state=new");
    add(&group, MSG("signups", "accepted"), counts->by_state[SIGNUP_ACCEPTED], LIST "?state=accepted");
    add(&group, MSG("signups", "on the waiting list"), counts->by_state[SIGNUP_WAITING], LIST "?state=waiting");
    add(&group, MSG("signups", "declined"), counts->by_state[SIGNUP_DECLINED], LIST "?state=declined");
    add(&group, MSG("signups", "withdrawn"), counts->by_state[SIGNUP_WITHDRAWN], LIST "?state=withdrawn");
    return group;
}

static Group accepted_of(Request *request, const SignupCounts *counts) {
    Group group = group_begin(request);
    add(&group, MSG("signups", "organisations"), counts->by_state[SIGNUP_ACCEPTED], LIST "?state=accepted");
    add(&group, MSG("signups", "here for the first time"), counts->first_time, LIST "?state=accepted&newcomer=first");
    add(&group, MSG("signups", "informal groups"), counts->informal, NULL);
    add(&group, MSG("signups", "units and public institutions"), counts->units, NULL);
    add(&group, MSG("signups", "people they announced"), counts->people, LIST "?state=accepted&sort=-people");
    return group;
}

static Group came_of(Request *request, const SignupCounts *counts) {
    Group group = group_begin(request);
    add(&group, MSG("signups", "organisations"), counts->came, NULL);
    add(&group, MSG("signups", "people"), counts->came_people, NULL);
    return group;
}

static Group guests_by_kind(Request *request, const SignupCounts *counts) {
    static const struct {
        const char *kind;
        Msg name;
    } kinds[] = {{"artist", MSG_INIT("signups", "artists")},
                 {"press", MSG_INIT("signups", "from the press")},
                 {"city", MSG_INIT("signups", "from the city")}};
    Guests guests = guests_of(request->tx, request->scope.edition);
    Group group = group_begin(request);
    add(&group, MSG("signups", "people"), counts->guests, "/staff/guests");
    int64_t others = counts->guests;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        int64_t people = 0;
        for (size_t i = 0; i < guests.count; i++)
            if (str_equal(guests.guests[i].kind, str_from_c(kinds[k].kind))) people += guests.guests[i].people;
        others -= people;
        if (people) add(&group, kinds[k].name, people, "/staff/guests");
    }
    if (others) add(&group, MSG("signups", "others"), others, "/staff/guests");
    return group;
}

Err figures_page(Request *request) {
    const Edition *edition = edition_of(request);
    SignupCounts counts = signup_counts(request->tx, edition->id);
    FiguresPageGroup *groups = arena_array(request->arena, FiguresPageGroup, MOST_GROUPS);
    FiguresPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Figures")), MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition, LIST),
        .gathering = edition->title,
        .groups = groups,
    };
    Group states = states_of(request, &counts), accepted = accepted_of(request, &counts),
          came = came_of(request, &counts), guests = guests_by_kind(request, &counts);
    end_group(&states, &page, groups, MSG("signups", "Sign-ups"));
    end_group(&accepted, &page, groups, MSG("signups", "Accepted"));
    if (counts.came) end_group(&came, &page, groups, MSG("signups", "Who came"));
    end_group(&guests, &page, groups, MSG("signups", "Guests, counted apart"));
    PageOut out = page_out(request);
    page_figures(&out, &page);
    return OK;
}
