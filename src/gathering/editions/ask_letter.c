// SPDX-License-Identifier: EUPL-1.2
/* The letter that tells the host what is asked of them. */
#include "gathering/editions/ask_things.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"

static Str about_of(Arena *arena, Id edition) {
    return str_format(arena, "host:%.*s", STR_FORMAT(id_text(arena, edition)));
}

static void add_paragraph(Buffer *body, Str words) {
    if (body->size) buffer_add(body, STR("\n\n"));
    buffer_add(body, words);
}

/* In the language of who gets it; what is asked in that of who asks. */
static Str body_of(Request *request, const Edition *edition, const Person *to, Str list) {
    Arena *arena = request->arena;
    Str address = str_join(arena, request->base_url, edition_path(arena, edition, "/host"));
    Buffer body = buffer_in(arena);
    add_paragraph(&body, say(arena, to->language, MSG("editions", "Good day,")));
    add_paragraph(&body,
                  say(arena, to->language, MSG("editions", "those who prepare “{gathering}” ask you as its host:"),
                      SAY_TEXT("gathering", edition->title)));
    add_paragraph(&body, list);
    add_paragraph(&body, say(arena, to->language,
                             MSG("editions", "Please answer each with yes, no or something instead, on your own page: "
                                             "{address}"),
                             SAY_TEXT("address", address)));
    if (!str_is_empty(edition->series.phone))
        add_paragraph(&body, say(arena, to->language, MSG("editions", "Questions? Ring {phone} or answer this letter."),
                                 SAY_TEXT("phone", edition->series.phone)));
    add_paragraph(&body, str_is_empty(edition->series.organiser) ? edition->series.name : edition->series.organiser);
    buffer_add_char(&body, '\n');
    return buffer_str(&body);
}

/* A line each; how many. */
static int64_t open_asks(Request *request, Str *list) {
    Asks asks = asks_of(request->tx, request->scope.edition, "host");
    AskSubjects subjects = ask_subjects(request);
    Buffer lines = buffer_in(request->arena);
    int64_t count = 0;
    for (size_t i = 0; i < asks.count; i++) {
        if (!str_is_empty(asks.asks[i].answer)) continue;
        Str words = ask_about_words(request, &subjects, &asks.asks[i]);
        buffer_format(&lines, "%s– %.*s", count++ ? "\n" : "", STR_FORMAT(words));
    }
    *list = buffer_str(&lines);
    return count;
}

static bool waits(const OutboxEntries *letters) {
    for (size_t i = 0; i < letters->count; i++)
        if (outbox_is_settling(&letters->entries[i])) return true;
    return false;
}

static void write_to(Request *request, const Person *to, Str list, int64_t count, Str about) {
    const Edition *edition = edition_of(request);
    Str subject = say(request->arena, to->language,
                      MSG_PLURAL("editions", "{count} thing waits for your answer: {gathering}",
                                 "{count} things wait for your answer: {gathering}"),
                      SAY_INT("count", count), SAY_TEXT("gathering", edition->title));
    outbox_add_settling(
        request->tx,
        &(OutboxMessage){
            .kind = OUTBOX_SERVICE,
            .edition = edition->id,
            .person = to->id,
            .to_address = to->email,
            .to_name = to->name,
            .language = to->language,
            .subject = subject,
            .body = body_of(request, edition, to, list),
            .from_name = str_is_empty(edition->series.organiser) ? edition->series.name : edition->series.organiser,
            .reply_to = edition->series.email,
        },
        about);
}

void asks_tell_host(Request *request, bool begins) {
    Str about = about_of(request->arena, request->scope.edition), list;
    OutboxEntries letters = outbox_about(request->tx, about);
    if (!begins && !waits(&letters)) return;
    int64_t count = open_asks(request, &list);
    if (count == 0) {
        outbox_take_back(request->tx, about);
        return;
    }
    IdArray hosts = role_holders(request->tx, ROLE_HOST, request->scope.edition);
    for (size_t i = 0; i < hosts.count; i++) {
        Person host;
        if (person_get(request->tx, hosts.ids[i], &host) && !str_is_empty(host.email))
            write_to(request, &host, list, count, about);
    }
}

Str *asks_told_host(Request *request, size_t *count) {
    OutboxEntries letters = outbox_about(request->tx, about_of(request->arena, request->scope.edition));
    Str *told = arena_array(request->arena, Str, letters.count);
    *count = letters.count;
    for (size_t i = 0; i < letters.count; i++) told[i] = mail_told_words(request, &letters.entries[i]);
    return told;
}
