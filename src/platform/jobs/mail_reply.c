// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_reply.h"

const char *mail_trouble_name(MailTrouble trouble) {
    static const char *const names[MAIL_TROUBLE_COUNT] = {
        [MAIL_TROUBLE_NONE] = "",
        [MAIL_TROUBLE_NAME] = "name",
        [MAIL_TROUBLE_CONNECTION] = "connection",
        [MAIL_TROUBLE_TIME] = "time",
        [MAIL_TROUBLE_PLAIN] = "plain",
        [MAIL_TROUBLE_CERTIFICATE] = "certificate",
        [MAIL_TROUBLE_SIGN_IN] = "sign_in",
        [MAIL_TROUBLE_SENDER] = "sender",
        [MAIL_TROUBLE_SERVER] = "server",
        [MAIL_TROUBLE_HELPER] = "helper",
    };
    return names[trouble];
}

/* "5.1.1 no such user": 51, the class and the subject; 0 where there is none. */
static int enhanced_code(Str text) {
    bool has_one = text.size >= 5 && text.data[0] >= '2' && text.data[0] <= '5' && text.data[1] == '.' &&
                   text.data[2] >= '0' && text.data[2] <= '9' && text.data[3] == '.' && text.data[4] >= '0' &&
                   text.data[4] <= '9';
    return has_one ? (text.data[0] - '0') * 10 + text.data[2] - '0' : 0;
}

/* Rules against us (5.7), a full mailbox (5.2.2) or a server that does not pass on are no fault of the address. */
static bool is_about_address(int code, Str text) {
    int enhanced = enhanced_code(text);
    if (enhanced == 52) return str_starts_with(text, STR("5.2.1"));
    if (enhanced) return enhanced == 51;
    return code == 550 || code == 551 || code == 553;
}

MailOutcome mail_outcome_of(MailStage stage, int code, Str text) {
    bool is_lost = code == 0, is_for_good = code >= 500;
    if (stage == MAIL_AT_DOT && is_lost) return MAIL_UNSURE;
    if (stage == MAIL_AT_SENDER && code == 552) return MAIL_REFUSED; /* too large (RFC 1870) */
    if (stage <= MAIL_AT_SENDER) return MAIL_STOPPED;
    if (!is_for_good) return MAIL_PUT_OFF;
    return stage == MAIL_AT_ADDRESS && is_about_address(code, text) ? MAIL_BAD_ADDRESS : MAIL_REFUSED;
}
