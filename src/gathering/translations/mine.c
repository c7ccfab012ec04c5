// SPDX-License-Identifier: EUPL-1.2
/* An organisation's own texts, and in which languages they are. */
#include "gathering/editions/look.h"
#include "gathering/organisations/organisations.h"
#include "gathering/signups/catalogue.h"
#include "gathering/translations/internal.h"
#include "platform/base/utf8.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

Str my_texts_path(Request *request, const char *rest) {
    return str_join(request->arena,
                    edition_my_path(request->arena, edition_of(request), request->scope.organisation, "/languages"),
                    str_from_c(rest));
}

typedef struct WrittenForm {
    Str written_in, version;
} WrittenForm;

static FormOptions written_options(Request *request, void *context) {
    static const char *const tags[] = {"pl", "uk", "en", "be", "ru", "de"};
    (void)context;
    FormOption *options = arena_array(request->arena, FormOption, COUNT(tags));
    for (size_t i = 0; i < COUNT(tags); i++)
        options[i] = (FormOption){str_from_c(tags[i]),
                                  text_language_name(request->arena, request->language, str_from_c(tags[i]))};
    return (FormOptions){options, COUNT(tags)};
}

static const FormField written_fields[] = {
    FORM_VERSION(WrittenForm),
    {.name = "written_in",
     .kind = FIELD_CHOICE,
     .offset = offsetof(WrittenForm, written_in),
     .label = MSG_INIT("translations", "In which language do you write?"),
     .hint = MSG_INIT("translations", "Any will do; screen readers then read your words aloud rightly."),
     .options = written_options},
};
const FormTable my_texts_asked = {written_fields, COUNT(written_fields)};

/* ---- the list ------------------------------------------------------------------------------------------- */

static MyTextsPageTextVersion version_of(Request *request, const TextsHere *here, const TextSource *source, Str tag) {
    const TextOther *other = text_other_of(&here->others, source->subject, source->field, tag);
    MyTextsPageTextVersion one = {
        .language = text_language_name(request->arena, request->language, tag),
        .href = text_path(request, my_texts_path(request, ""), source, tag),
        .is_refused = other && other->origin == TEXT_REFUSED,
    };
    TextState state = text_state(request, here, source, tag);
    one.is_changed = state == TEXT_CHANGED;
    one.is_lacking = state == TEXT_LACKS;
    one.is_volunteers = state == TEXT_THERE && other && other->origin == TEXT_VOLUNTEER;
    return one;
}

static void add_versions(Request *request, const TextsHere *here, const TextSource *source, MyTextsPageText *text) {
    TextOriginal original = original_of(request, source);
    Str written = text_language(&original);
    MyTextsPageTextVersion *versions = arena_array(request->arena, MyTextsPageTextVersion, LANGUAGE_COUNT + 1);
    text->versions = versions;
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Str tag = str_from_c(language_tag(language));
        if (str_equal(tag, written) || !series_speaks(series_of(request), language)) continue;
        versions[text->versions_count++] = version_of(request, here, source, tag);
    }
    if (source->is_name && text_language_is_cyrillic(written))
        versions[text->versions_count++] = version_of(request, here, source, STR("uk-Latn"));
}

static Err show(Request *request, const Form *form) {
    TextsHere here = texts_here(request, request->scope.organisation);
    MyTextsPageText *texts = arena_array(request->arena, MyTextsPageText, here.sources.count);
    MyTextsPage page = {
        .layout = edition_layout(
            request, translations_said(request, MSG("translations", "Your texts in other languages")), MENU_MY),
        .back_href = edition_my_path(request->arena, edition_of(request), request->scope.organisation, ""),
        .organisation = organisation_name_of(request),
        .texts = texts,
        .form = form,
        .action = request->path,
    };
    for (size_t i = 0; i < here.sources.count; i++) {
        const TextSource *source = &here.sources.sources[i];
        if (!source->subject || str_is_empty(source->words)) continue;
        MyTextsPageText *text = &texts[page.texts_count++];
        TextOriginal original = original_of(request, source);
        *text = (MyTextsPageText){
            .what = source->what,
            .words = utf8_cut(source->words, 160),
            .language = text_language(&original),
        };
        add_versions(request, &here, source, text);
    }
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = translations_said(request, MSG("translations", "Saved. Thank you."));
    PageOut out = page_out(request);
    page_my_texts(&out, &page);
    return OK;
}

static WrittenForm values_of(Request *request, const Organisation *organisation) {
    return (WrittenForm){organisation->written_in, form_version(request->arena, organisation->version)};
}

Err my_texts_page(Request *request) {
    Organisation organisation;
    if (!organisation_get(request->tx, request->scope.organisation, &organisation)) return ERR_NOT_FOUND;
    WrittenForm values = values_of(request, &organisation);
    return show(request, form_open(request, written_fields, COUNT(written_fields), &values));
}

Err my_texts_save(Request *request) {
    Organisation organisation;
    if (!organisation_get(request->tx, request->scope.organisation, &organisation)) return ERR_NOT_FOUND;
    WrittenForm stored = values_of(request, &organisation), values = stored;
    Form *form = form_open(request, written_fields, COUNT(written_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, form);
    organisation_set_written_in(request->tx, organisation.id, values.written_in);
    store_changed(request->tx, request->scope.edition, PART_DIRECTORY);
    store_changed(request->tx, 0, PART_DIRECTORY);
    return respond_redirect(request, my_texts_path(request, "?done=1"));
}

/* ---- in "my gathering" ------------------------------------------------------------------------------------ */

static int64_t count_volunteers(const TextsHere *here) {
    int64_t count = 0;
    for (size_t i = 0; i < here->others.count; i++) count += here->others.others[i].origin == TEXT_VOLUNTEER;
    return count;
}

void translations_my_items(Request *request, MyItems *items) {
    TextsHere here = texts_here(request, request->scope.organisation);
    if (!here.sources.count) return;
    int64_t written = count_volunteers(&here);
    Str words = translations_said(request, MSG("translations", "Your name in other letters, your description and your "
                                                               "talk in other languages: whoever comes reads them."));
    if (written)
        words = say(request->arena, request->language,
                    MSG_PLURAL("translations",
                               "A volunteer has translated {count} text of yours. Look whether it is "
                               "right.",
                               "Volunteers have translated {count} texts of yours. Look whether they are right."),
                    SAY_INT("count", written));
    my_items_add(items, &(MyItem){
                            .is_invitation = true, /* nothing of the day: not on its sheet */
                            .title = translations_said(request, MSG("translations", "Your texts in other languages")),
                            .words = words,
                            .href = my_texts_path(request, ""),
                            .link = translations_said(request, MSG("translations", "Look at them")),
                        });
}
