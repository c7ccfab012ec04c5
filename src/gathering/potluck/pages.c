// SPDX-License-Identifier: EUPL-1.2
#include "gathering/editions/public_names.h"
#include "gathering/potluck/commands.h"
#include "gathering/potluck/dish_form.h"
#include "platform/page/respond.h"
#include "potluck_pages.h"
#include "potluck_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- the page of the edition ------------------------------------------------------- */

/* Title language only where the content's is not the reader's. */
static Str content_language(Request *request) {
    Language language = edition_of(request)->series.language;
    return language == request->language ? STR_ABSENT : str_from_c(language_tag(language));
}

static void add_to_kind(Request *request, const Dishes *dishes, Str kind, DishKindPart *part) {
    DishKindPartPlate *rows = arena_array(request->arena, DishKindPartPlate, dishes->count);
    part->plates = rows;
    for (size_t i = 0; i < dishes->count; i++) {
        const Dish *dish = &dishes->dishes[i];
        if (!str_equal(dish->kind, kind)) continue;
        PublicName who = public_name(request, &(NameToShow){dish->organisation, dish->who, dish->is_listed, false});
        rows[part->plates_count++] = (DishKindPartPlate){
            .name = dish->name,
            .language = content_language(request),
            .who = who.name,
            .hidden = hidden_name_part(&who),
            .allergens = allergens_words(request->arena, request->language, &dish->allergens),
        };
    }
    part->count = (int64_t)part->plates_count;
}

static DishKindPart *kinds_that_come(Request *request, const Dishes *dishes, bool is_page, size_t *count) {
    DishKindPart *kinds = arena_array(request->arena, DishKindPart, DISH_KIND_COUNT);
    *count = 0;
    for (size_t i = 0; i < DISH_KIND_COUNT; i++) {
        Str kind = dish_kind(i);
        DishKindPart part = {.name = dish_kind_words(request->arena, request->language, kind), .is_page = is_page};
        add_to_kind(request, dishes, kind, &part);
        if (part.count) kinds[(*count)++] = part;
    }
    return kinds;
}

static void potluck_edition_part(Request *request, PageOut *page) {
    const Edition *edition = edition_of(request);
    Dishes dishes = dishes_of(request->tx, edition->id);
    if (!dishes.count) return;
    bool is_reported = !str_is_empty(edition->reported_on);
    PotluckPartPart part = {.href = is_reported ? STR_ABSENT : edition_path(request->arena, edition, "/potluck")};
    part.kinds = kinds_that_come(request, &dishes, false, &part.kinds_count);
    part_potluck_part(page, &part);
}

static bool has_unknown(const Allergens *allergens) {
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        if (allergens->answers[i] == ALLERGEN_UNKNOWN) return true;
    return false;
}

/* ---- the public list ------------------------------------------------------- */

static Err public_list(Request *request) {
    const Edition *edition = edition_of(request);
    Dishes dishes = dishes_of(request->tx, edition->id);
    PotluckPage page = {
        .layout = edition_layout(request, words(request, MSG("potluck", "To eat and drink")), MENU_EDITION),
        .gathering = edition->title,
        .back = edition_path(request->arena, edition, ""),
        .empty = {.heading = words(request, MSG("potluck", "Nobody has said yet what they bring"))},
    };
    page.kinds = kinds_that_come(request, &dishes, true, &page.kinds_count);
    for (size_t i = 0; i < dishes.count; i++) page.unknown += has_unknown(&dishes.dishes[i].allergens);
    PageOut out = page_out(request);
    page_potluck(&out, &page);
    return OK;
}

/* ---- my gathering ------------------------------------------------------- */

static Str my_path(Request *request, const char *rest) {
    return edition_my_path(request->arena, edition_of(request), request->scope.organisation, rest);
}

static Str my_dish_path(Request *request, const Dish *dish, const char *rest) {
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(my_path(request, "/dish")),
                      STR_FORMAT(id_text(request->arena, dish->id)), rest);
}

static bool takes_dishes(const Edition *edition) {
    return edition->state >= EDITION_CALL_OPEN && edition->state <= EDITION_PUBLISHED;
}

static void potluck_my_items(Request *request, MyItems *items) {
    Dishes dishes = dishes_of(request->tx, request->scope.edition);
    size_t count = 0;
    bool is_open = takes_dishes(edition_of(request));
    for (size_t i = 0; i < dishes.count; i++) {
        const Dish *dish = &dishes.dishes[i];
        if (dish->organisation != request->scope.organisation) continue;
        my_items_add(items, &(MyItem){
                                .title = say(request->arena, request->language, MSG("potluck", "You bring: {name}"),
                                             SAY_TEXT("name", dish->name)),
                                .words = allergens_words(request->arena, request->language, &dish->allergens),
                                .href = is_open ? my_dish_path(request, dish, "") : STR_ABSENT,
                                .link = is_open ? words(request, MSG("potluck", "Change")) : STR_ABSENT,
                            });
        count++;
    }
    if (!count && is_open)
        my_items_add(
            items,
            &(MyItem){
                .is_invitation = true,
                .title = words(request, MSG("potluck", "Something for the table")),
                .words = words(request, MSG("potluck", "A cake, a salad, juice: whoever wants to brings something.")),
                .href = my_path(request, "/dish"),
                .link = words(request, MSG("potluck", "Say what you bring")),
            });
}

/* ---- saving, for both ------------------------------------------------------- */

static void audit(Request *request, const char *action, Id dish) {
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = action,
                                           .subject = dish});
}

/* The dish of the path: of the path's organisation, where it has one. */
static bool dish_of_path(Request *request, Dish *dish) {
    Id id;
    return request_id(request, "dish", &id) &&
           dish_get(request->tx, request->scope.edition, id, request->scope.organisation, dish);
}

/* Reads the form into the dish and writes it; where that is not done the form says why. */
static Err save_dish(Request *request, bool is_staff, Dish *dish, Form **form) {
    DishForm *typed = arena_new(request->arena, DishForm);
    Dish *before = arena_new(request->arena, Dish);
    *before = *dish;
    *typed = (DishForm){0};
    *form = dish_form_open(request, is_staff, before, typed);
    DishForm stored = dish_form_values(request, before);
    if (!form_read(*form) || (dish->id && !form_is_current(*form, &stored))) return OK;
    dish_form_take(typed, is_staff, dish);
    if (dish->id) {
        audit(request, "dish.change", dish->id);
        return dish_update(request->tx, dish);
    }
    dish->id = dish_add(request->tx, dish);
    audit(request, "dish.add", dish->id);
    return OK;
}

/* ---- an organisation's dishes ------------------------------------------------------- */

static Str dish_facts(Request *request, const Dish *dish) {
    Str kind = dish_kind_words(request->arena, request->language, dish->kind);
    Str allergens = allergens_words(request->arena, request->language, &dish->allergens);
    return str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(kind), STR_FORMAT(allergens));
}

static void add_my_dishes(Request *request, DishPage *page) {
    Dishes dishes = dishes_of(request->tx, request->scope.edition);
    DishPagePlate *rows = arena_array(request->arena, DishPagePlate, dishes.count);
    page->plates = rows;
    for (size_t i = 0; i < dishes.count; i++) {
        const Dish *dish = &dishes.dishes[i];
        if (dish->organisation != request->scope.organisation) continue;
        rows[page->plates_count++] =
            (DishPagePlate){dish->name, dish_facts(request, dish),
                            takes_dishes(edition_of(request)) ? my_dish_path(request, dish, "") : STR_ABSENT};
    }
}

static bool may_bring(Request *request) {
    PotluckSignedUpRow row;
    return takes_dishes(edition_of(request)) &&
           potluck_sql_signed_up(request->tx, request->scope.edition, request->scope.organisation, &row);
}

static Err show_my_dishes(Request *request, Form *form) {
    DishPage page = {
        .layout = edition_layout(request, words(request, MSG("potluck", "What you bring to the table")), MENU_MY),
        .back_href = my_path(request, ""),
        .back = words(request, MSG("potluck", "My gathering")),
        .heading = words(request, MSG("potluck", "What you bring to the table")),
        .closed = may_bring(request) ? STR_ABSENT
                                     : words(request, MSG("potluck", "Nothing more can be added for this gathering.")),
        .form = form,
        .action = my_path(request, "/dish"),
        .button = words(request, MSG("potluck", "We bring it")),
    };
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = words(request, MSG("potluck", "Thank you! It is written down."));
    add_my_dishes(request, &page);
    PageOut out = page_out(request);
    page_dish(&out, &page);
    return OK;
}

static Err my_dishes_page(Request *request) {
    Dish dish = {.edition = request->scope.edition};
    DishForm values = dish_form_values(request, &dish);
    return show_my_dishes(request, dish_form_open(request, false, &dish, &values));
}

static Err my_dish_add(Request *request) {
    Dish dish = {.edition = request->scope.edition, .organisation = request->scope.organisation};
    Form *form;
    if (!may_bring(request)) return ERR_DENIED;
    Err err = save_dish(request, false, &dish, &form);
    if (!form_ok(form)) return show_my_dishes(request, form);
    return err ? err : respond_redirect(request, my_path(request, "/dish?done=1"));
}

/* ---- one of them ------------------------------------------------------- */

static Err show_my_dish(Request *request, const Dish *dish, Form *form) {
    DishPage page = {
        .layout = edition_layout(request, dish->name, MENU_MY),
        .back_href = my_path(request, "/dish"),
        .back = words(request, MSG("potluck", "What you bring to the table")),
        .heading = dish->name,
        .closed = takes_dishes(edition_of(request))
                      ? STR_ABSENT
                      : words(request, MSG("potluck", "Nothing more can be changed for this gathering.")),
        .form = form,
        .action = my_dish_path(request, dish, ""),
        .button = words(request, MSG("potluck", "Save")),
        .remove_href = my_dish_path(request, dish, "/remove"),
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_dish(&out, &page);
    return OK;
}

static Err my_dish_page(Request *request) {
    Dish dish;
    if (!dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    DishForm values = dish_form_values(request, &dish);
    return show_my_dish(request, &dish, dish_form_open(request, false, &dish, &values));
}

static Err my_dish_save(Request *request) {
    Dish dish;
    Form *form;
    if (!dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    Err err = save_dish(request, false, &dish, &form);
    if (!form_ok(form)) return show_my_dish(request, &dish, form);
    return err ? err : respond_redirect(request, my_path(request, "/dish?done=1"));
}

static Err my_dish_remove(Request *request) {
    Dish dish;
    if (!dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    DishForm stored = dish_form_values(request, &dish);
    Form *form = dish_form_open(request, false, &dish, &stored);
    if (!form_step_is_current(form)) return show_my_dish(request, &dish, form);
    Err err = dish_remove(request->tx, dish.edition, dish.id, request->scope.organisation);
    if (err) return err;
    audit(request, "dish.remove", dish.id);
    return respond_redirect(request, my_path(request, "/dish"));
}

/* ---- the coordinator's list ------------------------------------------------------- */

static Str staff_path(Request *request, const char *rest) {
    return str_format(request->arena, "%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/potluck")), rest);
}

static Str staff_dish_path(Request *request, const Dish *dish, const char *rest) {
    return str_format(request->arena, "%.*s/%.*s%s", STR_FORMAT(staff_path(request, "")),
                      STR_FORMAT(id_text(request->arena, dish->id)), rest);
}

static void add_kinds(Request *request, const Dishes *dishes, StaffPotluckPage *page) {
    StaffPotluckPageKind *kinds = arena_array(request->arena, StaffPotluckPageKind, DISH_KIND_COUNT);
    page->kinds = kinds;
    for (size_t k = 0; k < DISH_KIND_COUNT; k++) {
        StaffPotluckPageKind kind = {.name = dish_kind_words(request->arena, request->language, dish_kind(k))};
        for (size_t i = 0; i < dishes->count; i++) {
            if (!str_equal(dishes->dishes[i].kind, dish_kind(k))) continue;
            kind.count++;
            kind.portions += dishes->dishes[i].portions.given ? dishes->dishes[i].portions.value : 0;
        }
        if (kind.count) kinds[page->kinds_count++] = kind;
    }
}

static Err staff_list(Request *request) {
    Dishes dishes = dishes_of(request->tx, request->scope.edition);
    StaffPotluckPagePlate *rows = arena_array(request->arena, StaffPotluckPagePlate, dishes.count);
    StaffPotluckPage page = {
        .layout = edition_layout(request, words(request, MSG("potluck", "To eat and drink")), MENU_STAFF_PROGRAMME),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/programme"),
        .heading = words(request, MSG("potluck", "To eat and drink")),
        .add_href = staff_path(request, "/new"),
        .plates = rows,
        .plates_count = dishes.count,
    };
    for (size_t i = 0; i < dishes.count; i++) {
        const Dish *dish = &dishes.dishes[i];
        rows[i] = (StaffPotluckPagePlate){
            .name = dish->name,
            .who = dish->who,
            .kind = dish_kind_words(request->arena, request->language, dish->kind),
            .portions = dish->portions.given ? number_words(request->arena, request->language, dish->portions.value)
                                             : STR_ABSENT,
            .allergens = allergens_words(request->arena, request->language, &dish->allergens),
            .href = staff_dish_path(request, dish, ""),
        };
        if (has_unknown(&dish->allergens)) page.unknown++;
    }
    add_kinds(request, &dishes, &page);
    PageOut out = page_out(request);
    page_staff_potluck(&out, &page);
    return OK;
}

/* ---- one dish, for coordinators ------------------------------------------------------- */

static Err show_staff_dish(Request *request, const Dish *dish, Form *form) {
    Str heading = dish->id ? dish->name : words(request, MSG("potluck", "Add a dish"));
    DishPage page = {
        .layout = edition_layout(request, heading, MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, ""),
        .back = words(request, MSG("potluck", "To eat and drink")),
        .heading = heading,
        .is_staff = true,
        .form = form,
        .action = dish->id ? staff_dish_path(request, dish, "") : staff_path(request, "/new"),
        .button = dish->id ? words(request, MSG("potluck", "Save")) : words(request, MSG("potluck", "Add the dish")),
        .remove_href = dish->id ? staff_dish_path(request, dish, "/remove") : STR_ABSENT,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_dish(&out, &page);
    return OK;
}

/* A new one where the path has none. */
static bool staff_dish_of_path(Request *request, Dish *dish) {
    *dish = (Dish){.edition = request->scope.edition};
    return str_is_absent(request_parameter(request, "dish")) || dish_of_path(request, dish);
}

static Err staff_dish_page(Request *request) {
    Dish dish;
    if (!staff_dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    DishForm values = dish_form_values(request, &dish);
    return show_staff_dish(request, &dish, dish_form_open(request, true, &dish, &values));
}

static Err staff_dish_save(Request *request) {
    Dish dish;
    Form *form;
    if (!staff_dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    Err err = save_dish(request, true, &dish, &form);
    if (!form_ok(form)) return show_staff_dish(request, &dish, form);
    return err ? err : respond_redirect(request, staff_path(request, ""));
}

static Err staff_dish_remove(Request *request) {
    Dish dish;
    if (!dish_of_path(request, &dish)) return ERR_NOT_FOUND;
    DishForm stored = dish_form_values(request, &dish);
    Form *form = dish_form_open(request, true, &dish, &stored);
    if (!form_step_is_current(form)) return show_staff_dish(request, &dish, form);
    Err err = dish_remove(request->tx, dish.edition, dish.id, 0);
    if (err) return err;
    audit(request, "dish.remove", dish.id);
    return respond_redirect(request, staff_path(request, ""));
}

#define STAFF "/{series}/{edition}/staff/potluck"
#define MINE "/me/{series}/{edition}/{organisation}/dish"
static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/potluck", ROLE_ANYONE, public_list, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_PROGRAMME | 1 << PART_EDITION | 1 << PART_DIRECTORY},
    {METHOD_GET, STAFF, ROLE_COORDINATOR, staff_list},
    {METHOD_GET, STAFF "/new", ROLE_COORDINATOR, staff_dish_page},
    {METHOD_POST, STAFF "/new", ROLE_COORDINATOR, staff_dish_save, .changes = true, .form = &dish_staff_asked},
    {METHOD_GET, STAFF "/{dish}", ROLE_COORDINATOR, staff_dish_page},
    {METHOD_POST, STAFF "/{dish}", ROLE_COORDINATOR, staff_dish_save, .changes = true, .form = &dish_staff_asked},
    {METHOD_POST, STAFF "/{dish}/remove", ROLE_COORDINATOR, staff_dish_remove, .changes = true},
    {METHOD_GET, MINE, ROLE_REPRESENTATIVE, my_dishes_page},
    {METHOD_POST, MINE, ROLE_REPRESENTATIVE, my_dish_add, .changes = true, .states = STATES_OF_ORGANISATIONS,
     .form = &dish_own_asked},
    {METHOD_GET, MINE "/{dish}", ROLE_REPRESENTATIVE, my_dish_page},
    {METHOD_POST, MINE "/{dish}", ROLE_REPRESENTATIVE, my_dish_save, .changes = true, .states = STATES_OF_ORGANISATIONS,
     .form = &dish_own_asked},
    {METHOD_POST, MINE "/{dish}/remove", ROLE_REPRESENTATIVE, my_dish_remove, .changes = true,
     .states = STATES_OF_ORGANISATIONS},
};

/* All who bring something; of them those who have not told all allergens; by kind, and by dish. */
static void potluck_audiences(Tx *tx, Id edition, Language language, Audiences *audiences) {
    Arena *arena = audiences->arena;
    PotluckBringingRows rows = potluck_sql_bringing(tx, edition);
    Audience *all = audiences_ensure(audiences, STR("dish"), say(arena, language, MSG("potluck", "bring a dish")));
    for (size_t i = 0; i < rows.count; i++) audience_add(audiences, all, rows.rows[i].organisation);
    for (size_t i = 0; i < rows.count; i++) {
        if (!str_is_empty(rows.rows[i].allergens) && str_index_of_char(rows.rows[i].allergens, 'u') < 0) continue;
        Audience *unknown =
            audiences_ensure(audiences, STR("dish_unknown"),
                             say(arena, language, MSG("potluck", "bring a dish whose allergens are not known yet")));
        audience_add(audiences, unknown, rows.rows[i].organisation);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const PotluckBringingRow *row = &rows.rows[i];
        Audience *kind = audiences_ensure(audiences, str_format(arena, "dishes:%.*s", STR_FORMAT(row->kind)),
                                          say(arena, language, MSG("potluck", "bring to the table: {kind}"),
                                              SAY_TEXT("kind", dish_kind_words(arena, language, row->kind))));
        audience_add(audiences, kind, row->organisation);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const PotluckBringingRow *row = &rows.rows[i];
        Audience *one = audiences_ensure(
            audiences, str_format(arena, "one_dish:%.*s", STR_FORMAT(id_text(arena, row->id))),
            say(arena, language, MSG("potluck", "bring the dish “{dish}”"), SAY_TEXT("dish", row->name)));
        audience_add(audiences, one, row->organisation);
    }
}

static const JoinColumn join_columns[] = {
    {{.table = "dish", .column = "organisation"}, JOIN_FOLLOWS, NULL},
    {{.table = "diet_count",
      .column = "organisation",
      .unless = "signup",
      .unless_column = "organisation",
      .unless_same = "edition"},
     JOIN_FOLLOWS,
     NULL},
};

const Room potluck_room = {
    .name = "potluck",
    .join_columns = join_columns,
    .join_column_count = COUNT(join_columns),
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = potluck_edition_part,
    .edition_place = EDITION_PLACE_POTLUCK,
    .my_items = potluck_my_items,
    .audiences = potluck_audiences,
    .organisation_joins = potluck_organisation_joins,
    .commands = dish_commands,
    .command_count = DISH_COMMAND_COUNT,
};
