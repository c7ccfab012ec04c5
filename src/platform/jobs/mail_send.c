// SPDX-License-Identifier: EUPL-1.2
#include "platform/jobs/mail_send.h"

#include <curl/curl.h>

enum { CONNECT_S = 30, IDLE_S = 20 /* then a new connection: servers end those that stand still */ };

struct MailSender {
    const MailSettings *settings;
    CURL *curl;
    char error[CURL_ERROR_SIZE];
    char from[300], url[600];
    Str letter; /* what of it is not handed over yet */
    MailStage stage;
    bool is_over; /* it says goodbye: what the server said before counts */
    int code;     /* of the server's last answer to what was sent last; 0: none yet */
    char text[MAIL_REPLY_BYTES];
};

/* ---- what is said to the server, and by it ------------------------------------------------------------------ */

/* A line of printable ASCII: it goes into the store, a page and the log. */
static void keep_line(char kept[MAIL_REPLY_BYTES], Str said) {
    size_t used = strlen(kept);
    if (used && used + 1 < MAIL_REPLY_BYTES) kept[used++] = ' ';
    for (size_t i = 0; i < said.size && used + 1 < MAIL_REPLY_BYTES; i++) {
        char c = said.data[i];
        if (c == '\r' || c == '\n') break;
        kept[used++] = c >= ' ' && c < 0x7f ? c : '?';
    }
    kept[used] = 0;
}

static void heard(MailSender *sender, Str line) {
    int64_t code;
    if (line.size < 4 || !str_to_int(str_slice(line, 0, 3), &code) || code < 200 || code > 599) return;
    if (sender->is_over) return;
    sender->code = (int)code;
    keep_line(sender->text, str_skip(line, 4));
}

static void said(MailSender *sender, Str line) {
    /* A goodbye, in or after which nothing of the letter happens any more. */
    sender->is_over = sender->is_over || str_starts_with(line, STR("QUIT"));
    if (sender->is_over) return;
    static const struct {
        const char *command;
        MailStage stage;
    } stages[] = {
        {"EHLO", MAIL_AT_CONNECT}, {"HELO", MAIL_AT_CONNECT}, {"STARTTLS", MAIL_AT_CONNECT},
        {"AUTH", MAIL_AT_SIGN_IN}, {"MAIL", MAIL_AT_SENDER},  {"RCPT TO", MAIL_AT_ADDRESS},
        {"DATA", MAIL_AT_LETTER},
    };
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        Str command = str_from_c(stages[i].command);
        if (!str_starts_with(line, command) || line.size == command.size) continue;
        char next = line.data[command.size]; /* a password in base64 may begin like a command */
        if (next == ' ' || next == ':' || next == '\r') sender->stage = stages[i].stage;
    }
    sender->code = 0;
    sender->text[0] = 0;
}

static int listen_in(CURL *curl, curl_infotype type, char *data, size_t size, void *context) {
    (void)curl;
    Str line = str_from(data, size);
    if (type == CURLINFO_HEADER_IN) heard(context, line);
    else if (type == CURLINFO_HEADER_OUT) said(context, line);
    return 0;
}

/* The end is asked for when all the rest has been taken: from then on the dot may be on its way. */
static size_t give_letter(char *into, size_t size, size_t count, void *context) {
    MailSender *sender = context;
    size_t most = size * count, given = sender->letter.size < most ? sender->letter.size : most;
    memcpy(into, sender->letter.data, given);
    sender->letter = str_skip(sender->letter, given);
    if (!sender->letter.size) {
        sender->stage = MAIL_AT_DOT;
        sender->code = 0;
        sender->text[0] = 0;
    }
    return given;
}

/* ---- opening ---------------------------------------------------------------------------------------------------- */

static void set_up(MailSender *sender) {
    const MailSettings *settings = sender->settings;
    CURL *curl = sender->curl;
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (settings->ca_file) curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
    if (settings->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password);
    }
    curl_easy_setopt(curl, CURLOPT_PROXY, ""); /* whatever the environment says */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                     settings->timeout_s < CONNECT_S ? (long)settings->timeout_s : (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)settings->timeout_s);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)settings->timeout_s);
    curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, (long)IDLE_S);
    curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, sender->error);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, sender);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_letter);
    curl_easy_setopt(curl, CURLOPT_READDATA, sender);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender->from);
}

MailSender *mail_sender_open(const MailSettings *settings) {
    MailSender *sender = calloc(1, sizeof *sender);
    if (!sender) return NULL;
    sender->settings = settings;
    snprintf(sender->from, sizeof sender->from, "<%.*s>", STR_FORMAT(settings->from_address));
    sender->curl = curl_easy_init();
    if (!sender->curl) {
        free(sender);
        return NULL;
    }
    set_up(sender);
    return sender;
}

void mail_sender_close(MailSender *sender) {
    if (!sender) return;
    curl_easy_cleanup(sender->curl);
    free(sender);
}

/* ---- sending ---------------------------------------------------------------------------------------------------- */

static MailTrouble trouble_of(const MailSender *sender, CURLcode result) {
    switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST: return MAIL_TROUBLE_NAME;
    case CURLE_OPERATION_TIMEDOUT: return MAIL_TROUBLE_TIME;
    case CURLE_USE_SSL_FAILED: return MAIL_TROUBLE_PLAIN;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM: return MAIL_TROUBLE_CERTIFICATE;
    case CURLE_LOGIN_DENIED: return MAIL_TROUBLE_SIGN_IN;
    default: break;
    }
    if (sender->code && sender->stage == MAIL_AT_SENDER) return MAIL_TROUBLE_SENDER;
    return sender->code >= 400 ? MAIL_TROUBLE_SERVER : MAIL_TROUBLE_CONNECTION;
}

/* Answers below 400 are not the reason of a failure: what came after them was lost. */
static void explain(const MailSender *sender, CURLcode result, MailReply *reply) {
    *reply = (MailReply){.outcome = MAIL_TAKEN, .code = sender->code};
    if (result == CURLE_OK) {
        keep_line(reply->text, str_from_c(sender->text));
        return;
    }
    bool is_lost = sender->code < 400 || result == CURLE_OPERATION_TIMEDOUT;
    reply->code = is_lost ? 0 : sender->code;
    Str words = str_from_c(is_lost ? "" : sender->text);
    reply->outcome = mail_outcome_of(sender->stage, reply->code, words);
    if (reply->outcome == MAIL_STOPPED) reply->trouble = trouble_of(sender, result);
    if (reply->code) snprintf(reply->text, sizeof reply->text, "%d", reply->code);
    if (words.size) keep_line(reply->text, words);
    else keep_line(reply->text, str_from_c(sender->error[0] ? sender->error : curl_easy_strerror(result)));
}

static CURLcode perform(MailSender *sender, Str letter) {
    sender->letter = letter;
    sender->stage = MAIL_AT_CONNECT;
    sender->is_over = false;
    sender->code = 0;
    sender->error[0] = sender->text[0] = 0;
    return curl_easy_perform(sender->curl);
}

/* A connection that was used before may have ended meanwhile: a new one tells whether the server is there. */
static bool was_old_connection(const MailSender *sender, CURLcode result) {
    long made = 1;
    curl_easy_getinfo(sender->curl, CURLINFO_NUM_CONNECTS, &made);
    return result != CURLE_OK && made == 0 && sender->stage <= MAIL_AT_SENDER;
}

void mail_sender_send(MailSender *sender, const char *ehlo, const char *to, Str letter, MailReply *reply) {
    char address[300];
    snprintf(address, sizeof address, "<%s>", to);
    snprintf(sender->url, sizeof sender->url, "%s/%s", sender->settings->url, ehlo);
    struct curl_slist *recipients = curl_slist_append(NULL, address);
    curl_easy_setopt(sender->curl, CURLOPT_URL, sender->url);
    curl_easy_setopt(sender->curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(sender->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter.size);
    curl_easy_setopt(sender->curl, CURLOPT_FRESH_CONNECT, 0L);
    CURLcode result = perform(sender, letter);
    if (was_old_connection(sender, result)) {
        curl_easy_setopt(sender->curl, CURLOPT_FRESH_CONNECT, 1L);
        result = perform(sender, letter);
    }
    explain(sender, result, reply);
    curl_easy_setopt(sender->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
}
