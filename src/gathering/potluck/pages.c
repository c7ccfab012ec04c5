// SPDX-License-Identifier: EUPL-1.2
#include "gathering/potluck/commands.h"
#include "gathering/potluck/potluck.h"
#include "platform/page/respond.h"
#include "potluck_pages.h"
#include "potluck_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

static const char *const kind_order[] = {"cake", "salad", "snack", "main", "drink", "coffee", "other"};

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
        rows[part->plates_count++] = (DishKindPartPlate){
            .name = dish->name,
            .language = content_language(request),
            .who = dish->who,
            .allergens = allergens_words(request->arena, request->language, &dish->allergens),
        };
    }
    part->count = (int64_t)part->plates_count;
}

static DishKindPart *kinds_that_come(Request *request, const Dishes *dishes, bool is_page, size_t *count) {
    DishKindPart *kinds = arena_array(request->arena, DishKindPart, COUNT(kind_order));
    *count = 0;
    for (size_t i = 0; i < COUNT(kind_order); i++) {
        Str kind = str_from_c(kind_order[i]);
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
    return str_format(request->arena, "/me%.*s/%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "")),
                      STR_FORMAT(id_text(request->arena, request->scope.organisation)), rest);
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
                                .href = is_open ? my_path(request, "/dish") : STR_ABSENT,
                                .link = is_open ? words(request, MSG("potluck", "Change")) : STR_ABSENT,
                            });
        count++;
    }
    if (!count && is_open)
        my_items_add(
            items,
            &(MyItem){
                .title = words(request, MSG("potluck", "Something for the table")),
                .words = words(request, MSG("potluck", "A cake, a salad, juice: whoever wants to brings something.")),
                .href = my_path(request, "/dish"),
                .link = words(request, MSG("potluck", "Say what you bring")),
            });
}

/* ---- the form ------------------------------------------------------- */

typedef struct DishForm {
    Str name, kind, rest;
    OptionalInt portions;
    StrList inside;
} DishForm;

static FormOptions kind_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(kind_order));
    for (size_t i = 0; i < COUNT(kind_order); i++)
        options[i] = (FormOption){str_from_c(kind_order[i]),
                                  dish_kind_words(request->arena, request->language, str_from_c(kind_order[i]))};
    return (FormOptions){options, COUNT(kind_order)};
}

static FormOptions allergen_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, ALLERGEN_COUNT);
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        options[i] = (FormOption){str_from_c(allergen_code((Allergen)i)),
                                  allergen_name(request->arena, request->language, (Allergen)i)};
    return (FormOptions){options, ALLERGEN_COUNT};
}

static FormOptions rest_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, 2);
    options[0] = (FormOption){STR("none"), words(request, MSG("potluck", "The rest is not inside"))};
    options[1] = (FormOption){STR("unknown"), words(request, MSG("potluck", "We do not know about the rest"))};
    return (FormOptions){options, 2};
}

static const FormField dish_fields[] = {
    {.name = "name",
     .kind = FIELD_LINE,
     .offset = offsetof(DishForm, name),
     .required = true,
     .most = DISH_NAME_CHARS,
     .label = MSG_INIT("potluck", "What is it"),
     .hint = MSG_INIT("potluck", "For example: cheesecake with raisins.")},
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .offset = offsetof(DishForm, kind),
     .required = true,
     .options = kind_choices,
     .label = MSG_INIT("potluck", "On which table does it stand")},
    {.name = "portions",
     .kind = FIELD_OPTIONAL_INT,
     .offset = offsetof(DishForm, portions),
     .least = 1,
     .most = DISH_PORTIONS_MOST,
     .label = MSG_INIT("potluck", "For how many people, roughly")},
    {.name = "inside",
     .kind = FIELD_SEVERAL,
     .offset = offsetof(DishForm, inside),
     .options = allergen_choices,
     .label = MSG_INIT("potluck", "What of this is inside"),
     .hint = MSG_INIT("potluck", "Tick everything that is inside, also a little of it.")},
    {.name = "rest",
     .kind = FIELD_CHOICE,
     .offset = offsetof(DishForm, rest),
     .required = true,
     .options = rest_choices,
     .label = MSG_INIT("potluck", "And what you have not ticked")},
};

static Allergens allergens_from(const DishForm *form) {
    Allergens allergens = {0};
    if (str_equal(form->rest, STR("none")))
        for (size_t i = 0; i < ALLERGEN_COUNT; i++) allergens.answers[i] = ALLERGEN_NO;
    Allergen allergen;
    for (size_t i = 0; i < form->inside.count; i++)
        if (allergen_parse(form->inside.strs[i], &allergen)) allergens.answers[allergen] = ALLERGEN_YES;
    return allergens;
}

static Id add_from_form(Request *request, const DishForm *form, Id organisation) {
    Id id = dish_add(request->tx, &(Dish){.edition = request->scope.edition,
                                          .organisation = organisation,
                                          .kind = form->kind,
                                          .name = form->name,
                                          .portions = form->portions,
                                          .allergens = allergens_from(form)});
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = request->scope.edition,
                                           .action = "dish.add",
                                           .subject = id});
    return id;
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
                            str_format(request->arena, "%.*s/%.*s/remove", STR_FORMAT(my_path(request, "/dish")),
                                       STR_FORMAT(id_text(request->arena, dish->id)))};
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
    DishForm values = {0};
    return show_my_dishes(request, form_open(request, dish_fields, COUNT(dish_fields), &values));
}

static Err my_dish_add(Request *request) {
    DishForm values = {0};
    if (!may_bring(request)) return ERR_DENIED;
    Form *form = form_open(request, dish_fields, COUNT(dish_fields), &values);
    if (!form_read(form)) return show_my_dishes(request, form);
    add_from_form(request, &values, request->scope.organisation);
    return respond_redirect(request, my_path(request, "/dish?done=1"));
}

static Err my_dish_remove(Request *request) {
    Id dish;
    if (!takes_dishes(edition_of(request))) return ERR_DENIED;
    if (!request_id(request, "dish", &dish)) return ERR_NOT_FOUND;
    Err err = dish_remove(request->tx, request->scope.edition, dish, request->scope.organisation);
    return err ? err : respond_redirect(request, my_path(request, "/dish"));
}

/* ---- the coordinator's list ------------------------------------------------------- */

static Str staff_path(Request *request, const char *rest) {
    return str_format(request->arena, "%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/potluck")), rest);
}

static void add_kinds(Request *request, const Dishes *dishes, StaffPotluckPage *page) {
    StaffPotluckPageKind *kinds = arena_array(request->arena, StaffPotluckPageKind, COUNT(kind_order));
    page->kinds = kinds;
    for (size_t k = 0; k < COUNT(kind_order); k++) {
        StaffPotluckPageKind kind = {.name =
                                         dish_kind_words(request->arena, request->language, str_from_c(kind_order[k]))};
        for (size_t i = 0; i < dishes->count; i++) {
            if (!str_equal(dishes->dishes[i].kind, str_from_c(kind_order[k]))) continue;
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
        .form = form_open(request, NULL, 0, NULL),
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
            .href = str_format(request->arena, "%.*s/%.*s/remove", STR_FORMAT(staff_path(request, "")),
                               STR_FORMAT(id_text(request->arena, dish->id))),
        };
        if (has_unknown(&dish->allergens)) page.unknown++;
    }
    add_kinds(request, &dishes, &page);
    PageOut out = page_out(request);
    page_staff_potluck(&out, &page);
    return OK;
}

static Err show_staff_dish(Request *request, Form *form) {
    DishPage page = {
        .layout = edition_layout(request, words(request, MSG("potluck", "Add a dish")), MENU_STAFF_PROGRAMME),
        .back_href = staff_path(request, ""),
        .back = words(request, MSG("potluck", "To eat and drink")),
        .heading = words(request, MSG("potluck", "Add a dish")),
        .form = form,
    };
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_dish(&out, &page);
    return OK;
}

static Err staff_dish_page(Request *request) {
    DishForm values = {0};
    return show_staff_dish(request, form_open(request, dish_fields, COUNT(dish_fields), &values));
}

static Err staff_dish_add(Request *request) {
    DishForm values = {0};
    Form *form = form_open(request, dish_fields, COUNT(dish_fields), &values);
    if (!form_read(form)) return show_staff_dish(request, form);
    add_from_form(request, &values, 0);
    return respond_redirect(request, staff_path(request, ""));
}

static Err staff_dish_remove(Request *request) {
    Id dish;
    if (!request_id(request, "dish", &dish)) return ERR_NOT_FOUND;
    Err err = dish_remove(request->tx, request->scope.edition, dish, 0);
    return err ? err : respond_redirect(request, staff_path(request, ""));
}

static const Route routes[] = {
    {METHOD_GET, "/{series}/{edition}/potluck", ROLE_ANYONE, public_list, .caching = CACHE_PUBLIC,
     .parts = 1 << PART_PROGRAMME | 1 << PART_EDITION},
    {METHOD_GET, "/{series}/{edition}/staff/potluck", ROLE_COORDINATOR, staff_list},
    {METHOD_GET, "/{series}/{edition}/staff/potluck/new", ROLE_COORDINATOR, staff_dish_page},
    {METHOD_POST, "/{series}/{edition}/staff/potluck/new", ROLE_COORDINATOR, staff_dish_add, .changes = true},
    {METHOD_POST, "/{series}/{edition}/staff/potluck/{dish}/remove", ROLE_COORDINATOR, staff_dish_remove,
     .changes = true},
    {METHOD_GET, "/me/{series}/{edition}/{organisation}/dish", ROLE_REPRESENTATIVE, my_dishes_page},
    {METHOD_POST, "/me/{series}/{edition}/{organisation}/dish", ROLE_REPRESENTATIVE, my_dish_add, .changes = true},
    {METHOD_POST, "/me/{series}/{edition}/{organisation}/dish/{dish}/remove", ROLE_REPRESENTATIVE, my_dish_remove,
     .changes = true},
};

const Room potluck_room = {
    .name = "potluck",
    .routes = routes,
    .route_count = COUNT(routes),
    .edition_part = potluck_edition_part,
    .edition_place = EDITION_PLACE_POTLUCK,
    .my_items = potluck_my_items,
    .commands = dish_commands,
    .command_count = DISH_COMMAND_COUNT,
};
