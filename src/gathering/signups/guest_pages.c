// SPDX-License-Identifier: EUPL-1.2
/* The coordinators' list of guests. */
#include "gathering/signups/guests.h"

#include "gathering/editions/view.h"
#include "gathering/signups/internal.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

static Str guests_path(Request *request, Id guest, const char *rest) {
    Str path = edition_path(request->arena, edition_of(request), "/staff/guests");
    if (!guest) return str_format(request->arena, "%.*s%s", STR_FORMAT(path), rest);
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(path), STR_FORMAT(id_text(request->arena, guest)),
                      rest);
}

/* ---- the list ------------------------------------------------------------------------------------------------- */

static Str people_words(Request *request, int64_t people) {
    return say(request->arena, request->language, MSG_PLURAL("signups", "{count} person", "{count} people"),
               SAY_INT("count", people));
}

static Str notice_words(Request *request) {
    Str done = fields_get(&request->query, STR("done"));
    if (str_equal(done, STR("saved"))) return signups_said(request, MSG("signups", "Saved."));
    return str_equal(done, STR("removed")) ? signups_said(request, MSG("signups", "Removed.")) : STR_ABSENT;
}

Err guests_page(Request *request) {
    Guests guests = guests_of(request->tx, request->scope.edition);
    GuestsPageGuest *rows = arena_array(request->arena, GuestsPageGuest, guests.count);
    GuestsPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Guests")), MENU_STAFF_SIGNUPS),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/sign-ups"),
        .add_href = guests_path(request, 0, "/new"),
        .view_href = view_as_public_path(request->arena, edition_of(request), ""),
        .guests = rows,
        .guests_count = guests.count,
    };
    int64_t people = 0;
    for (size_t i = 0; i < guests.count; i++) {
        const Guest *guest = &guests.guests[i];
        people += guest->people;
        rows[i] = (GuestsPageGuest){
            .name = guest->name,
            .href = guests_path(request, guest->id, ""),
            .kind = guest_kind_words(request->arena, request->language, guest->kind),
            .people = people_words(request, guest->people),
            .words = guest->words,
        };
    }
    if (guests.count) page.sum = people_words(request, people);
    page.layout.notice = notice_words(request);
    PageOut out = page_out(request);
    page_guests(&out, &page);
    return OK;
}

/* ---- one ------------------------------------------------------------------------------------------------------- */

typedef struct GuestForm {
    Str kind, name, words, version;
    int64_t people;
} GuestForm;

static FormOptions kind_choices(Request *request, void *context) {
    (void)context;
    static const char *const kinds[] = {"artist", "press", "city", "other"};
    FormOption *options = arena_array(request->arena, FormOption, COUNT(kinds));
    for (size_t i = 0; i < COUNT(kinds); i++)
        options[i] = (FormOption){str_from_c(kinds[i]),
                                  guest_kind_words(request->arena, request->language, str_from_c(kinds[i]))};
    return (FormOptions){options, COUNT(kinds)};
}

#define AT(member) .offset = offsetof(GuestForm, member)
static const FormField guest_fields[] = {
    FORM_VERSION(GuestForm),
    {.name = "name",
     .kind = FIELD_LINE,
     AT(name),
     .required = true,
     .label = MSG_INIT("signups", "Name"),
     .hint = MSG_INIT("signups", "As it should stand in the programme, where they are in it.")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     AT(kind),
     .required = true,
     .options = kind_choices,
     .label = MSG_INIT("signups", "What kind of guest")},
    {.name = "people",
     .kind = FIELD_INT,
     AT(people),
     .required = true,
     .least = 1,
     .most = GUEST_PEOPLE_MOST,
     .label = MSG_INIT("signups", "How many people")},
    {.name = "words",
     .kind = FIELD_TEXT,
     AT(words),
     .label = MSG_INIT("signups", "A few words"),
     .hint = MSG_INIT("signups", "For coordinators only: who meets them, when they come.")},
};
const FormTable guest_asked = {guest_fields, COUNT(guest_fields)};

/* The guest of the path; a new one where the path has none. False: there is no such guest. */
static bool guest_of_path(Request *request, Guest *guest) {
    Id id;
    *guest =
        (Guest){.edition = request->scope.edition, .kind = STR(""), .name = STR(""), .words = STR(""), .people = 1};
    if (str_is_absent(request_parameter(request, "guest"))) return true;
    return request_id(request, "guest", &id) && guest_get(request->tx, request->scope.edition, id, guest);
}

static GuestForm form_values(Arena *arena, const Guest *guest) {
    return (GuestForm){.kind = guest->kind,
                       .name = guest->name,
                       .words = guest->words,
                       .people = guest->people,
                       .version = form_version(arena, guest->version)};
}

static Err show(Request *request, const Form *form, const Guest *guest) {
    Str heading = guest->id ? signups_said(request, MSG("signups", "Guest"))
                            : signups_said(request, MSG("signups", "Add a guest"));
    GuestPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_SIGNUPS),
        .heading = heading,
        .back_href = guests_path(request, 0, ""),
        .form = form,
        .action = guests_path(request, guest->id, guest->id ? "" : "/new"),
        .remove_href = guest->id ? guests_path(request, guest->id, "/remove") : STR_ABSENT,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_guest(&out, &page);
    return OK;
}

static Form *open_form(Request *request, const Guest *guest, GuestForm **values) {
    *values = arena_new(request->arena, GuestForm);
    **values = form_values(request->arena, guest);
    return form_open(request, guest_fields, COUNT(guest_fields), *values);
}

Err guest_page(Request *request) {
    Guest guest;
    GuestForm *values;
    if (!guest_of_path(request, &guest)) return ERR_NOT_FOUND;
    return show(request, open_form(request, &guest, &values), &guest);
}

Err guest_save(Request *request) {
    Guest guest;
    GuestForm *values;
    if (!guest_of_path(request, &guest)) return ERR_NOT_FOUND;
    GuestForm stored = form_values(request->arena, &guest);
    Form *form = open_form(request, &guest, &values);
    if (!form_read(form) || (guest.id && !form_is_current(form, &stored))) return show(request, form, &guest);
    guest.kind = values->kind;
    guest.name = values->name;
    guest.words = values->words;
    guest.people = values->people;
    Err err = OK;
    if (guest.id) err = guest_update(request->tx, &guest, request->who.person);
    else guest_add(request->tx, &guest, request->who.person);
    return err ? err : respond_redirect(request, guests_path(request, 0, "?done=saved"));
}

static bool is_in_use(Request *request, const Guest *guest) {
    const House *house = house_of(request);
    for (size_t i = 0; i < house->room_count; i++)
        if (house->rooms[i]->uses_guest && house->rooms[i]->uses_guest(request->tx, guest->edition, guest->id))
            return true;
    return false;
}

Err guest_remove_one(Request *request) {
    Guest guest;
    GuestForm *values;
    if (!guest_of_path(request, &guest)) return ERR_NOT_FOUND;
    Form *form = open_form(request, &guest, &values);
    if (is_in_use(request, &guest)) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "This guest stands in the programme. Change or remove that "
                                                         "item first.")));
        return show(request, form, &guest);
    }
    if (!form_step_is_current(form)) return show(request, form, &guest);
    Err err = guest_remove(request->tx, &guest, request->who.person);
    return err ? err : respond_redirect(request, guests_path(request, 0, "?done=removed"));
}
