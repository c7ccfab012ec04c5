// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_letter.h"

#include "platform/format/mime.h"

Str mail_host_of(Arena *arena, Str base_url) {
    ptrdiff_t scheme = str_index_of(base_url, STR("://"));
    Str host = scheme < 0 ? base_url : str_skip(base_url, (size_t)scheme + 3), rest = host;
    str_next_part(&rest, ':', &host); /* an IPv6 address ends up as "[", which is no name either */
    bool is_name = host.size && host.data[0] >= 'a' && host.data[0] <= 'z';
    return is_name ? str_copy(arena, host) : STR("localhost");
}

static MimeMessage mime_of(const OutboxMessage *message, int64_t written_ms) {
    return (MimeMessage){
        .date_ms = written_ms,
        .to = {message->to_name, message->to_address},
        .reply_to = {str_or_empty(message->from_name),
                     mime_is_address(message->reply_to) ? message->reply_to : STR_ABSENT},
        .language = str_from_c(language_tag(message->language)),
        .subject = message->subject,
        .text = message->body,
        .calendar = message->calendar,
        .calendar_name = STR("calendar.ics"),
        .unsubscribe_href = message->unsubscribe,
    };
}

Str mail_letter_write(Arena *arena, const MailSettings *settings, Str host, const MailLetter *letter) {
    const OutboxMessage *message = &letter->message;
    bool has_own_name = !str_is_empty(message->from_name);
    Buffer out = buffer_in(arena);
    MimeMessage mime = mime_of(message, letter->written_ms);
    mime.id = str_format(arena, "%.*s@%.*s", STR_FORMAT(id_text(arena, letter->id)), STR_FORMAT(host));
    mime.from = (MimeAddress){has_own_name ? message->from_name : settings->from_name, settings->from_address};
    mime_write(&out, &mime);
    return buffer_str(&out);
}

Str mail_letter_draft(Arena *arena, const OutboxToHand *letter) {
    Buffer out = buffer_in(arena);
    MimeMessage mime = mime_of(&letter->message, letter->written_ms);
    mime.is_draft = true;
    mime.from = mime.reply_to;
    mime.reply_to.address = STR_ABSENT;
    if (!mime_is_address(mime.to.address)) mime.to.address = STR_ABSENT;
    mime_write(&out, &mime);
    return buffer_str(&out);
}
