// SPDX-License-Identifier: EUPL-1.2
/* Joining two organisations, side by side before it is done; and what was joined, to be undone. */
#include "gathering/signups/internal.h"
#include "gathering/signups/joins.h"
#include "platform/account/account.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"
#include "signups_sql.h"

static Str path_of(Request *request, const char *rest) {
    return edition_path(request->arena, edition_of(request), rest);
}

static Str joins_path(Request *request) { return path_of(request, "/staff/sign-ups/joins"); }

Str staff_join_href(Request *request, Id one, Id other) {
    return str_format(request->arena, "%.*s?one=%.*s&other=%.*s",
                      STR_FORMAT(path_of(request, "/staff/sign-ups/duplicates/join")),
                      STR_FORMAT(id_text(request->arena, one)), STR_FORMAT(id_text(request->arena, other)));
}

/* ---- the two ------------------------------------------------------------------------------------------------ */

typedef struct Side {
    Organisation organisation;
    SignupsHistoryRows history; /* in this series */
} Side;
typedef struct Two {
    Side one, other;
    JoinPeople people;
    JoinFault into_other, into_one; /* what is in the way of either */
} Two;

static JoinFault may(Request *request, Id joined, Id kept) {
    return join_may(
        request->tx,
        &(JoinAsked){.edition = request->scope.edition, .joined = joined, .kept = kept, .by = request->who.person});
}

/* False: not two that take part in this series. */
static bool read_two(Request *request, const Fields *fields, Two *two) {
    Id one, other;
    if (!id_parse(fields_get(fields, STR("one")), &one) || !id_parse(fields_get(fields, STR("other")), &other) ||
        !organisation_get(request->tx, one, &two->one.organisation) ||
        !organisation_get(request->tx, other, &two->other.organisation))
        return false;
    two->into_other = may(request, one, other);
    two->into_one = may(request, other, one);
    if (two->into_other == JOIN_NOT_TWO || two->into_other == JOIN_NOT_HERE) return false;
    two->one.history = signups_sql_history(request->tx, one, request->scope.series);
    two->other.history = signups_sql_history(request->tx, other, request->scope.series);
    /* Of a direction that is open alone: else they are people of other organisers. */
    JoinPeople more = {0};
    two->people = (JoinPeople){0};
    if (!two->into_other) two->people = join_people(request->tx, one, other);
    if (!two->into_one) more = join_people(request->tx, other, one);
    JoinPerson *all = arena_array(request->arena, JoinPerson, two->people.count + more.count);
    size_t count = 0;
    for (size_t i = 0; i < two->people.count; i++) all[count++] = two->people.people[i];
    for (size_t i = 0; i < more.count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < two->people.count; k++)
            is_there = is_there || (all[k].person == more.people[i].person && all[k].series == more.people[i].series);
        if (is_there) continue;
        all[count++] = (JoinPerson){.person = more.people[i].person,
                                    .series = more.people[i].series,
                                    .of_joined = more.people[i].of_kept,
                                    .of_kept = more.people[i].of_joined};
    }
    two->people = (JoinPeople){all, count};
    return true;
}

/* ---- the form ----------------------------------------------------------------------------------------------- */

typedef struct JoinForm {
    Str keep, one, other;
    StrList acting;
    Str version;
} JoinForm;

static Str person_value(Request *request, const JoinPerson *one) {
    return str_format(request->arena, "%.*s.%.*s", STR_FORMAT(id_text(request->arena, one->person)),
                      STR_FORMAT(id_text(request->arena, one->series)));
}

/* The e-mail is how they are known; a name that is told nowhere here is theirs to tell. */
static Str person_label(Request *request, const Two *two, const JoinPerson *one) {
    Person person;
    Series series;
    if (!person_get(request->tx, one->person, &person)) return STR("");
    Str name = str_is_empty(person.email) ? person.name : person.email;
    Str acts =
        one->of_joined && one->of_kept
            ? signups_said(request, MSG("signups", "acts for both"))
            : say(request->arena, request->language, MSG("signups", "acts for {organisation}"),
                  SAY_TEXT("organisation", one->of_joined ? two->one.organisation.name : two->other.organisation.name));
    bool is_elsewhere = one->series != request->scope.series && series_get(request->tx, one->series, &series);
    return is_elsewhere ? str_format(request->arena, "%.*s – %.*s, %.*s", STR_FORMAT(name), STR_FORMAT(acts),
                                     STR_FORMAT(series.name))
                        : str_format(request->arena, "%.*s – %.*s", STR_FORMAT(name), STR_FORMAT(acts));
}

/* Where the form is not open (page/typed.h), the two that were sent. NULL: there are none. */
static const Two *two_meant(Request *request, const Two *opened, Two *typed) {
    if (opened) return opened;
    return request->tx && read_two(request, &request->form, typed) ? typed : NULL;
}

static FormOptions people_options(Request *request, void *context) {
    Two typed;
    const Two *two = two_meant(request, context, &typed);
    if (!two) return (FormOptions){0};
    FormOption *options = arena_array(request->arena, FormOption, two->people.count);
    for (size_t i = 0; i < two->people.count; i++)
        options[i] = (FormOption){person_value(request, &two->people.people[i]),
                                  person_label(request, two, &two->people.people[i])};
    return (FormOptions){options, two->people.count};
}

static FormOptions keep_options(Request *request, void *context) {
    Two typed;
    const Two *two = two_meant(request, context, &typed);
    if (!two) return (FormOptions){0};
    FormOption *options = arena_array(request->arena, FormOption, 2);
    size_t count = 0;
    if (!two->into_one)
        options[count++] = (FormOption){id_text(request->arena, two->one.organisation.id), two->one.organisation.name};
    if (!two->into_other)
        options[count++] =
            (FormOption){id_text(request->arena, two->other.organisation.id), two->other.organisation.name};
    return (FormOptions){options, count};
}

static const FormField join_fields[] = {
    {.name = "keep",
     .kind = FIELD_CHOICE,
     .offset = offsetof(JoinForm, keep),
     .required = true,
     .is_guarded = true,
     .options = keep_options,
     .label = MSG_INIT("signups", "Which one stays, with its name?")},
    {.name = "acting",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(JoinForm, acting),
     .unmarked = true,
     .is_guarded = true,
     .options = people_options,
     .label = MSG_INIT("signups", "Who acts for it from now on?"),
     .hint = MSG_INIT("signups", "Whoever you tick reads what both told, and changes it. Nobody is ticked for you: who "
                                 "acted for one of the two has not seen what the other told. Who is not ticked acts "
                                 "for neither any more.")},
    {.name = "one", .kind = FIELD_HIDDEN, .offset = offsetof(JoinForm, one), .most = 13},
    {.name = "other", .kind = FIELD_HIDDEN, .offset = offsetof(JoinForm, other), .most = 13},
    FORM_VERSION(JoinForm),
};
const FormTable join_asked = {join_fields, COUNT(join_fields)};

/* What took part more often is known better; of two alike the older. Where one way alone is open, that one. */
static Str rather_kept(Request *request, const Two *two) {
    bool is_one = two->one.history.count != two->other.history.count
                      ? two->one.history.count > two->other.history.count
                      : two->one.organisation.id < two->other.organisation.id;
    if (two->into_one) is_one = false;
    if (two->into_other) is_one = true;
    return id_text(request->arena, is_one ? two->one.organisation.id : two->other.organisation.id);
}

/* Of both, and of who acts for them. */
static Str version_of(Request *request, const Two *two) {
    uint64_t people = 0;
    for (size_t i = 0; i < two->people.count; i++)
        people = people * 31 + (uint64_t)two->people.people[i].person + (uint64_t)two->people.people[i].series;
    return str_format(request->arena, "%lld-%lld-%llx", (long long)two->one.organisation.version,
                      (long long)two->other.organisation.version, (unsigned long long)people);
}

static Form *open_form(Request *request, Two *two, JoinForm *values, JoinForm *stored) {
    *stored = (JoinForm){.keep = rather_kept(request, two),
                         .one = id_text(request->arena, two->one.organisation.id),
                         .other = id_text(request->arena, two->other.organisation.id),
                         .version = version_of(request, two)};
    *values = *stored;
    Form *form = form_open(request, join_fields, COUNT(join_fields), values);
    form_set_context(form, two);
    return form;
}

/* ---- side by side ------------------------------------------------------------------------------------------- */

enum { ROWS = 12 };

static void add_row(StaffJoinPage *page, StaffJoinPageRow *rows, Str label, Str one, Str other) {
    if (str_is_empty(one) && str_is_empty(other)) return;
    rows[page->rows_count++] = (StaffJoinPageRow){
        .label = label, .one = one, .other = other, .is_same = !str_is_empty(one) && str_equal(one, other)};
}

static Str editions_words(Request *request, const SignupsHistoryRows *history) {
    Str *words = arena_array(request->arena, Str, history->count);
    for (size_t i = 0; i < history->count; i++) {
        SignupState state = SIGNUP_NEW;
        signup_state_parse(history->rows[i].state, &state);
        words[i] = str_format(request->arena, "%.*s (%.*s)", STR_FORMAT(history->rows[i].title),
                              STR_FORMAT(signup_state_words(request->arena, request->language, state)));
    }
    return history->count ? list_words(request->arena, request->language, words, history->count) : STR("");
}

/* Of the latest sign-up. */
static Str contact_words(Request *request, const SignupsHistoryRows *history) {
    if (!history->count) return STR("");
    const Str parts[] = {history->rows[0].contact_name, str_or_empty(history->rows[0].email),
                         history->rows[0].contact_phone};
    Buffer words = buffer_in(request->arena);
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (str_is_empty(parts[i])) continue;
        if (words.size) buffer_add(&words, STR(", "));
        buffer_add(&words, parts[i]);
    }
    return buffer_str(&words);
}

static Str named(Request *request, const char *list, Str code) {
    if (str_is_empty(code)) return STR("");
    Kinds kinds = kinds_of(request->tx, str_from_c(list), request->language);
    return kind_name(&kinds, code);
}

static Str kinds_said(Request *request, const StrList *codes) {
    Kinds kinds = kinds_of(request->tx, STR("profile"), request->language);
    Str *names = arena_array(request->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return codes->count ? list_words(request->arena, request->language, names, codes->count) : STR("");
}

static void fill_rows(Request *request, const Two *two, StaffJoinPage *page) {
    const Organisation *one = &two->one.organisation, *other = &two->other.organisation;
    StaffJoinPageRow *rows = arena_array(request->arena, StaffJoinPageRow, ROWS);
    page->rows = rows;
    add_row(page, rows, signups_said(request, MSG("signups", "Sign-ups")), editions_words(request, &two->one.history),
            editions_words(request, &two->other.history));
    add_row(page, rows, signups_said(request, MSG("signups", "Contact")), contact_words(request, &two->one.history),
            contact_words(request, &two->other.history));
    add_row(page, rows, signups_said(request, MSG("signups", "What they do")), kinds_said(request, &one->profiles),
            kinds_said(request, &other->profiles));
    add_row(page, rows, signups_said(request, MSG("signups", "Legal form")),
            named(request, "legal_form", one->legal_form), named(request, "legal_form", other->legal_form));
    add_row(page, rows, signups_said(request, MSG("signups", "NIP")), one->nip, other->nip);
    add_row(page, rows, signups_said(request, MSG("signups", "REGON")), one->regon, other->regon);
    add_row(page, rows, signups_said(request, MSG("signups", "KRS")), one->krs, other->krs);
    add_row(page, rows, signups_said(request, MSG("signups", "Website")), one->website, other->website);
    add_row(page, rows, signups_said(request, MSG("signups", "District")), named(request, "district", one->district),
            named(request, "district", other->district));
}

/* Editions to which both signed up, where one of the two sign-ups ends. */
static Str both_words(Request *request, const Two *two) {
    Str *titles = arena_array(request->arena, Str, two->one.history.count);
    size_t count = 0;
    for (size_t i = 0; i < two->one.history.count; i++)
        for (size_t k = 0; k < two->other.history.count; k++)
            if (two->one.history.rows[i].edition == two->other.history.rows[k].edition)
                titles[count++] = two->one.history.rows[i].title;
    return count ? list_words(request->arena, request->language, titles, count) : STR_ABSENT;
}

static Str beyond_words(Request *request, const Two *two) {
    if (!two->into_one && !two->into_other) return STR_ABSENT;
    if (two->into_one && two->into_other)
        return signups_said(request, MSG("signups", "Both also take part in gatherings of other organisers, who have a "
                                                    "say in it too. Ask an owner of this installation to join them."));
    return say(request->arena, request->language,
               MSG("signups", "{organisation} also takes part in gatherings of other organisers, so it is the one that "
                              "stays."),
               SAY_TEXT("organisation", two->into_other ? two->one.organisation.name : two->other.organisation.name));
}

static Err show_two(Request *request, const Two *two, const Form *form) {
    StaffJoinPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Two organisations, or one?")),
                                 MENU_STAFF_SIGNUPS),
        .back_href = path_of(request, "/staff/sign-ups/duplicates"),
        .one = two->one.organisation.name,
        .other = two->other.organisation.name,
        .both = both_words(request, two),
        .beyond = beyond_words(request, two),
        .may_join = !two->into_one || !two->into_other,
        .has_people = two->people.count > 0,
        .form = form,
        .action = path_of(request, "/staff/sign-ups/duplicates/join"),
        .apart_action = path_of(request, "/staff/sign-ups/duplicates"),
        .one_id = id_text(request->arena, two->one.organisation.id),
        .other_id = id_text(request->arena, two->other.organisation.id),
    };
    fill_rows(request, two, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_join(&out, &page);
    return OK;
}

/* Joined meanwhile, by this press a second time or by somebody else. */
static bool is_joined(Request *request, const Fields *fields) {
    Id one, other;
    return id_parse(fields_get(fields, STR("one")), &one) && id_parse(fields_get(fields, STR("other")), &other) &&
           one != other && organisation_kept(request->tx, one) == organisation_kept(request->tx, other);
}

Err staff_join_page(Request *request) {
    Two two;
    JoinForm values, stored;
    if (is_joined(request, &request->query)) return respond_redirect(request, joins_path(request));
    if (!read_two(request, &request->query, &two)) return ERR_NOT_FOUND;
    return show_two(request, &two, open_form(request, &two, &values, &stored));
}

static JoinPerson *chosen_people(Request *request, const Two *two, const StrList *ticked, size_t *count) {
    JoinPerson *chosen = arena_array(request->arena, JoinPerson, two->people.count);
    *count = 0;
    for (size_t i = 0; i < two->people.count; i++)
        for (size_t k = 0; k < ticked->count; k++)
            if (str_equal(ticked->strs[k], person_value(request, &two->people.people[i])))
                chosen[(*count)++] = two->people.people[i];
    return chosen;
}

static Err refuse(Request *request, const Two *two, Form *form, JoinFault fault) {
    if (fault == JOIN_NOBODY)
        form_refuse(form, "acting",
                    signups_said(request, MSG("signups", "Tick at least one person in each series: an organisation "
                                                         "for which nobody acts cannot be reached.")));
    else
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "These two have changed meanwhile. Look at them once more.")));
    if (fault != JOIN_NOBODY) request->response.status = 409;
    return show_two(request, two, form);
}

Err staff_join(Request *request) {
    Two two;
    JoinForm values, stored;
    Id kept, join;
    JoinFault fault;
    if (is_joined(request, &request->form)) return respond_redirect(request, joins_path(request));
    if (!read_two(request, &request->form, &two)) return ERR_NOT_FOUND;
    Form *form = open_form(request, &two, &values, &stored);
    if (!form_read(form) || !form_is_current(form, &stored) || !id_parse(values.keep, &kept))
        return show_two(request, &two, form);
    bool keeps_one = kept == two.one.organisation.id;
    const Organisation *joined = keeps_one ? &two.other.organisation : &two.one.organisation,
                       *stays = keeps_one ? &two.one.organisation : &two.other.organisation;
    JoinAsked asked = {.edition = request->scope.edition,
                       .joined = joined->id,
                       .kept = stays->id,
                       .joined_version = joined->version,
                       .kept_version = stays->version,
                       .by = request->who.person};
    asked.acting = chosen_people(request, &two, &values.acting, &asked.acting_count);
    Err err = organisations_join(request->tx, house_of(request), &asked, &fault, &join);
    if (err && fault) return refuse(request, &two, form, fault);
    return err ? err : respond_redirect(request, str_join(request->arena, joins_path(request), STR("?done=joined")));
}

/* ---- two that are two --------------------------------------------------------------------------------------- */

Err staff_apart(Request *request) {
    Two two;
    if (!read_two(request, &request->form, &two)) return ERR_NOT_FOUND;
    organisations_say_apart(request->tx, request->scope.edition, two.one.organisation.id, two.other.organisation.id,
                            request->who.person);
    return respond_redirect(request, path_of(request, "/staff/sign-ups/duplicates?done=apart"));
}

Err staff_ask_again(Request *request) {
    Id one, other;
    if (!id_parse(fields_get(&request->form, STR("one")), &one) ||
        !id_parse(fields_get(&request->form, STR("other")), &other))
        return ERR_INPUT;
    organisations_unsay_apart(request->tx, request->scope.series, one, other);
    return respond_redirect(request, path_of(request, "/staff/sign-ups/duplicates"));
}

/* ---- what was joined ---------------------------------------------------------------------------------------- */

static Str day_words(Request *request, int64_t at_ms) {
    Civil day = zone_civil(edition_of(request)->zone, at_ms);
    return date_day_month_year(request->arena, request->language, &day);
}

static StaffJoinsPageJoin row_of(Request *request, const Join *join) {
    bool is_undone = join->undone_ms.given;
    return (StaffJoinsPageJoin){
        .joined = join->joined_name,
        .kept = join->kept_name,
        .when = str_is_empty(join->by_name)
                    ? say(request->arena, request->language, MSG("signups", "joined on {day}"),
                          SAY_TEXT("day", day_words(request, join->joined_ms)))
                    : say(request->arena, request->language, MSG("signups", "joined on {day} by {who}"),
                          SAY_TEXT("day", day_words(request, join->joined_ms)), SAY_TEXT("who", join->by_name)),
        .undone = !is_undone ? STR_ABSENT
                             : say(request->arena, request->language, MSG("signups", "undone on {day}"),
                                   SAY_TEXT("day", day_words(request, join->undone_ms.value))),
        .action = str_format(request->arena, "%.*s/%.*s/undo", STR_FORMAT(joins_path(request)),
                             STR_FORMAT(id_text(request->arena, join->id))),
        .may_undo = join->is_last,
        .waits = !is_undone && !join->is_last,
    };
}

static Err show_joins(Request *request, const Form *form) {
    Joins joins = joins_of(request->tx, request->scope.series);
    Aparts aparts = organisations_apart(request->tx, request->scope.series);
    StaffJoinsPageJoin *rows = arena_array(request->arena, StaffJoinsPageJoin, joins.count);
    StaffJoinsPagePair *pairs = arena_array(request->arena, StaffJoinsPagePair, aparts.count);
    for (size_t i = 0; i < joins.count; i++) rows[i] = row_of(request, &joins.joins[i]);
    for (size_t i = 0; i < aparts.count; i++)
        pairs[i] = (StaffJoinsPagePair){.one = aparts.pairs[i].lower_name,
                                        .other = aparts.pairs[i].higher_name,
                                        .one_id = id_text(request->arena, aparts.pairs[i].lower),
                                        .other_id = id_text(request->arena, aparts.pairs[i].higher)};
    StaffJoinsPage page = {
        .layout =
            edition_layout(request, signups_said(request, MSG("signups", "Joined organisations")), MENU_STAFF_SIGNUPS),
        .back_href = path_of(request, "/staff/sign-ups/duplicates"),
        .form = form,
        .joins = rows,
        .joins_count = joins.count,
        .pairs = pairs,
        .pairs_count = aparts.count,
        .again_action = path_of(request, "/staff/sign-ups/joins/ask-again"),
        .empty = {.heading = signups_said(request, MSG("signups", "Nothing was joined")),
                  .words = signups_said(request, MSG("signups", "Organisations that turned out to be one will stand "
                                                                "here, and can be two again."))},
    };
    page.layout.is_refused = !form_ok(form);
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("joined")))
        page.layout.notice = signups_said(request, MSG("signups", "They are one organisation now. It can be undone."));
    if (str_equal(done, STR("undone")))
        page.layout.notice = signups_said(request, MSG("signups", "They are two organisations again."));
    PageOut out = page_out(request);
    page_staff_joins(&out, &page);
    return OK;
}

Err staff_joins_page(Request *request) { return show_joins(request, form_open(request, NULL, 0, NULL)); }

static Str undo_fault_words(Request *request, JoinFault fault, const Join *in_the_way) {
    if (fault == JOIN_NOT_LAST)
        return say(request->arena, request->language,
                   MSG("signups", "First undo the later one: {joined} was joined into {kept} after it."),
                   SAY_TEXT("joined", in_the_way->joined_name), SAY_TEXT("kept", in_the_way->kept_name));
    return signups_said(request,
                        MSG("signups", "It also takes part in gatherings of other organisers now. Ask an owner "
                                       "of this installation to undo it."));
}

Err staff_unjoin(Request *request) {
    Id id;
    JoinFault fault;
    Join in_the_way;
    if (!request_id(request, "join", &id)) return ERR_NOT_FOUND;
    JoinUndo undo = {request->scope.edition, id, request->who.person};
    Err err = organisations_unjoin(request->tx, house_of(request), &undo, &fault, &in_the_way);
    if (!err || fault == JOIN_UNKNOWN) /* pressed twice, or by two: it is undone */
        return respond_redirect(request,
                                str_join(request->arena, joins_path(request), err ? STR("") : STR("?done=undone")));
    if (fault != JOIN_NOT_LAST && fault != JOIN_BEYOND) return err;
    Form *form = form_open(request, NULL, 0, NULL);
    form_refuse(form, NULL, undo_fault_words(request, fault, &in_the_way));
    request->response.status = 409;
    return show_joins(request, form);
}
