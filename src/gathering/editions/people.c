// SPDX-License-Identifier: EUPL-1.2
/* Who helps: coordinators of the series, and the roles of the day in this edition. */
#include "gathering/editions/internal.h"
#include "gathering/editions/reach.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static const struct {
    Role role;
    Msg name, heading;
} helping_roles[] = {
    {ROLE_COORDINATOR, MSG_INIT("editions", "coordinator: sees and changes everything of this series"),
     MSG_INIT("editions", "Coordinators")},
    {ROLE_HOST, MSG_INIT("editions", "host: the one who gives the place"), MSG_INIT("editions", "Host")},
    {ROLE_DOOR, MSG_INIT("editions", "door: checks people in"), MSG_INIT("editions", "At the door")},
    {ROLE_STAGE, MSG_INIT("editions", "stage: runs the programme"), MSG_INIT("editions", "At the stage")},
    {ROLE_KITCHEN, MSG_INIT("editions", "kitchen: food and coffee"), MSG_INIT("editions", "In the kitchen")},
    {ROLE_GUIDE, MSG_INIT("editions", "guide: leads a walk"), MSG_INIT("editions", "Guides")},
    {ROLE_TRANSLATOR, MSG_INIT("editions", "translator: gives texts in other languages"),
     MSG_INIT("editions", "Translators")},
};

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static Id scope_of(const Request *request, Role role) {
    return role == ROLE_COORDINATOR ? request->scope.series : request->scope.edition;
}

static bool is_helping_role(Role role) {
    for (size_t i = 0; i < COUNT(helping_roles); i++)
        if (helping_roles[i].role == role) return true;
    return false;
}

Str helping_role_words(const Request *request, Role role) {
    for (size_t i = 0; i < COUNT(helping_roles); i++)
        if (helping_roles[i].role == role) return words(request, helping_roles[i].name);
    return STR("");
}

/* ---- the page --------------------------------------------------------------------------------------- */

typedef struct HelperForm {
    Str name, email, role;
} HelperForm;

static FormOptions role_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(helping_roles));
    for (size_t i = 0; i < COUNT(helping_roles); i++)
        options[i] = (FormOption){str_from_c(role_name(helping_roles[i].role)), words(request, helping_roles[i].name)};
    return (FormOptions){options, COUNT(helping_roles)};
}

static const FormField helper_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(HelperForm, name),
     .required = true,
     .most = 120,
     .label = MSG_INIT("editions", "Name")},
    {.name = "email",
     .kind = FIELD_EMAIL,
     .offset = offsetof(HelperForm, email),
     .required = true,
     .label = MSG_INIT("editions", "E-mail"),
     .hint = MSG_INIT("editions", "They sign in with it.")},
    {.name = "role",
     .kind = FIELD_CHOICE,
     .offset = offsetof(HelperForm, role),
     .required = true,
     .label = MSG_INIT("editions", "What they do"),
     .options = role_choices},
};
const FormTable helper_asked = {helper_fields, COUNT(helper_fields)};

static Str link_path(Request *request, Id person) {
    Str base = edition_path(request->arena, edition_of(request), "/staff/settings/people/");
    return str_format(request->arena, "%.*s%.*s/link", STR_FORMAT(base), STR_FORMAT(id_text(request->arena, person)));
}

bool is_helper(Request *request, Id person) {
    for (size_t i = 0; i < COUNT(helping_roles); i++) {
        IdArray holders = role_holders(request->tx, helping_roles[i].role, scope_of(request, helping_roles[i].role));
        for (size_t k = 0; k < holders.count; k++)
            if (holders.ids[k] == person) return true;
    }
    return false;
}

/* Who was given a role a moment ago: what comes next is that they can come in. */
static void say_given(Request *request, PeoplePage *page) {
    Id id;
    Person person;
    if (!id_parse(fields_get(&request->query, STR("given")), &id) || !is_helper(request, id) ||
        !person_get(request->tx, id, &person))
        return;
    page->given = str_is_empty(person.name) ? person.email : person.name;
    page->is_held = !house_of(request)->has_smtp;
    if (page->is_held && reach_of_link(request, id) == REACH_OK) page->given_href = link_path(request, id);
}

static PeoplePageGroup group_of(Request *request, size_t index) {
    Role role = helping_roles[index].role;
    IdArray holders = role_holders(request->tx, role, scope_of(request, role));
    PeoplePageGroupHelper *people = arena_array(request->arena, PeoplePageGroupHelper, holders.count);
    size_t count = 0;
    for (size_t i = 0; i < holders.count; i++) {
        Person person;
        if (!person_get(request->tx, holders.ids[i], &person)) continue;
        people[count++] = (PeoplePageGroupHelper){
            .name = str_is_empty(person.name) ? person.email : person.name,
            .email = person.email,
            .action = edition_path(request->arena, edition_of(request), "/staff/settings/people/take"),
            .role = str_from_c(role_name(role)),
            .id = id_text(request->arena, person.id),
            .is_me = person.id == request->who.person,
            .link = link_path(request, person.id),
        };
    }
    return (PeoplePageGroup){words(request, helping_roles[index].heading), people, count};
}

static Err show(Request *request, const Form *form) {
    const Edition *edition = edition_of(request);
    PeoplePageGroup *groups = arena_array(request->arena, PeoplePageGroup, COUNT(helping_roles));
    PeoplePage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Who helps")), MENU_STAFF_SETTINGS),
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .form = form,
        .groups = groups,
    };
    for (size_t i = 0; i < COUNT(helping_roles); i++) {
        PeoplePageGroup group = group_of(request, i);
        if (group.helpers_count) groups[page.groups_count++] = group;
    }
    say_given(request, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_people(&out, &page);
    return OK;
}

Err people_page(Request *request) {
    HelperForm values = {STR(""), STR(""), STR("")};
    return show(request, form_open(request, helper_fields, COUNT(helper_fields), &values));
}

/* ---- giving and taking ------------------------------------------------------------------------------ */

void tell_helper(Tx *tx, const Edition *edition, const Person *person, Str base_url) {
    Language language = edition->series.language;
    Arena *arena = tx_arena(tx);
    Str subject = say(arena, language, MSG("editions", "You help with {edition}"), SAY_TEXT("edition", edition->title));
    Str body = say(arena, language,
                   MSG("editions", "Good day, {name}. You have been given a role in {edition}. Sign in with this "
                                   "e-mail address to see what is yours to do: {address}"),
                   SAY_TEXT("name", person->name), SAY_TEXT("edition", edition->title),
                   SAY_TEXT("address", str_join(arena, base_url, STR("/sign-in"))));
    letter_of_edition(tx, edition, person, language, subject, body);
}

/* A role would end what somebody came in by where they have to do with another series: that is not for who coordinates
 * this one. */
static bool may_give(Request *request, Form *form, const HelperForm *values, Role role) {
    Person known;
    if (!person_by_email(request->tx, values->email, &known) || reach_of_role(request, known.id, role) == REACH_OK)
        return true;
    form_refuse(
        form, "email",
        words(request, MSG("editions", "This person also has to do with another series. A role here would end their "
                                       "card and password and sign them out, so only the owner of the program "
                                       "can give it.")));
    return false;
}

Err people_give(Request *request) {
    HelperForm values = {0};
    Form *form = form_open(request, helper_fields, COUNT(helper_fields), &values);
    if (!form_read(form)) return show(request, form);
    Role role;
    if (!role_parse(values.role, &role) || !is_helping_role(role)) return ERR_INPUT;
    if (!may_give(request, form, &values, role)) return show(request, form);
    Id person = person_ensure(request->tx, values.name, values.email, STR_ABSENT, edition_of(request)->series.language);
    role_give_in(request->tx, person, role, &request->scope);
    Person told = {.id = person, .name = values.name, .email = values.email};
    tell_helper(request->tx, edition_of(request), &told, request->base_url);
    Str people = edition_path(request->arena, edition_of(request), "/staff/settings/people?given=");
    return respond_redirect(request, str_join(request->arena, people, id_text(request->arena, person)));
}

/* Nobody takes their own role away: so a series is never left without its last coordinator. */
Err people_take(Request *request) {
    Id person;
    Role role;
    if (!id_parse(fields_get(&request->form, STR("person")), &person)) return ERR_INPUT;
    if (!role_parse(fields_get(&request->form, STR("role")), &role) || !is_helping_role(role)) return ERR_INPUT;
    if (person == request->who.person) return ERR_DENIED;
    role_take(request->tx, person, role, scope_of(request, role));
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/settings/people"));
}
