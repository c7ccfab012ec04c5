// SPDX-License-Identifier: EUPL-1.2
/* The day's frame: its list, and the form of one part of it. Times are typed as those of the edition's zone. */
#include "gathering/editions/edition_form.h"
#include "gathering/editions/things.h"

#include "editions_sql.h"
#include "platform/page/respond.h"

typedef struct SectionForm {
    Str kind, title, from, to, space, version;
    bool is_protected;
} SectionForm;

static FormOptions kind_choices(Request *request, void *context) {
    (void)context;
    StrList kinds = frame_kinds(request->arena);
    FormOption *options = arena_array(request->arena, FormOption, kinds.count);
    for (size_t i = 0; i < kinds.count; i++)
        options[i] = (FormOption){kinds.strs[i], frame_kind_words(request->arena, request->language, kinds.strs[i])};
    return (FormOptions){options, kinds.count};
}

static FormOptions space_choices(Request *request, void *context) {
    (void)context;
    Spaces spaces = edition_spaces(request->tx, request->scope.edition);
    FormOption *options = arena_array(request->arena, FormOption, spaces.count + 1);
    options[0] = (FormOption){STR(""), say(request->arena, request->language, MSG("editions", "not told"))};
    for (size_t i = 0; i < spaces.count; i++)
        options[i + 1] = (FormOption){id_text(request->arena, spaces.spaces[i].id), spaces.spaces[i].name};
    return (FormOptions){options, spaces.count + 1};
}

static const FormField section_fields[] = {
    {.name = "kind",
     .kind = FIELD_CHOICE,
     .offset = offsetof(SectionForm, kind),
     .required = true,
     .label = MSG_INIT("editions", "What happens"),
     .options = kind_choices},
    {.name = "title",
     .kind = FIELD_LINE,
     .offset = offsetof(SectionForm, title),
     .most = 120,
     .label = MSG_INIT("editions", "Title in the programme"),
     .hint = MSG_INIT("editions", "Left empty, what happens is the title.")},
    {.name = "from",
     .kind = FIELD_TIME,
     .offset = offsetof(SectionForm, from),
     .required = true,
     .label = MSG_INIT("editions", "From what time")},
    {.name = "to",
     .kind = FIELD_TIME,
     .offset = offsetof(SectionForm, to),
     .required = true,
     .label = MSG_INIT("editions", "To what time")},
    {.name = "is_protected",
     .kind = FIELD_CHECK,
     .offset = offsetof(SectionForm, is_protected),
     .label = MSG_INIT("editions", "This is free time: nothing shortens it")},
    {.name = "space",
     .kind = FIELD_CHOICE,
     .offset = offsetof(SectionForm, space),
     .is_guarded = true,
     .label = MSG_INIT("editions", "In which room"),
     .options = space_choices},
    FORM_VERSION(SectionForm),
};

/* ---- one part --------------------------------------------------------------------------------------- */

static Str local_time(Request *request, int64_t ms) {
    Civil civil = zone_civil(edition_of(request)->zone, ms);
    return clock_time(request->arena, &civil);
}

/* A new part begins where the last one ends. */
static void begin_section(Request *request, void *values) {
    SectionForm *form = values;
    *form = (SectionForm){
        .kind = STR(""), .title = STR(""), .from = STR(""), .to = STR(""), .space = STR(""), .version = STR("")};
    Frame frame = edition_frame(request->tx, request->scope.edition);
    const Edition *edition = edition_of(request);
    if (frame.count) form->from = local_time(request, frame.sections[frame.count - 1].ends_ms);
    else if (edition->starts_ms.given) form->from = local_time(request, edition->starts_ms.value);
}

static bool load_section(Request *request, Id id, void *values) {
    Frame frame = edition_frame(request->tx, request->scope.edition);
    for (size_t i = 0; i < frame.count; i++) {
        const FrameSection *section = &frame.sections[i];
        if (section->id != id) continue;
        *(SectionForm *)values = (SectionForm){
            .kind = section->kind,
            .title = section->title,
            .from = local_time(request, section->starts_ms),
            .to = local_time(request, section->ends_ms),
            .space = section->space ? id_text(request->arena, section->space) : STR(""),
            .version = form_version(request->arena, section->version),
            .is_protected = section->is_protected,
        };
        return true;
    }
    return false;
}

static Err save_section(Request *request, Form *form, Id id, const void *values) {
    const SectionForm *typed = values;
    const Edition *edition = edition_of(request);
    FrameSection section = {.kind = typed->kind, .title = typed->title, .is_protected = typed->is_protected};
    if (!moment_of(edition->zone, edition_day(edition), typed->from, &section.starts_ms) ||
        !moment_of(edition->zone, edition_day(edition), typed->to, &section.ends_ms)) {
        form_refuse(form, NULL,
                    say(request->arena, request->language,
                        MSG("editions", "Give the edition its date first: day, month and year.")));
        return OK;
    }
    if (section.ends_ms <= section.starts_ms) {
        form_refuse(
            form, "to",
            say(request->arena, request->language, MSG("editions", "The end must be later than the beginning.")));
        return OK;
    }
    if (!str_is_empty(typed->space) && !id_parse(typed->space, &section.space)) section.space = 0;
    if (!id) {
        edition_add_section(request->tx, edition->id, &section);
        return OK;
    }
    section.id = id;
    section.version = form_version_number(typed->version);
    return edition_update_section(request->tx, edition->id, &section);
}

static bool remove_section(Request *request, Id id) {
    texts_forget(request->tx, id);
    return editions_sql_remove_section(request->tx, request->scope.edition, id) > 0;
}

const Thing section_thing = {
    .path = "sections",
    .list = "/staff/settings/frame",
    .new_heading = MSG_INIT("editions", "A new part of the day"),
    .heading = MSG_INIT("editions", "A part of the day"),
    .remove = MSG_INIT("editions", "Remove this part"),
    .fields = section_fields,
    .fields_count = COUNT(section_fields),
    .values_size = sizeof(SectionForm),
    .begin = begin_section,
    .load = load_section,
    .save = save_section,
    .remove_one = remove_section,
};

/* ---- the whole day ---------------------------------------------------------------------------------- */

static Str thing_href(Request *request, const char *things, Id id) {
    return str_format(request->arena, "%.*s/staff/settings/%s/%.*s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "")), things,
                      STR_FORMAT(id_text(request->arena, id)));
}

static ThingsPageGroupRow section_row(Request *request, const Frame *frame, size_t index) {
    const FrameSection *section = &frame->sections[index];
    Str kind = frame_kind_words(request->arena, request->language, section->kind);
    bool is_titled = !str_is_empty(section->title);
    return (ThingsPageGroupRow){
        .what = str_format(request->arena, "%.*s–%.*s %.*s", STR_FORMAT(local_time(request, section->starts_ms)),
                           STR_FORMAT(local_time(request, section->ends_ms)),
                           STR_FORMAT(is_titled ? section->title : kind)),
        .who = is_titled ? kind : STR_ABSENT,
        .tag =
            section->is_protected ? say(request->arena, request->language, MSG("editions", "free time")) : STR_ABSENT,
        .warning = frame_warning_words(request->arena, request->language, edition_of(request), frame, index),
        .href = thing_href(request, "sections", section->id),
    };
}

static void propose(Request *request, ThingsPage *page) {
    Frame frame = frame_propose(request->arena, edition_of(request));
    ThingsPageProposed *parts = arena_array(request->arena, ThingsPageProposed, frame.count);
    for (size_t i = 0; i < frame.count; i++)
        parts[i] = (ThingsPageProposed){
            .when =
                str_format(request->arena, "%.*s–%.*s", STR_FORMAT(local_time(request, frame.sections[i].starts_ms)),
                           STR_FORMAT(local_time(request, frame.sections[i].ends_ms))),
            .what = frame_kind_words(request->arena, request->language, frame.sections[i].kind),
        };
    page->proposed = parts;
    page->proposed_count = frame.count;
    page->propose = edition_path(request->arena, edition_of(request), "/staff/settings/frame/propose");
}

/* Who comes second, or a day that cannot be proposed, finds the day as it is by now: nothing of theirs was typed. */
Err frame_take_proposed(Request *request) {
    (void)edition_take_proposed_frame(request->tx, edition_of(request));
    return respond_redirect(request, edition_path(request->arena, edition_of(request), section_thing.list));
}

Err frame_page(Request *request) {
    const Edition *edition = edition_of(request);
    Frame frame = edition_frame(request->tx, edition->id);
    ThingsPageGroupRow *rows = arena_array(request->arena, ThingsPageGroupRow, frame.count);
    for (size_t i = 0; i < frame.count; i++) rows[i] = section_row(request, &frame, i);
    ThingsPageGroup group = {
        .rows = rows,
        .rows_count = frame.count,
        .nothing = say(request->arena, request->language, MSG("editions", "The day has no parts yet.")),
        .new_label = say(request->arena, request->language, MSG("editions", "Add a part of the day")),
        .new_href = edition_path(request->arena, edition, "/staff/settings/sections/new"),
    };
    Str title = say(request->arena, request->language, MSG("editions", "The day"));
    ThingsPage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .heading = title,
        .lead = edition_when(request->arena, edition, request->language),
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .groups = &group,
        .groups_count = 1,
        .form = form_open(request, NULL, 0, NULL),
    };
    if (!frame.count && frame_can_be_proposed(edition)) propose(request, &page);
    PageOut out = page_out(request);
    page_things(&out, &page);
    return OK;
}
