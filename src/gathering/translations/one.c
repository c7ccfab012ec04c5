// SPDX-License-Identifier: EUPL-1.2
/* One text in one language, the original beside it: for volunteers, and for whose text it is. */
#include "gathering/editions/look.h"
#include "gathering/signups/catalogue.h"
#include "gathering/translations/internal.h"
#include "platform/format/markdown.h"
#include "platform/page/conflict.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

typedef struct TranslationForm {
    Str words, version;
} TranslationForm;

static const FormField line_fields[] = {
    FORM_VERSION(TranslationForm),
    {.name = "words",
     .kind = FIELD_LINE,
     .offset = offsetof(TranslationForm, words),
     .unmarked = true,
     .most = 200,
     .label = MSG_INIT("translations", "The text in this language")},
};
static const FormField text_fields[] = {
    FORM_VERSION(TranslationForm),
    {.name = "words",
     .kind = FIELD_TEXT,
     .offset = offsetof(TranslationForm, words),
     .unmarked = true,
     .label = MSG_INIT("translations", "The text in this language")},
};
const FormTable translation_asked = {text_fields, COUNT(text_fields)};

/* What the path names, as the reader may write it. */
typedef struct One {
    const TextSource *source;
    TextOriginal original;
    TextOther stored; /* version 0: nothing */
    Str language;
    bool is_own;    /* the reader's own text */
    bool is_locked; /* whose text it is wrote it, or wants none: a volunteer leaves it */
    bool is_proposed;
} One;

static bool may_be_in(Request *request, const One *one) {
    Language language;
    if (str_equal(one->language, STR("uk-Latn")))
        return one->source->is_name && text_language_is_cyrillic(text_language(&one->original));
    return language_parse(one->language, &language) && series_speaks(series_of(request), language) &&
           str_equal(one->language, str_from_c(language_tag(language))) &&
           !str_equal(one->language, text_language(&one->original));
}

static bool one_of_path(Request *request, Id organisation, One *one) {
    Id subject;
    if (!request_id(request, "subject", &subject)) return false;
    TextsHere here = texts_here(request, organisation);
    Str field = request_parameter(request, "field");
    *one = (One){.language = request_parameter(request, "language")};
    for (size_t i = 0; i < here.sources.count && !one->source; i++) {
        const TextSource *source = &here.sources.sources[i];
        if (source->subject == subject && str_equal(str_from_c(source->field), field)) one->source = source;
    }
    if (!one->source || str_is_empty(one->source->words)) return false;
    if (!organisation && !volunteers_write(one->source)) return false;
    one->original = original_of(request, one->source);
    if (!may_be_in(request, one)) return false;
    const TextOther *other = text_other_of(&here.others, subject, one->source->field, one->language);
    one->stored = (TextOther){
        .subject = subject, .field = str_from_c(one->source->field), .language = one->language, .words = STR("")};
    if (other) one->stored = *other;
    one->is_own = organisation || (!one->source->organisation && reader_is_coordinator(request));
    bool is_theirs = one->stored.origin == TEXT_REFUSED ||
                     (one->stored.origin == TEXT_OWN && text_holds(&one->stored, &one->original));
    one->is_locked = !one->is_own && is_theirs;
    return true;
}

/* The original is part of what was seen: it may change while it is translated. */
static TranslationForm stored_values(Request *request, const One *one) {
    return (TranslationForm){.words = one->stored.words,
                             .version = str_format(request->arena, "%lld.%lld", (long long)one->stored.version,
                                                   (long long)text_original(one->original.words))};
}

static Form *open_form(Request *request, const One *one, TranslationForm *values) {
    return one->source->is_line ? form_open(request, line_fields, COUNT(line_fields), values)
                                : form_open(request, text_fields, COUNT(text_fields), values);
}

static Str origin_words(Request *request, const One *one) {
    if (one->stored.origin == TEXT_REFUSED)
        return one->is_own ? translations_said(request, MSG("translations", "You asked that nobody else gives this "
                                                                            "text in this language. What you write "
                                                                            "here yourselves is shown."))
                           : translations_said(request, MSG("translations", "Whose text it is does not want it in this "
                                                                            "language."));
    if (one->is_locked)
        return translations_said(request, MSG("translations", "Whose text it is has written it in this language "
                                                              "already."));
    if (one->stored.origin != TEXT_NONE && !text_holds(&one->stored, &one->original))
        return translations_said(request, MSG("translations", "The original has changed since: until this is put "
                                                              "right, everybody reads the original."));
    if (one->is_own && one->stored.origin == TEXT_VOLUNTEER)
        return translations_said(request, MSG("translations", "A volunteer wrote this, and so it is marked. Save it, "
                                                              "changed or not, and it is yours."));
    return STR_ABSENT;
}

static Err show(Request *request, const One *one, const Form *form, Str back) {
    Arena *arena = request->arena;
    Str heading = str_is_empty(one->source->of)
                      ? one->source->what
                      : str_format(arena, "%.*s: %.*s", STR_FORMAT(one->source->what), STR_FORMAT(one->source->of));
    Str written = text_language(&one->original);
    MenuEntry menu = one->is_own && one->source->organisation ? MENU_MY
                     : reader_is_coordinator(request)         ? MENU_STAFF_SETTINGS
                                                              : MENU_NONE;
    bool is_reader = str_equal(written, str_from_c(language_tag(request->language)));
    TranslationPage page = {
        .layout = edition_layout(request, heading, menu),
        .back_href = back,
        .is_own = one->is_own && one->source->organisation,
        .heading = heading,
        .way = from_to_words(request, one->source, one->language),
        .language = is_reader ? STR_ABSENT : written,
        .written = text_language_note(arena, request->language, written),
        .words = {markdown_html(arena, one->source->words, 3)},
        .line = one->source->is_line ? one->source->words : STR_ABSENT,
        .note = origin_words(request, one),
        .is_locked = one->is_locked,
        .is_proposed = one->is_proposed,
        .form = form,
        .action = request->path,
    };
    bool is_volunteers = one->stored.origin == TEXT_VOLUNTEER || one->stored.origin == TEXT_NONE;
    if (page.is_own && is_volunteers && !one->source->is_name)
        page.refuse_href = str_join(arena, request->path, STR("/refuse"));
    if (str_ends_with(request->path, STR("/refuse")))
        page.action = str_slice(request->path, 0, request->path.size - STR("/refuse").size);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_translation(&out, &page);
    return OK;
}

static Err page_of(Request *request, Id organisation, Str back) {
    One one;
    if (!one_of_path(request, organisation, &one)) return ERR_NOT_FOUND;
    TranslationForm values = stored_values(request, &one);
    one.is_proposed = str_equal(one.language, STR("uk-Latn")) && str_is_empty(values.words);
    if (one.is_proposed) values.words = ukrainian_in_latin(request->arena, one.source->words);
    return show(request, &one, open_form(request, &one, &values), back);
}

/* ---- saving --------------------------------------------------------------------------------------------- */

static void tell(Request *request, const One *one, const char *action) {
    Tx *tx = request->tx;
    store_audit(tx, &(AuditEntry){.person = request->who.person,
                                  .edition = request->scope.edition,
                                  .action = action,
                                  .subject = one->source->subject});
    store_changed(tx, request->scope.edition, one->source->part);
    store_changed(tx, 0, one->source->part);
    if (one->source->organisation) catalogue_follow(tx, one->source->organisation);
}

static Err keep(Request *request, One *one, Str words, TextOrigin origin) {
    one->stored.words = words;
    one->stored.original = text_original(one->original.words);
    one->stored.origin = origin;
    Err err = text_save(request->tx, &one->stored);
    if (!err) tell(request, one, origin == TEXT_REFUSED ? "text.refuse" : "text.translate");
    return err;
}

static Err save_of(Request *request, Id organisation, Str back) {
    One one;
    if (!one_of_path(request, organisation, &one)) return ERR_NOT_FOUND;
    TranslationForm stored = stored_values(request, &one), values = stored;
    Form *form = open_form(request, &one, &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, &one, form, back);
    if (one.is_locked) return ERR_DENIED;
    Str words = str_trim(values.words);
    TextOrigin origin = str_is_empty(words) ? TEXT_NONE : one.is_own ? TEXT_OWN : TEXT_VOLUNTEER;
    Err err = keep(request, &one, words, origin);
    return err ? err : respond_redirect(request, str_join(request->arena, back, STR("?done=1")));
}

static Str list_path(Request *request) { return edition_path(request->arena, edition_of(request), "/translations"); }

Err translation_page(Request *request) { return page_of(request, 0, list_path(request)); }
Err translation_save(Request *request) { return save_of(request, 0, list_path(request)); }
Err my_text_page(Request *request) { return page_of(request, request->scope.organisation, my_texts_path(request, "")); }
Err my_text_save(Request *request) { return save_of(request, request->scope.organisation, my_texts_path(request, "")); }

Err my_text_refuse(Request *request) {
    One one;
    if (!one_of_path(request, request->scope.organisation, &one)) return ERR_NOT_FOUND;
    TranslationForm stored = stored_values(request, &one);
    Form *form = open_form(request, &one, &stored);
    if (!form_step_is_current(form)) return show(request, &one, form, my_texts_path(request, ""));
    Err err = keep(request, &one, STR(""), TEXT_REFUSED);
    return err ? err : respond_redirect(request, my_texts_path(request, "?done=1"));
}
