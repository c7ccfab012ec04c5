// SPDX-License-Identifier: EUPL-1.2
/* Joining two sign-ups of one organisation: finding the other one, and both side by side before it is done. */
#include "gathering/signups/internal.h"
#include "gathering/signups/same.h"
#include "platform/base/utf8.h"
#include "platform/page/conflict.h"
#include "platform/page/lists.h"
#include "platform/page/respond.h"
#include "signups_pages.h"

static const struct {
    const char *name;
    Msg label;
} answers[SAME_ANSWERS] = {
    [SAME_CONTACT] = {"contact", MSG_INIT("signups", "Contact")},
    [SAME_PEOPLE] = {"people", MSG_INIT("signups", "How many people")},
    [SAME_ACCESS] = {"access_needs", MSG_INIT("signups", "Access needs")},
    [SAME_REMARKS] = {"remarks", MSG_INIT("signups", "Remarks")},
    [SAME_NOTES] = {"staff_notes", MSG_INIT("signups", "Our notes")},
    [SAME_PROFILES] = {"profiles", MSG_INIT("signups", "What they do")},
    [SAME_WORDS] = {"words", MSG_INIT("signups", "Description")},
    [SAME_NEEDS] = {"needs", MSG_INIT("signups", "What they look for")},
    [SAME_OFFERS] = {"offers", MSG_INIT("signups", "What they can give")},
    [SAME_LEGAL_FORM] = {"legal_form", MSG_INIT("signups", "Legal form")},
    [SAME_WEBSITE] = {"website", MSG_INIT("signups", "Website")},
    [SAME_DISTRICT] = {"district", MSG_INIT("signups", "District")},
    [SAME_PARENT] = {"parent", MSG_INIT("signups", "The body they are a part of")},
    [SAME_FOUNDED] = {"founded", MSG_INIT("signups", "Year of founding")},
    [SAME_LANGUAGES] = {"languages", MSG_INIT("signups", "Languages")},
    [SAME_NIP] = {"nip", MSG_INIT("signups", "NIP")},
    [SAME_REGON] = {"regon", MSG_INIT("signups", "REGON")},
    [SAME_KRS] = {"krs", MSG_INIT("signups", "KRS")},
};
static const char *const choice_names[SAME_CHOICES] = {"kept", "other", "both"};

typedef struct VersionForm {
    Str version;
} VersionForm;
static const FormField version_fields[] = {FORM_VERSION(VersionForm)};

static Str same_path(Request *request, Id ends, Id stays) {
    return str_format(request->arena, "%.*s?with=%.*s", STR_FORMAT(staff_signup_path(request, ends, "/same")),
                      STR_FORMAT(id_text(request->arena, stays)));
}

/* Whose state is worth more stays, else who was there first; as a proposal, which can be turned round. */
static bool is_rather_kept(const Signup *one, const Signup *other) {
    static const int worth[SIGNUP_STATE_COUNT] = {
        [SIGNUP_ACCEPTED] = 4, [SIGNUP_WAITING] = 3, [SIGNUP_NEW] = 2, [SIGNUP_DECLINED] = 1, [SIGNUP_WITHDRAWN] = 0};
    if (worth[one->state] != worth[other->state]) return worth[one->state] > worth[other->state];
    return one->submitted_ms <= other->submitted_ms;
}

Str staff_same_href(Request *request, const Signup *one, const Signup *other) {
    return is_rather_kept(one, other) ? same_path(request, other->id, one->id) : same_path(request, one->id, other->id);
}

/* ---- which other one --------------------------------------------------------------------------------------------- */

static ListValue value_name(const void *row, void *context) {
    (void)context;
    return LIST_TEXT(((const Signup *)row)->organisation_name);
}

static void search_words(const void *row, Buffer *words, void *context) {
    (void)context;
    const Signup *signup = row;
    const Str parts[] = {signup->organisation_name, signup->contact_name, signup->contact_email, signup->contact_phone};
    for (size_t i = 0; i < COUNT(parts); i++) {
        buffer_add_char(words, ' ');
        buffer_add(words, parts[i]);
    }
}

static const ListColumn pick_columns[] = {{"name", MSG_INIT("signups", "Organisation"), value_name, false}};
static const ListPlan pick_plan = {pick_columns, COUNT(pick_columns), NULL, 0, search_words, 0};

static Err show_pick(Request *request, const Signup *signup) {
    Signups all = signups_of(request->tx, signup->edition);
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++)
        if (all.signups[i].id != signup->id) all.signups[count++] = all.signups[i];
    List *list = list_open(request, &pick_plan, all.signups, count, sizeof *all.signups, NULL);
    StaffSamePickPageRow *rows = arena_array(request->arena, StaffSamePickPageRow, list_count(list));
    for (size_t i = 0; i < list_count(list); i++) {
        const Signup *row = list_row(list, i);
        rows[i] = (StaffSamePickPageRow){
            .name = row->organisation_name,
            .href = staff_same_href(request, signup, row),
            .state = signup_state_words(request->arena, request->language, row->state),
            .tone = str_from_c(signup_state_tone(row->state)),
            .contact = row->contact_name,
        };
    }
    StaffSamePickPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Which one is it the same as?")),
                                 MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .back_href = staff_signup_path(request, signup->id, ""),
        .filters = list_filter_bar(list),
        .rows = rows,
        .rows_count = list_count(list),
        .pager = list_pager(list),
    };
    page.filters.found_words =
        say(request->arena, request->language, MSG_PLURAL("signups", "{count} sign-up found", "{count} sign-ups found"),
            SAY_INT("count", list_found(list)));
    PageOut out = page_out(request);
    page_staff_same_pick(&out, &page);
    return OK;
}

/* ---- both side by side ------------------------------------------------------------------------------------------- */

static Str cut_words(Arena *arena, Str words) {
    enum { LONGEST_CHARS = 600 };
    if (utf8_count(words) <= LONGEST_CHARS) return words;
    return str_format(arena, "%.*s…", STR_FORMAT(utf8_cut(words, LONGEST_CHARS)));
}

static StaffSamePageRowChoice *choices_of(Request *request, const SameJoin *join, SameAnswer answer, size_t *count) {
    StaffSamePageRowChoice *made = arena_array(request->arena, StaffSamePageRowChoice, SAME_CHOICES);
    const SameSide *sides[] = {&join->kept, &join->other};
    *count = 0;
    for (SameChoice i = 0; i < SAME_CHOICES; i++) {
        if (i == SAME_BOTH && !same_may_be_both(join, answer)) continue;
        bool is_side = i != SAME_BOTH;
        made[(*count)++] = (StaffSamePageRowChoice){
            .value = str_from_c(choice_names[i]),
            .is_picked = join->choices[answer] == i,
            .words = is_side ? cut_words(request->arena, sides[i]->words[answer])
                             : signups_said(request, MSG("signups", "both, one after the other")),
            .whose = is_side ? sides[i]->signup.organisation_name : STR_ABSENT,
        };
    }
    return made;
}

static StaffSamePageRow *rows_of(Request *request, const SameJoin *join, size_t *count) {
    StaffSamePageRow *rows = arena_array(request->arena, StaffSamePageRow, SAME_ANSWERS);
    *count = 0;
    for (SameAnswer i = 0; i < SAME_ANSWERS; i++) {
        if (!same_differs(join, i)) continue;
        StaffSamePageRow *row = &rows[(*count)++];
        row->name = str_from_c(answers[i].name);
        row->label = signups_said(request, answers[i].label);
        row->choices = choices_of(request, join, i, &row->choices_count);
    }
    return rows;
}

static StaffSamePageSide side_of(Request *request, const Signup *signup, bool stays) {
    Civil sent = zone_civil(edition_of(request)->zone, signup->submitted_ms);
    return (StaffSamePageSide){
        .name = signup->organisation_name,
        .href = staff_signup_path(request, signup->id, ""),
        .state = signup_state_words(request->arena, request->language, signup->state),
        .tone = str_from_c(signup_state_tone(signup->state)),
        .sent = date_day_month_year(request->arena, request->language, &sent),
        .stays = stays,
    };
}

/* ---- what the page showed, to tell later what has changed -------------------------------------------------------- */

enum { SEEN_CHARS = 8, SEEN_STATE = SAME_ANSWERS, SEEN_COUNT };

/* One mark for each answer as both sides gave it, and one for their names and states. */
static Str seen_mark(Request *request, const SameJoin *join, size_t what) {
    const Signup *kept = &join->kept.signup, *other = &join->other.signup;
    Str words = what == SEEN_STATE
                    ? str_format(request->arena, "%d %d %.*s\n%.*s", (int)kept->state, (int)other->state,
                                 STR_FORMAT(kept->organisation_name), STR_FORMAT(other->organisation_name))
                    : str_format(request->arena, "%.*s\n%.*s", STR_FORMAT(join->kept.words[what]),
                                 STR_FORMAT(join->other.words[what]));
    return str_format(request->arena, "%08x", (unsigned)(str_hash(words) & UINT32_MAX));
}

static Str seen_of(Request *request, const SameJoin *join) {
    Buffer seen = buffer_in(request->arena);
    for (size_t i = 0; i < SEEN_COUNT; i++) buffer_add(&seen, seen_mark(request, join, i));
    return buffer_str(&seen);
}

/* In words, of a page that was made before; none where it does not say what it showed. */
static void fill_changed(Request *request, const SameJoin *join, StaffSamePage *page) {
    Str seen = fields_get(&request->form, STR("seen"));
    if (seen.size != (size_t)SEEN_COUNT * SEEN_CHARS) return;
    Str *changed = arena_array(request->arena, Str, SEEN_COUNT);
    for (size_t i = 0; i < SEEN_COUNT; i++) {
        if (str_equal(str_slice(seen, i * SEEN_CHARS, SEEN_CHARS), seen_mark(request, join, i))) continue;
        Msg label = i == SEEN_STATE ? MSG("signups", "Name or state of one of the two") : answers[i].label;
        changed[page->changed_count++] = signups_said(request, label);
    }
    page->changed = changed;
}

static Err show_both(Request *request, const SameJoin *join, const Form *form) {
    const Signup *kept = &join->kept.signup, *other = &join->other.signup;
    StaffSamePageSide *sides = arena_array(request->arena, StaffSamePageSide, 2);
    sides[0] = side_of(request, kept, true);
    sides[1] = side_of(request, other, false);
    StaffSamePage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Two sign-ups, one organisation?")),
                                 MENU_STAFF_SIGNUPS),
        .kept = kept->organisation_name,
        .other = other->organisation_name,
        .sides = sides,
        .sides_count = 2,
        .loses_place = other->state == SIGNUP_ACCEPTED && kept->state != SIGNUP_ACCEPTED,
        .form = form,
        .action = staff_signup_path(request, other->id, "/same"),
        .with = id_text(request->arena, kept->id),
        .turn_href = same_path(request, kept->id, other->id),
        .back_href = staff_signup_path(request, other->id, ""),
    };
    page.rows = rows_of(request, join, &page.rows_count);
    page.seen = seen_of(request, join);
    if (!form_ok(form)) fill_changed(request, join, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_same(&out, &page);
    return OK;
}

/* The two of the address, or of the form. False: no such two. */
static bool read_join(Request *request, const Fields *fields, const Signup *other, SameJoin *join) {
    Id id;
    Signup kept;
    if (!id_parse(fields_get(fields, STR("with")), &id) || id == other->id ||
        !signup_get(request->tx, request->scope.edition, id, &kept))
        return false;
    *join = (SameJoin){.kept = same_side(request->tx, &kept, request->language),
                       .other = same_side(request->tx, other, request->language),
                       .by = request->who.person,
                       .language = request->language};
    join->note = say(request->arena, edition_of(request)->series.language,
                     MSG("signups", "The same organisation as {name}: joined with its sign-up."),
                     SAY_TEXT("name", kept.organisation_name));
    same_choose(join);
    return true;
}

static Form *version_form(Request *request, const SameJoin *join) {
    VersionForm *values = arena_new(request->arena, VersionForm);
    values->version = str_format(request->arena, "%.*s-%.*s", STR_FORMAT(join->kept.values.version),
                                 STR_FORMAT(join->other.values.version));
    return form_open(request, version_fields, COUNT(version_fields), values);
}

/* Answers that did not differ when the page was made stand in no field. False: a choice that no page offers. */
static bool read_choices(Request *request, SameJoin *join) {
    for (SameAnswer i = 0; i < SAME_ANSWERS; i++) {
        Str typed = fields_get(&request->form, str_from_c(answers[i].name));
        bool is_known = str_is_absent(typed);
        for (SameChoice choice = 0; choice < SAME_CHOICES; choice++) {
            if (!str_equal(typed, str_from_c(choice_names[choice]))) continue;
            if (choice == SAME_BOTH && !same_may_be_both(join, i)) continue;
            join->choices[i] = choice;
            is_known = true;
        }
        if (!is_known) return false;
    }
    return true;
}

/* One of the two has ended, by being joined or otherwise: Back, or another window, finds nothing to join any more. */
static bool is_past(const SameJoin *join) {
    return !signup_is_active(join->kept.signup.state) || !signup_is_active(join->other.signup.state);
}

static Err lead_to_kept(Request *request, const SameJoin *join) {
    return respond_redirect(request, staff_signup_path(request, join->kept.signup.id, ""));
}

Err staff_same_page(Request *request) {
    Signup signup;
    SameJoin join;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    if (str_is_empty(fields_get(&request->query, STR("with")))) return show_pick(request, &signup);
    if (!read_join(request, &request->query, &signup, &join)) return ERR_NOT_FOUND;
    if (is_past(&join)) return respond_redirect(request, staff_signup_path(request, join.kept.signup.id, "?done=past"));
    return show_both(request, &join, version_form(request, &join));
}

Err staff_same_join(Request *request) {
    Signup other;
    SameJoin join;
    if (!signup_of_path(request, &other) || !read_join(request, &request->form, &other, &join)) return ERR_NOT_FOUND;
    Form *form = version_form(request, &join);
    bool is_current = form_step_is_current(form), is_read = read_choices(request, &join);
    if (!is_current) return show_both(request, &join, form);
    if (!is_read) return ERR_INPUT;
    if (is_past(&join)) return lead_to_kept(request, &join);
    Err err = same_join(request->tx, &join);
    if (err) return err;
    staff_join_rooms(request, &(OrganisationJoin){request->scope.edition, other.organisation,
                                                  join.kept.signup.organisation, .has_own = true});
    return respond_redirect(request, staff_signup_path(request, join.kept.signup.id, "?done=joined"));
}
