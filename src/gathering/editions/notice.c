// SPDX-License-Identifier: EUPL-1.2
/* What is said where data is collected: by language, in numbered versions that stay. */
#include "gathering/editions/internal.h"

#include "editions_sql.h"
#include "platform/format/markdown.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static Str default_words(Arena *arena, const Series *series, Language language) {
    Str who = str_is_empty(series->organiser) ? series->name : series->organiser;
    Str how = str_is_empty(series->email) ? series->phone : series->email;
    return say(arena, language,
               MSG("editions",
                   "Your data are kept by {who}. We need them to arrange this gathering with you, to tell "
                   "you of changes and to give you your plan. "
                   "The name of your organisation and what it does are public only if you agree to it, and "
                   "you can take that back at any time; what you offer for the programme yourselves "
                   "stands there with your name. Your own name, telephone and e-mail are not public. "
                   "We keep your contact for two years after the last gathering you took part in, and your "
                   "remarks and what you tell us of access needs for 90 days after the day. "
                   "On the page “My data” you see what we keep about you, download it, correct it and erase "
                   "it; or ring us, and we do it for you. You may complain to the data protection authority. "
                   "Questions: {how}"),
               SAY_TEXT("who", who), SAY_TEXT("how", how));
}

static Str language_text(Language language) { return str_from_c(language_tag(language)); }

/* Kept words of the program stand while it would say the same: its contact may have changed, or the program. */
Notice notice_current(Tx *tx, const Series *series, Language language) {
    EditionsLatestNoticeRow row = {0};
    bool is_kept = editions_sql_latest_notice(tx, series->id, language_text(language), &row);
    if (is_kept && !row.is_suggested) return (Notice){row.id, row.number, row.words, row.created_ms};
    Str words = default_words(tx_arena(tx), series, language);
    if (is_kept && str_equal(row.words, words)) return (Notice){row.id, row.number, row.words, row.created_ms};
    return (Notice){.words = words};
}

bool notice_is_own(Tx *tx, const Series *series, Language language) {
    EditionsLatestNoticeRow row = {0};
    return editions_sql_latest_notice(tx, series->id, language_text(language), &row) && !row.is_suggested;
}

static Id keep_words(Tx *tx, const Series *series, Language language, Str words, bool is_suggested) {
    EditionsLatestNoticeRow row = {0};
    editions_sql_latest_notice(tx, series->id, language_text(language), &row);
    Id id = tx_new_id(tx);
    editions_sql_add_notice(tx, id, series->id, language_text(language), row.number + 1, words, is_suggested,
                            tx_now_ms(tx));
    return id;
}

Id notice_keep(Tx *tx, const Series *series, Language language) {
    Notice now = notice_current(tx, series, language);
    return now.id ? now.id : keep_words(tx, series, language, now.words, true);
}

Html notice_html(Arena *arena, const Notice *notice, int top_heading) {
    return (Html){markdown_html(arena, notice->words, top_heading)};
}

bool notice_set(Tx *tx, const Series *series, Language language, Str words) {
    Notice now = notice_current(tx, series, language);
    if (str_equal(now.words, words)) return false;
    Id id = keep_words(tx, series, language, words, false);
    store_audit(tx, &(AuditEntry){.action = "notice.change", .subject = id});
    return true;
}

/* ---- its page --------------------------------------------------------------------------------------- */

enum { NOTICE_CHARS = 8000 };
typedef struct NoticeForm {
    Str words[LANGUAGE_COUNT];
    Str version; /* of all three: "2.1.1" */
} NoticeForm;

static const FormField notice_fields[] = {
    {.name = "pl",
     .kind = FIELD_TEXT,
     .offset = offsetof(NoticeForm, words[LANGUAGE_PL]),
     .required = true,
     .most = NOTICE_CHARS,
     .label = MSG_INIT("editions", "In Polish"),
     .hint = MSG_INIT("editions",
                      "An empty line begins a new paragraph; a line that begins with a dash is a point of a list.")},
    {.name = "en",
     .kind = FIELD_TEXT,
     .offset = offsetof(NoticeForm, words[LANGUAGE_EN]),
     .required = true,
     .most = NOTICE_CHARS,
     .label = MSG_INIT("editions", "In English")},
    {.name = "uk",
     .kind = FIELD_TEXT,
     .offset = offsetof(NoticeForm, words[LANGUAGE_UK]),
     .required = true,
     .most = NOTICE_CHARS,
     .label = MSG_INIT("editions", "In Ukrainian")},
    FORM_VERSION(NoticeForm),
};
const FormTable notice_asked = {notice_fields, COUNT(notice_fields)};

static NoticeForm notice_form_of(Request *request) {
    NoticeForm form;
    Buffer version = buffer_in(request->arena);
    for (Language language = 0; language < LANGUAGE_COUNT; language++) {
        Notice now = notice_current(request->tx, &edition_of(request)->series, language);
        form.words[language] = now.words;
        buffer_format(&version, "%s%lld", version.size ? "." : "", (long long)now.number);
    }
    form.version = buffer_str(&version);
    return form;
}

static Err show(Request *request, const Form *form) {
    const Edition *edition = edition_of(request);
    Notice now = notice_current(request->tx, &edition->series, request->language);
    Civil day = zone_civil(edition->zone, now.created_ms);
    Str title = say(request->arena, request->language, MSG("editions", "What we do with people’s data"));
    NoticePage page = {
        .layout = edition_layout(request, title, MENU_STAFF_SETTINGS),
        .form = form,
        .back = edition_path(request->arena, edition, "/staff/settings"),
        .version = now.id ? say(request->arena, request->language, MSG("editions", "Version {number}, from {date}"),
                                SAY_INT("number", now.number),
                                SAY_TEXT("date", date_day_month_year(request->arena, request->language, &day)))
                          : say(request->arena, request->language,
                                MSG("editions", "These are the words the program suggests.")),
    };
    told_versions(request, &page);
    page.layout.is_refused = !form_ok(form);
    PageOut out = page_out(request);
    page_notice(&out, &page);
    return OK;
}

Err notice_page(Request *request) {
    NoticeForm values = notice_form_of(request);
    return show(request, form_open(request, notice_fields, COUNT(notice_fields), &values));
}

Err notice_change(Request *request) {
    NoticeForm values = {0}, stored = notice_form_of(request);
    Form *form = form_open(request, notice_fields, COUNT(notice_fields), &values);
    if (!form_read(form) || !form_is_current(form, &stored)) return show(request, form);
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        notice_set(request->tx, &edition_of(request)->series, language, values.words[language]);
    return respond_redirect(request, edition_path(request->arena, edition_of(request), "/staff/settings?saved=1"));
}
