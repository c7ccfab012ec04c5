// SPDX-License-Identifier: EUPL-1.2
#include "gathering/potluck/dish_form.h"
#include "platform/page/typed.h"

#include "potluck_sql.h"

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* ---- choices ------------------------------------------------------- */

static FormOptions kind_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, DISH_KIND_COUNT);
    for (size_t i = 0; i < DISH_KIND_COUNT; i++)
        options[i] = (FormOption){dish_kind(i), dish_kind_words(request->arena, request->language, dish_kind(i))};
    return (FormOptions){options, DISH_KIND_COUNT};
}

/* Of none, where the form is not open and only the words of its choices are asked for. */
static const Dish *dish_of(const void *context) {
    static const Dish none;
    return context ? context : &none;
}

static FormOptions who_choices(Request *request, void *context) {
    const Dish *dish = dish_of(context);
    PotluckOrganisationsRows rows = potluck_sql_organisations(request->tx, request->scope.edition);
    FormOption *options = arena_array(request->arena, FormOption, rows.count + 2);
    size_t count = 0;
    bool is_there = !dish->organisation; /* it may have withdrawn, and still brings its cake */
    options[count++] = (FormOption){STR("none"), words(request, MSG("potluck", "nobody of the list"))};
    for (size_t i = 0; i < rows.count; i++) {
        options[count++] = (FormOption){id_text(request->arena, rows.rows[i].id), rows.rows[i].name};
        is_there |= rows.rows[i].id == dish->organisation;
    }
    if (!is_there) options[count++] = (FormOption){id_text(request->arena, dish->organisation), dish->who};
    return (FormOptions){options, count};
}

static FormOptions allergen_choices(Request *request, void *context) {
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, ALLERGEN_COUNT);
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        options[i] = (FormOption){str_from_c(allergen_code((Allergen)i)),
                                  allergen_name(request->arena, request->language, (Allergen)i)};
    return (FormOptions){options, ALLERGEN_COUNT};
}

static bool has_answer(const Allergens *allergens, AllergenAnswer answer) {
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        if (allergens->answers[i] == answer) return true;
    return false;
}

/* Some are known not to be inside and some are not known: one answer for the rest cannot say that. */
static bool is_mixed(const Allergens *allergens) {
    return has_answer(allergens, ALLERGEN_NO) && has_answer(allergens, ALLERGEN_UNKNOWN);
}

static FormOptions rest_choices(Request *request, void *context) {
    const Dish *dish = dish_of(context);
    FormOption *options = arena_array(request->arena, FormOption, 3);
    size_t count = 0;
    options[count++] = (FormOption){STR("none"), words(request, MSG("potluck", "The rest is not inside"))};
    options[count++] = (FormOption){STR("unknown"), words(request, MSG("potluck", "We do not know about the rest"))};
    if (dish->id && is_mixed(&dish->allergens))
        options[count++] = (FormOption){STR("kept"), words(request, MSG("potluck", "The rest stays as it was told"))};
    return (FormOptions){options, count};
}

/* ---- fields ------------------------------------------------------- */

#define NAME_FIELD                                                                                \
    {                                                                                             \
        .name = "name", .kind = FIELD_LINE, .offset = offsetof(DishForm, name), .required = true, \
        .most = DISH_NAME_CHARS, .label = MSG_INIT("potluck", "What is it"),                      \
        .hint = MSG_INIT("potluck", "For example: cheesecake with raisins.")                      \
    }
#define DISH_FIELDS                                                                            \
    {.name = "kind",                                                                           \
     .kind = FIELD_CHOICE,                                                                     \
     .offset = offsetof(DishForm, kind),                                                       \
     .required = true,                                                                         \
     .options = kind_choices,                                                                  \
     .label = MSG_INIT("potluck", "On which table does it stand")},                            \
        {.name = "portions",                                                                   \
         .kind = FIELD_OPTIONAL_INT,                                                           \
         .offset = offsetof(DishForm, portions),                                               \
         .least = 1,                                                                           \
         .most = DISH_PORTIONS_MOST,                                                           \
         .label = MSG_INIT("potluck", "For how many people, roughly")},                        \
        {.name = "inside",                                                                     \
         .kind = FIELD_SEVERAL,                                                                \
         .offset = offsetof(DishForm, inside),                                                 \
         .options = allergen_choices,                                                          \
         .label = MSG_INIT("potluck", "What of this is inside"),                               \
         .hint = MSG_INIT("potluck", "Tick everything that is inside, also a little of it.")}, \
        {.name = "rest",                                                                       \
         .kind = FIELD_CHOICE,                                                                 \
         .offset = offsetof(DishForm, rest),                                                   \
         .required = true,                                                                     \
         .options = rest_choices,                                                              \
         .label = MSG_INIT("potluck", "And what you have not ticked")},                        \
        FORM_VERSION(DishForm)

const FormField dish_own_fields[] = {NAME_FIELD, DISH_FIELDS};
const size_t dish_own_count = COUNT(dish_own_fields);
const FormTable dish_own_asked = {dish_own_fields, COUNT(dish_own_fields)};

const FormField dish_staff_fields[] = {
    NAME_FIELD,
    {.name = "organisation",
     .kind = FIELD_CHOICE,
     .offset = offsetof(DishForm, organisation),
     .required = true,
     .is_guarded = true,
     .options = who_choices,
     .label = MSG_INIT("potluck", "Who brings it")},
    DISH_FIELDS,
};
const size_t dish_staff_count = COUNT(dish_staff_fields);
const FormTable dish_staff_asked = {dish_staff_fields, COUNT(dish_staff_fields)};

/* ---- values ------------------------------------------------------- */

static StrList inside_of(Arena *arena, const Allergens *allergens) {
    StrList inside = {arena_array(arena, Str, ALLERGEN_COUNT), 0};
    for (size_t i = 0; i < ALLERGEN_COUNT; i++)
        if (allergens->answers[i] == ALLERGEN_YES) inside.strs[inside.count++] = str_from_c(allergen_code((Allergen)i));
    return inside;
}

static Str rest_of(const Allergens *allergens) {
    if (is_mixed(allergens)) return STR("kept");
    return has_answer(allergens, ALLERGEN_UNKNOWN) ? STR("unknown") : STR("none");
}

DishForm dish_form_values(Request *request, const Dish *dish) {
    Str who = dish->organisation ? id_text(request->arena, dish->organisation) : STR("none");
    if (!dish->id)
        return (DishForm){.name = STR(""),
                          .kind = STR(""),
                          .organisation = STR("none"),
                          .rest = STR(""), /* nobody's answer: it is given, not left standing */
                          .version = STR("")};
    return (DishForm){
        .name = dish->name,
        .kind = dish->kind,
        .organisation = who,
        .rest = rest_of(&dish->allergens),
        .version = form_version(request->arena, dish->version),
        .portions = dish->portions,
        .inside = inside_of(request->arena, &dish->allergens),
    };
}

Form *dish_form_open(Request *request, bool is_staff, const Dish *dish, DishForm *values) {
    Form *form = is_staff ? form_open(request, dish_staff_fields, dish_staff_count, values)
                          : form_open(request, dish_own_fields, dish_own_count, values);
    form_set_context(form, (void *)dish); /* only read */
    return form;
}

/* What is no longer ticked is not known: it may have been ticked by mistake, or not. */
static Allergens allergens_from(const DishForm *typed, const Allergens *before) {
    bool is_kept = str_equal(typed->rest, STR("kept")), is_none = str_equal(typed->rest, STR("none"));
    Allergens allergens = {0};
    for (size_t i = 0; i < ALLERGEN_COUNT; i++) {
        if (is_none) allergens.answers[i] = ALLERGEN_NO;
        else if (is_kept && before->answers[i] == ALLERGEN_NO) allergens.answers[i] = ALLERGEN_NO;
    }
    Allergen allergen;
    for (size_t i = 0; i < typed->inside.count; i++)
        if (allergen_parse(typed->inside.strs[i], &allergen)) allergens.answers[allergen] = ALLERGEN_YES;
    return allergens;
}

void dish_form_take(const DishForm *typed, bool is_staff, Dish *dish) {
    dish->name = typed->name;
    dish->kind = typed->kind;
    dish->portions = typed->portions;
    dish->allergens = allergens_from(typed, &dish->allergens);
    if (is_staff && !id_parse(typed->organisation, &dish->organisation)) dish->organisation = 0;
}
