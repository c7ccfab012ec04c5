// SPDX-License-Identifier: EUPL-1.2
/* One sign-up as coordinators see it, and adding one by hand. */
#include "gathering/signups/access.h"
#include "gathering/signups/address.h"
#include "gathering/signups/edit.h"
#include "gathering/signups/internal.h"

#include "gathering/editions/view.h"
#include "gathering/signups/listing.h"
#include "gathering/signups/notes.h"
#include "gathering/signups/same.h"
#include "platform/account/account.h"
#include "platform/base/utf8.h"
#include "platform/jobs/outbox.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"
#include "signups_sql.h"

typedef struct DecideForm {
    Str version, reason;
} DecideForm;
static const FormField decide_fields[] = {
    FORM_VERSION(DecideForm),
    {.name = "reason",
     .kind = FIELD_TEXT,
     .offset = offsetof(DecideForm, reason),
     .unmarked = true,
     .most = 1000,
     .label = MSG_INIT("signups", "Reason, if you decline"),
     .hint = MSG_INIT("signups", "In words for them: it goes into their letter.")},
};
const FormTable decide_asked = {decide_fields, COUNT(decide_fields)};

static Str staff_path(Request *request, const char *rest) {
    return edition_path(request->arena, edition_of(request), rest);
}

Str staff_signup_path(Request *request, Id signup, const char *rest) {
    return str_format(request->arena, "%.*s%.*s%s", STR_FORMAT(staff_path(request, "/staff/sign-ups/")),
                      STR_FORMAT(id_text(request->arena, signup)), rest);
}

bool signup_of_path(Request *request, Signup *signup) {
    Id id;
    return request_id(request, "signup", &id) && signup_get(request->tx, request->scope.edition, id, signup);
}

/* ---- showing ------------------------------------------------------------------------------------------------- */

static Str source_words(Request *request, Str source) {
    if (str_equal(source, STR("import"))) return signups_said(request, MSG("signups", "from a sheet"));
    if (str_equal(source, STR("paper"))) return signups_said(request, MSG("signups", "from paper or by telephone"));
    if (str_equal(source, STR("staff"))) return signups_said(request, MSG("signups", "added by hand"));
    return signups_said(request, MSG("signups", "from the form"));
}

static Str submitted_words(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return str_format(request->arena, "%.*s, %.*s", STR_FORMAT(date_words(request->arena, request->language, &civil)),
                      STR_FORMAT(clock_time(request->arena, &civil)));
}

/* Those that may be the same; the joining itself is a coordinator's decision. */
static StaffSignupPageSimilar *similar_to(Request *request, const Signup *signup, size_t *count) {
    OrganisationHits hits = organisation_find_similar(request->tx, signup->organisation_name);
    StaffSignupPageSimilar *similar = arena_array(request->arena, StaffSignupPageSimilar, hits.count);
    Signup other;
    *count = 0;
    for (size_t i = 0; i < hits.count; i++) {
        const Organisation *organisation = &hits.organisations[i];
        if (organisation->id == signup->organisation) continue;
        similar[(*count)++] = (StaffSignupPageSimilar){
            .name = organisation->name,
            .id = id_text(request->arena, organisation->id),
            .words = utf8_cut(organisation->words, 120),
            .same_href = signup_of_organisation(request->tx, signup->edition, organisation->id, &other)
                             ? staff_same_href(request, signup, &other)
                             : STR_ABSENT,
        };
    }
    return similar;
}

/* The contact apart: who is that is changed with what they wrote. */
static StaffSignupPageOther *others_of(Request *request, const Signup *signup, size_t *count) {
    IdArray people = representatives(request->tx, signup->organisation, edition_of(request)->series.id);
    StaffSignupPageOther *others = arena_array(request->arena, StaffSignupPageOther, people.count);
    *count = 0;
    for (size_t i = 0; i < people.count; i++) {
        Person person;
        if (people.ids[i] == signup->contact || !person_get(request->tx, people.ids[i], &person)) continue;
        Str way = str_is_empty(person.email) ? person.phone : person.email;
        bool has_name = !str_is_empty(person.name);
        others[(*count)++] = (StaffSignupPageOther){.name = has_name ? person.name : way,
                                                    .id = id_text(request->arena, person.id),
                                                    .way = has_name ? way : STR_ABSENT};
    }
    return others;
}

/* Before a decision; where there is no room, it says what accepting one more means. */
static Str places_words(Request *request) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    if (!left.given) return STR_ABSENT;
    if (left.value == 0)
        return signups_said(request, MSG("signups", "All places are taken: accepting one more goes beyond them."));
    return staff_places_words(request);
}

/* What it was called before, who changed that and when. */
static StaffSignupPageName *names_before(Request *request, const Signup *signup, size_t *count) {
    SignupsNamesBeforeRows rows = signups_sql_names_before(request->tx, signup->edition, signup->organisation);
    StaffSignupPageName *names = arena_array(request->arena, StaffSignupPageName, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        names[i] = (StaffSignupPageName){.when = submitted_words(request, rows.rows[i].at_ms),
                                         .who = rows.rows[i].person,
                                         .before = rows.rows[i].before};
    *count = rows.count;
    return names;
}

static void fill_decision(Request *request, const Signup *signup, StaffSignupPage *page) {
    int64_t place = signup_queue_place(request->tx, signup->edition, signup->id);
    if (place)
        page->place = say(request->arena, request->language, MSG("signups", "Place in the queue: {place}."),
                          SAY_INT("place", place));
    page->reason = signup->reason;
    page->places = places_words(request);
    page->may_accept = signup_may_become(signup->state, SIGNUP_ACCEPTED);
    page->may_wait = signup_may_become(signup->state, SIGNUP_WAITING);
    page->may_decline = signup_may_become(signup->state, SIGNUP_DECLINED);
    page->may_withdraw = signup_may_become(signup->state, SIGNUP_WITHDRAWN);
    page->may_renew = signup_may_become(signup->state, SIGNUP_NEW);
}

static void fill_access(Request *request, const Signup *signup, StaffSignupPage *page) {
    Access access;
    if (!access_of_signup(request->tx, signup, &access)) return;
    page->access_needs = signup->access_needs;
    page->access_answer = access_answer_words(request, &access);
    page->access_href = staff_signup_path(request, signup->id, "/access");
}

/* What upper rooms know of it: answers to the edition's own questions. */
static Html parts_of_rooms(Request *request, const Signup *signup) {
    Buffer *parts = arena_new(request->arena, Buffer);
    *parts = buffer_in(request->arena);
    PageOut out = page_out_into(request, parts);
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->signup_part) house->rooms[i]->signup_part(request, &out, signup->organisation);
    return (Html){buffer_str(parts)};
}

/* What is kept about the contact (privacy): for when they ask. */
static Str data_path(Request *request, const Signup *signup) {
    if (!signup->contact) return STR_ABSENT;
    return str_format(request->arena, "%.*s%.*s/data", STR_FORMAT(staff_path(request, "/staff/people/")),
                      STR_FORMAT(id_text(request->arena, signup->contact)));
}

/* What they wrote, to be read; it is changed on a page of its own. */
static Form *edit_form(Request *request, const Signup *signup) {
    EditValues *values = arena_new(request->arena, EditValues);
    *values = edit_load(request->tx, signup, request->language);
    return form_open(request, edit_staff_fields, edit_staff_count, values);
}

static void fill_wrote(Request *request, const Signup *signup, StaffSignupPage *page) {
    size_t count;
    const FormSaid *said = form_said(edit_form(request, signup), &count);
    StaffSignupPageWrote *rows = arena_array(request->arena, StaffSignupPageWrote, count);
    for (size_t i = 0; i < count; i++) rows[i] = (StaffSignupPageWrote){said[i].label, said[i].value};
    page->wrote = rows;
    page->wrote_count = count;
    page->edit_href = staff_signup_path(request, signup->id, "/edit");
}

static void add_open(StaffSignupPageOpen *open, StaffSignupPage *page, Str words, Str href, Str link) {
    open[page->open_count++] = (StaffSignupPageOpen){words, href, link};
}

/* What somebody of the team has to do about it, on top. */
static void fill_open(Request *request, const Signup *signup, StaffSignupPage *page) {
    enum { OPEN_MOST = 4 };
    StaffSignupPageOpen *open = arena_array(request->arena, StaffSignupPageOpen, OPEN_MOST);
    Access access;
    page->open = open;
    if (signup->state == SIGNUP_NEW)
        add_open(open, page, signups_said(request, MSG("signups", "It waits for your decision.")), STR("#decision"),
                 signups_said(request, MSG("signups", "Decide")));
    if (!signup->in_charge && signup_is_active(signup->state))
        add_open(open, page, signups_said(request, MSG("signups", "Nobody looks after it.")),
                 staff_signup_path(request, signup->id, "/notes"),
                 signups_said(request, MSG("signups", "Choose somebody")));
    if (access_of_signup(request->tx, signup, &access) && !access.is_current)
        add_open(open, page, signups_said(request, MSG("signups", "They need something to take part.")),
                 staff_signup_path(request, signup->id, "/access"), signups_said(request, MSG("signups", "Answer")));
    if (page->similar_count)
        add_open(open, page, signups_said(request, MSG("signups", "Perhaps we know them already.")), STR("#similar"),
                 signups_said(request, MSG("signups", "Compare")));
}

/* Only buttons: what is typed has a page of its own, so that no button here loses it. */
static Err show(Request *request, const Signup *signup, const Form *decide) {
    ListingForm untold = {.channel = STR("")};
    const ListingPart listing = listing_part(request, signup, listing_form_open(request, &untold), STR(""));
    StaffSignupPage page = {
        .layout = edition_layout(request, signup->organisation_name, MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .state = signup_state_words(request->arena, request->language, signup->state),
        .tone = str_from_c(signup_state_tone(signup->state)),
        .is_new = signup->first_time,
        .source = source_words(request, signup->source),
        .submitted = submitted_words(request, signup->submitted_ms),
        .contact = signup->contact_name,
        .phone = signup->contact_phone,
        .phone_href = phone_link(request->arena, signup->contact_phone),
        .email = signup->contact_email,
        .email_href = page_mailto(request->arena, signup->contact_email),
        .data_href = data_path(request, signup),
        .view_href = view_as_organisation_path(request->arena, edition_of(request), signup->organisation),
        .decide = decide,
        .decide_action = staff_signup_path(request, signup->id, "/decide"),
        .join_action = staff_signup_path(request, signup->id, "/join"),
        .pick_href = staff_signup_path(request, signup->id, "/same"),
        .card_href = signup->contact ? staff_signup_path(request, signup->id, "/card") : STR_ABSENT,
        .has_email = !str_is_empty(signup->contact_email),
        .address_words = address_words(request, signup),
        .address_action = staff_signup_path(request, signup->id, "/address"),
        .others_action = staff_signup_path(request, signup->id, "/others"),
        .decline_href = staff_signup_path(request, signup->id, "/decide"),
        .is_named = listing.is_listed,
        .named = listing.state,
        .listing_href = staff_signup_path(request, signup->id, "/listing"),
        .notes = notes_part(request, signup),
        .back_href = staff_path(request, "/staff/sign-ups"),
    };
    fill_decision(request, signup, &page);
    fill_access(request, signup, &page);
    fill_wrote(request, signup, &page);
    page.similar = similar_to(request, signup, &page.similar_count);
    page.in_charge = page.notes.in_charge;
    fill_open(request, signup, &page);
    page.names = names_before(request, signup, &page.names_count);
    page.others = others_of(request, signup, &page.others_count);
    page.parts = parts_of_rooms(request, signup);
    page.layout.is_refused = !form_ok(decide);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved."));
    if (str_equal(fields_get(&request->query, STR("done")), STR("joined")))
        page.layout.notice = signups_said(request, MSG("signups", "The two are one sign-up now."));
    if (str_equal(fields_get(&request->query, STR("done")), STR("past")))
        page.layout.notice = signups_said(request, MSG("signups", "One of the two sign-ups is over: it was withdrawn, "
                                                                  "declined or joined. There is nothing to join."));
    PageOut out = page_out(request);
    page_staff_signup(&out, &page);
    return OK;
}

static Form *decide_form(Request *request, const Signup *signup) {
    DecideForm *values = arena_new(request->arena, DecideForm);
    *values = (DecideForm){form_version(request->arena, signup->version), signup->reason};
    return form_open(request, decide_fields, COUNT(decide_fields), values);
}

Err staff_signup_page(Request *request) {
    Signup signup;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    return show(request, &signup, decide_form(request, &signup));
}

/* From the organisation's pages, which know of no sign-up. */
Err staff_signup_of(Request *request) {
    Signup signup;
    if (!signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, &signup))
        return ERR_NOT_FOUND;
    return respond_redirect(request, staff_signup_path(request, signup.id, ""));
}

/* ---- saving -------------------------------------------------------------------------------------------------- */

static Err show_edit(Request *request, const Signup *signup, const Form *form) {
    StaffSignupEditPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "What they wrote, and our notes")),
                                 MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .back_href = staff_signup_path(request, signup->id, ""),
        .form = form,
        .action = staff_signup_path(request, signup->id, "/edit"),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_signup_edit(&out, &page);
    return OK;
}

Err staff_signup_edit_page(Request *request) {
    Signup signup;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    return show_edit(request, &signup, edit_form(request, &signup));
}

Err staff_signup_save(Request *request) {
    Signup signup;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    EditValues stored = edit_load(request->tx, &signup, request->language), values = stored;
    Form *form = form_open(request, edit_staff_fields, edit_staff_count, &values);
    if (form_read(form)) {
        edit_check_numbers(form, request, &values);
        edit_check_name(form, request, &signup, &values);
    }
    if (!form_ok(form) || !form_is_current(form, &stored)) return show_edit(request, &signup, form);
    Err err = edit_save(request->tx, &signup, &values,
                        &(EditSaving){request->who.person, request->language, !request->who.is_limited});
    return err ? err : respond_redirect(request, staff_signup_path(request, signup.id, "?done=1"));
}

/* ---- deciding ------------------------------------------------------------------------------------------------ */

static Str refusal_words(Request *request, const Signup *signup, Err err) {
    Str state = signup_state_words(request->arena, request->language, signup->state);
    if (err == ERR_CONFLICT)
        return say(
            request->arena, request->language,
            MSG("signups", "Somebody has changed this sign-up meanwhile; it is now: {state}. Look again, then decide."),
            SAY_TEXT("state", state));
    return say(request->arena, request->language, MSG("signups", "This step is not possible: the sign-up is {state}."),
               SAY_TEXT("state", state));
}

/* Declining needs words for them. */
static Err show_decline(Request *request, const Signup *signup, const Form *form) {
    StaffSignupDeclinePage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Decline")), MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .back_href = staff_signup_path(request, signup->id, ""),
        .form = form,
        .action = staff_signup_path(request, signup->id, "/decide"),
        .state = signup_state_words(request->arena, request->language, signup->state),
        .may_decline = signup_may_become(signup->state, SIGNUP_DECLINED),
        .has_email = !str_is_empty(signup->contact_email),
    };
    page.layout.is_refused = !form_ok(form);
    if (page.layout.is_refused && !page.may_decline) page.typed = typed_part(request, true);
    PageOut out = page_out(request);
    page_staff_signup_decline(&out, &page);
    return OK;
}

Err staff_signup_decline_page(Request *request) {
    Signup signup;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    return show_decline(request, &signup, decide_form(request, &signup));
}

/* Where the button stood: what was typed is there. */
static Err show_refused(Request *request, const Signup *signup, SignupState to, const Form *form) {
    return to == SIGNUP_DECLINED ? show_decline(request, signup, form) : show(request, signup, form);
}

Err staff_signup_decide(Request *request) {
    Signup signup;
    SignupState to;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    if (!signup_state_parse(fields_get(&request->form, STR("to")), &to)) return ERR_INPUT;
    DecideForm values = {STR(""), STR("")};
    Form *form = form_open(request, decide_fields, COUNT(decide_fields), &values);
    int64_t version = 0;
    bool is_read = form_read(form) && str_to_int(values.version, &version);
    if (is_read && to == SIGNUP_DECLINED && str_is_empty(values.reason))
        form_refuse(form, "reason",
                    signups_said(request, MSG("signups", "Say in a sentence why, so that they understand.")));
    if (!is_read || !form_ok(form)) return show_refused(request, &signup, to, form);
    SignupDecision decision = {.edition = signup.edition,
                               .signup = signup.id,
                               .by = request->who.person,
                               .version = version,
                               .to = to,
                               .reason = values.reason,
                               .base_url = request->base_url};
    Err err = signup_decide(request->tx, &decision);
    if (!err) return respond_redirect(request, staff_signup_path(request, signup.id, "?done=1"));
    if (err != ERR_CONFLICT && err != ERR_INPUT) return err;
    values.version = form_version(request->arena, signup.version);
    form = form_open(request, decide_fields, COUNT(decide_fields), &values);
    form_refuse(form, NULL, refusal_words(request, &signup, err));
    request->response.status = 409;
    return show_refused(request, &signup, to, form);
}

/* Only what the page offers, or would: organisations are of the whole installation, and other series have coordinators
 * of their own. */
static bool is_offered(Request *request, const Signup *signup, Id organisation) {
    if (organisation_is_similar(request->tx, organisation, signup->organisation_name)) return true;
    OrganisationHits hits = organisation_find_similar(request->tx, signup->organisation_name); /* by an earlier name */
    for (size_t i = 0; i < hits.count; i++)
        if (hits.organisations[i].id == organisation) return true;
    return false;
}

/* The talk that was offered, the dish, the seats. */
void staff_join_rooms(Request *request, const OrganisationJoin *join) {
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->organisation_joins) house->rooms[i]->organisation_joins(request->tx, join);
}

Err staff_signup_join(Request *request) {
    Signup signup, other;
    Id organisation;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    if (!id_parse(fields_get(&request->form, STR("organisation")), &organisation)) return ERR_INPUT;
    Form *form = decide_form(request, &signup);
    if (!form_step_is_current(form)) return show(request, &signup, form);
    if (!is_offered(request, &signup, organisation)) return ERR_NOT_FOUND;
    if (signup_of_organisation(request->tx, signup.edition, organisation, &other)) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "That one has a sign-up of its own in this edition: join the "
                                                         "two.")));
        request->response.status = 409;
        return show(request, &signup, form);
    }
    Err err = signup_join(request->tx, &signup, organisation, request->who.person);
    if (err) return err;
    staff_join_rooms(request, &(OrganisationJoin){signup.edition, signup.organisation, organisation, .has_own = false});
    return respond_redirect(request, staff_signup_path(request, signup.id, "?done=1"));
}

/* The button of somebody who may act no longer, or has become the contact since, changes nothing. */
Err staff_others_end(Request *request) {
    Signup signup;
    Id person;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    if (!id_parse(fields_get(&request->form, STR("person")), &person)) return ERR_INPUT;
    size_t count;
    const StaffSignupPageOther *others = others_of(request, &signup, &count);
    for (size_t i = 0; i < count; i++)
        if (str_equal(others[i].id, id_text(request->arena, person)))
            signup_end_representation(request->tx, &signup, person);
    return respond_redirect(request, staff_signup_path(request, signup.id, "?done=1"));
}

/* ---- by hand ------------------------------------------------------------------------------------------------- */

typedef struct AddForm {
    EditValues values;
    Str channel; /* how they agreed to be named in public; "none": not at all */
} AddForm;

static FormOptions add_channels(Request *request, void *context) {
    FormOptions told = listing_channels(request, context);
    FormOption *options = arena_array(request->arena, FormOption, told.count + 1);
    options[0] = (FormOption){STR("none"), signups_said(request, MSG("signups", "no, or we do not know"))};
    for (size_t i = 0; i < told.count; i++)
        options[i + 1] =
            (FormOption){told.options[i].value, say(request->arena, request->language, MSG("signups", "yes, {channel}"),
                                                    SAY_TEXT("channel", told.options[i].label))};
    return (FormOptions){options, told.count + 1};
}

#define AT(member) .offset = offsetof(AddForm, values.member)
static const FormField add_fields[] = {
    {.name = "organisation",
     .kind = FIELD_LINE,
     AT(organisation),
     .required = true,
     .label = MSG_INIT("signups", "Name of the organisation")},
    {.name = "name",
     .kind = FIELD_LINE,
     AT(contact_name),
     .label = MSG_INIT("signups", "Contact person: first and last name")},
    {.name = "email", .kind = FIELD_EMAIL, AT(contact_email), .label = MSG_INIT("signups", "E-mail")},
    {.name = "phone", .kind = FIELD_PHONE, AT(contact_phone), .label = MSG_INIT("signups", "Telephone")},
    {.name = "people",
     .kind = FIELD_INT,
     AT(people),
     .required = true,
     .least = 1,
     .most = SIGNUP_PEOPLE_LIMIT,
     .label = MSG_INIT("signups", "How many people")},
    {.name = "profiles",
     .kind = FIELD_SEVERAL,
     AT(profiles),
     .options = options_of_profiles,
     .label = MSG_INIT("signups", "What they do")},
    {.name = "words", .kind = FIELD_TEXT, AT(words), .label = MSG_INIT("signups", "Description")},
    {.name = "remarks", .kind = FIELD_TEXT, AT(remarks), .label = MSG_INIT("signups", "Remarks")},
    {.name = "channel",
     .kind = FIELD_CHOICE,
     .offset = offsetof(AddForm, channel),
     .options = add_channels,
     .label = MSG_INIT("signups", "Did the contact person agree that the organisation is named in public?"),
     .hint = MSG_INIT("signups", "In the list of those who come, in the programme and in the plan of tables.")},
};
const FormTable add_asked = {add_fields, COUNT(add_fields)};

static Err show_add(Request *request, const Form *form) {
    StaffAddPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Add from paper")), MENU_STAFF_SIGNUPS),
        .form = form,
        .action = request->path,
        .back_href = staff_path(request, "/staff/sign-ups"),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_staff_add(&out, &page);
    return OK;
}

Err staff_add_page(Request *request) {
    AddForm values = {.values.people = 1, .channel = STR("none")};
    return show_add(request, form_open(request, add_fields, COUNT(add_fields), &values));
}

static bool has_agreed(const AddForm *typed) {
    return !str_is_empty(typed->channel) && !str_equal(typed->channel, STR("none"));
}

/* A consent is somebody's. */
static bool knows_who_agreed(Request *request, Form *form, const AddForm *typed) {
    if (!has_agreed(typed) || !str_is_empty(typed->values.contact_name)) return true;
    form_refuse(form, "name", signups_said(request, MSG("signups", "Write who agreed: a consent is a person's.")));
    return false;
}

static SignupAnswers answers_added(Request *request, const EditValues *values) {
    SignupAnswers answers = {
        .organisation = {.name = values->organisation,
                         .legal_form = STR(""),
                         .words = values->words,
                         .profiles = values->profiles},
        .contact_name = values->contact_name,
        .contact_email = values->contact_email,
        .contact_phone = values->contact_phone,
        .language = edition_of(request)->series.language,
        .source = "paper",
        .people = values->people,
        .remarks = values->remarks,
    };
    Id same = organisation_find_same(request->tx, values->organisation, STR_ABSENT);
    if (same) organisation_get(request->tx, same, &answers.organisation);
    return answers;
}

Err staff_add(Request *request) {
    AddForm values = {.values.people = 1, .channel = STR("none")};
    Form *form = form_open(request, add_fields, COUNT(add_fields), &values);
    if (!form_read(form) || !knows_who_agreed(request, form, &values)) return show_add(request, form);
    SignupAnswers answers = answers_added(request, &values.values);
    SignupSent sent;
    Err err = signup_submit(request->tx, request->scope.edition, &answers, &sent);
    if (err == ERR_CONFLICT) {
        form_refuse(form, "organisation",
                    signups_said(request, MSG("signups", "This organisation has a sign-up in this edition already.")));
        return show_add(request, form);
    }
    if (err) return err;
    if (has_agreed(&values))
        listing_give(request->tx, &(ListingGiven){
                                      .organisation = sent.organisation,
                                      .edition = request->scope.edition,
                                      .person = sent.person,
                                      .wording = listing_wording(request->arena, edition_of(request)->series.language),
                                      .channel = listing_channel(request->arena, values.channel),
                                      .by = request->who.person,
                                  });
    return respond_redirect(request, staff_signup_path(request, sent.signup, "?done=1"));
}
