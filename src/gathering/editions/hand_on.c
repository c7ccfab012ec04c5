// SPDX-License-Identifier: EUPL-1.2
/* Letters that wait where no mail server is set: a coordinator sends them from their own mail program, many at once,
 * and says so. What a person handed on and what a mail server took stay two states. */
#include "gathering/editions/internal.h"
#include "platform/format/zip.h"
#include "platform/jobs/mail_letter.h"
#include "platform/page/respond.h"

enum {
    SHOWN_MOST = 250,         /* letters on the page: what is over comes when these are gone */
    CAME_SINCE_MOST = 2000,   /* that may stand before them by the time they are packed */
    ADDRESSES_AT_ONCE = 50,   /* what mail providers take in one letter */
    LINK_LONGEST_BYTES = 1900 /* what Windows hands to a mail program */
};

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

/* Without the addresses that sign somebody in: coordinators are not to have those. */
static OutboxToHands letters_of(Request *request, size_t most) {
    OutboxToHands found = outbox_to_hand(request->tx, request->scope.edition, most);
    for (size_t i = 0; i < found.count; i++)
        found.letters[i].message.body = mail_without_secrets(request->arena, found.letters[i].message.body);
    return found;
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static Str short_mailto(Request *request, const OutboxMessage *message) {
    Str href = mail_link(request->arena, message->to_address, message->subject, message->body);
    return href.size <= LINK_LONGEST_BYTES ? href : STR_ABSENT;
}

static void fill_chunks(Request *request, const OutboxToHand *const *letters, size_t count, HandOnPageGroup *group) {
    size_t chunks = (count + ADDRESSES_AT_ONCE - 1) / ADDRESSES_AT_ONCE;
    HandOnPageGroupChunk *filled = arena_array(request->arena, HandOnPageGroupChunk, chunks);
    for (size_t i = 0; i < chunks; i++) {
        Buffer addresses = buffer_in(request->arena);
        size_t first = i * ADDRESSES_AT_ONCE,
               end = first + ADDRESSES_AT_ONCE < count ? first + ADDRESSES_AT_ONCE : count;
        for (size_t k = first; k < end; k++)
            buffer_format(&addresses, "%s%.*s", k > first ? ", " : "", STR_FORMAT(letters[k]->message.to_address));
        filled[i] = (HandOnPageGroupChunk){(int64_t)first + 1, (int64_t)end, buffer_str(&addresses)};
    }
    group->chunks = filled;
    group->chunks_count = chunks;
}

static int64_t newest_ms(const OutboxToHand *const *letters, size_t count) {
    int64_t newest = 0;
    for (size_t i = 0; i < count; i++)
        if (letters[i]->written_ms > newest) newest = letters[i]->written_ms;
    return newest;
}

static HandOnPageGroup group_of(Request *request, Id mailing, const OutboxToHand *const *letters, size_t count) {
    Str base = edition_path(request->arena, edition_of(request), "/staff/mail/");
    HandOnPageGroup group = {
        .heading = mailing ? letters[0]->message.subject : words(request, MSG("editions", "Letters to one each")),
        .count = (int64_t)count,
        .is_of_many = mailing != 0,
        .zip_href = str_format(request->arena, "%.*shand-on/letters.zip?of=%.*s&to=%.*s&until=%lld", STR_FORMAT(base),
                               STR_FORMAT(mailing ? id_text(request->arena, mailing) : STR("others")),
                               STR_FORMAT(id_text(request->arena, letters[count - 1]->id)),
                               (long long)newest_ms(letters, count)),
    };
    HandOnPageGroupLetter *rows = arena_array(request->arena, HandOnPageGroupLetter, count);
    for (size_t i = 0; i < count; i++) {
        const OutboxMessage *message = &letters[i]->message;
        Str id = id_text(request->arena, letters[i]->id);
        bool is_masked = str_index_of(message->body, STR("/s/…")) >= 0;
        group.is_differing |= i > 0 && (!str_equal(message->body, letters[0]->message.body) ||
                                        !str_equal(message->subject, letters[0]->message.subject));
        rows[i] = (HandOnPageGroupLetter){
            .pick = id,
            .name = str_is_empty(message->to_name) ? message->subject : message->to_name,
            .address = mailing ? message->to_address
                               : str_format(request->arena, "%.*s\u00a0· %.*s", STR_FORMAT(message->to_address),
                                            STR_FORMAT(message->subject)),
            .href = str_join(request->arena, base, id),
            .mailto = short_mailto(request, message),
            .is_masked = is_masked,
        };
    }
    group.letters = rows;
    group.letters_count = count;
    fill_chunks(request, letters, count, &group);
    return group;
}

/* A group for each letter to many, in the order they were written; what went to one alone is a group too. */
static void fill_groups(Request *request, const OutboxToHands *found, HandOnPage *page) {
    HandOnPageGroup *groups = arena_array(request->arena, HandOnPageGroup, found->count);
    const OutboxToHand **own = arena_array(request->arena, const OutboxToHand *, found->count);
    bool *is_done = arena_array(request->arena, bool, found->count);
    for (size_t i = 0; i < found->count; i++) is_done[i] = false;
    for (size_t i = 0; i < found->count; i++) {
        if (is_done[i]) continue;
        Id mailing = found->letters[i].message.mailing;
        size_t count = 0;
        const OutboxToHand **first = own;
        for (size_t k = i; k < found->count; k++) {
            if (found->letters[k].message.mailing != mailing) continue;
            own[count++] = &found->letters[k];
            is_done[k] = true;
        }
        groups[page->groups_count++] = group_of(request, mailing, first, count);
        own += count;
    }
    page->groups = groups;
}

static int64_t told(const Request *request, const char *name) {
    int64_t count;
    return str_to_int(fields_get(&request->query, str_from_c(name)), &count) && count > 0 ? count : 0;
}

static Str done_words(Request *request) {
    int64_t done = told(request, "done"), late = told(request, "late");
    Buffer out = buffer_in(request->arena);
    if (done)
        buffer_add(&out, say(request->arena, request->language,
                             MSG_PLURAL("editions", "{count} letter is marked as handed on by you.",
                                        "{count} letters are marked as handed on by you."),
                             SAY_INT("count", done)));
    if (done && late) buffer_add_char(&out, ' ');
    if (late)
        buffer_add(&out, say(request->arena, request->language,
                             MSG_PLURAL("editions", "{count} did not wait any more: somebody was faster.",
                                        "{count} did not wait any more: somebody was faster."),
                             SAY_INT("count", late)));
    return out.size ? buffer_str(&out) : STR_ABSENT;
}

static Err show(Request *request, const Form *form) {
    bool has_server = house_of(request)->has_smtp;
    OutboxToHands found =
        has_server ? (OutboxToHands){0} : letters_of(request, SHOWN_MOST + 1); /* one more tells that there are more */
    HandOnPage page = {
        .layout = edition_layout(request, words(request, MSG("editions", "Letters to hand on")), MENU_STAFF_MAIL),
        .back_href = edition_path(request->arena, edition_of(request), "/staff/mail"),
        .has_server = has_server,
        .is_more = found.count > SHOWN_MOST,
        .action = edition_path(request->arena, edition_of(request), "/staff/mail/hand-on"),
        .form = form,
    };
    if (page.is_more) found.count = SHOWN_MOST;
    fill_groups(request, &found, &page);
    page.layout.is_refused = !form_ok(form);
    Str done = done_words(request);
    if (!str_is_absent(done)) page.layout.notice = done;
    PageOut out = page_out(request);
    page_hand_on(&out, &page);
    return OK;
}

Err hand_on_page(Request *request) { return show(request, form_open(request, NULL, 0, NULL)); }

/* Each ticked one by itself: what left meanwhile stays as it is. */
Err hand_on_press(Request *request) {
    int64_t done = 0, late = 0;
    Str word;
    Id id;
    Form *form = form_open(request, NULL, 0, NULL);
    if (house_of(request)->has_smtp) return show(request, form);
    for (size_t at = 0; fields_next(&request->form, STR("pick"), &at, &word);) {
        if (!id_parse(word, &id)) return ERR_INPUT;
        if (outbox_hand_on(request->tx, request->scope.edition, id, request->who.person)) done++;
        else late++;
    }
    if (done + late == 0) {
        form_refuse(form, NULL, words(request, MSG("editions", "Tick at least one letter.")));
        request->response.status = 422;
        return show(request, form);
    }
    if (done)
        store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                               .edition = request->scope.edition,
                                               .action = "mail.hand_on",
                                               .subject = request->scope.edition});
    return respond_redirect(request, str_format(request->arena, "%.*s?done=%lld&late=%lld", STR_FORMAT(request->path),
                                                (long long)done, (long long)late));
}

/* ---- to take along ----------------------------------------------------------------------------------------------- */

/* Those of the page alone: who sent more would not know of which to say so, and would send them again. */
Err hand_on_zip(Request *request) {
    Str of = fields_get(&request->query, STR("of"));
    Id mailing = 0, last;
    int64_t until_ms;
    if (!str_equal(of, STR("others")) && !id_parse(of, &mailing)) return ERR_NOT_FOUND;
    if (!id_parse(fields_get(&request->query, STR("to")), &last)) return ERR_NOT_FOUND;
    if (!str_to_int(fields_get(&request->query, STR("until")), &until_ms)) return ERR_NOT_FOUND;
    /* Ids are no order of time where several nodes give them: what came since may stand anywhere among those shown. */
    OutboxToHands found = letters_of(request, SHOWN_MOST + CAME_SINCE_MOST);
    Zip zip = zip_begin(&request->response.body);
    for (size_t i = 0; i < found.count && zip.files < SHOWN_MOST; i++) {
        const OutboxToHand *letter = &found.letters[i];
        bool is_shown = letter->id <= last && letter->written_ms <= until_ms;
        if (letter->message.mailing != mailing || !is_shown) continue;
        Civil written = zone_civil(edition_of(request)->zone, letter->written_ms);
        Str name = str_format(request->arena, "%03zu %.*s.eml", zip.files + 1, STR_FORMAT(letter->message.to_address));
        zip_add(&zip, name, &written, mail_letter_draft(request->arena, letter));
    }
    if (!zip.files) {
        request->response.body.size = 0;
        return ERR_NOT_FOUND;
    }
    zip_end(&zip);
    respond_file(request, STR("application/zip"), words(request, MSG("editions", "letters.zip")));
    return OK;
}
