// SPDX-License-Identifier: EUPL-1.2
/* What the room of mailings hands to the house. */
#include "gathering/mailing/internal.h"

#define STAFF "/{series}/{edition}/staff/mailings"
#define MINE "/me/{series}/{edition}/{organisation}/invitations"
#define END "/unsubscribe/{secret}"

static const Route routes[] = {
    {METHOD_GET, STAFF, ROLE_COORDINATOR, mailings_page},
    {METHOD_GET, STAFF "/new", ROLE_COORDINATOR, mailing_page},
    {METHOD_POST, STAFF "/new", ROLE_COORDINATOR, mailing_save, .changes = true, .form = &mailing_asked},
    {METHOD_GET, STAFF "/{mailing}", ROLE_COORDINATOR, mailing_page},
    {METHOD_POST, STAFF "/{mailing}", ROLE_COORDINATOR, mailing_save, .changes = true, .form = &mailing_asked},
    {METHOD_POST, STAFF "/{mailing}/remove", ROLE_COORDINATOR, mailing_remove_press, .changes = true},
    {METHOD_GET, STAFF "/{mailing}/review", ROLE_COORDINATOR, mailing_review_page, .reads = "read.mailing"},
    {METHOD_POST, STAFF "/{mailing}/review", ROLE_COORDINATOR, mailing_send_press, .changes = true},
    {METHOD_GET, STAFF "/{mailing}/letters/{place}", ROLE_COORDINATOR, mailing_letter_page, .reads = "read.mailing"},
    {METHOD_GET, STAFF "/{mailing}/print", ROLE_COORDINATOR, mailing_print_page, .reads = "read.mailing"},
    {METHOD_GET, MINE, ROLE_REPRESENTATIVE, my_invitations_page},
    {METHOD_POST, MINE, ROLE_REPRESENTATIVE, my_invitations_save, .changes = true, .states = STATES_ALL},
    {METHOD_GET, END, ROLE_ANYONE, invitations_end_page},
    {METHOD_POST, END, ROLE_ANYONE, invitations_end_press, .changes = true, .outside = true},
};

static unsigned lacks(const Mailing *mailing) {
    unsigned lacking = 0;
    for (Language language = 0; language < LANGUAGE_COUNT; language++)
        if (str_is_empty(mailing->subject[language])) lacking |= 1u << language;
    return lacking;
}

/* Of letters that were not sent yet: they are written in their own form. */
static void texts_of_mailings(Request *request, TextSources *sources) {
    if (sources->organisation) return;
    Mailings all = mailings_of(request->tx, request->scope.edition);
    for (size_t i = 0; i < all.count; i++) {
        const Mailing *one = &all.mailings[i];
        if (one->sent_ms.given || !lacks(one)) continue;
        Str subject = STR("");
        for (Language language = 0; language < LANGUAGE_COUNT && str_is_empty(subject); language++)
            subject = one->subject[language];
        text_sources_add(
            sources, &(TextSource){.what = say(request->arena, request->language, MSG("mailing", "A letter to many")),
                                   .of = subject,
                                   .lacking = lacks(one),
                                   .href = str_format(
                                       request->arena, "%.*s/%.*s",
                                       STR_FORMAT(edition_path(request->arena, edition_of(request), "/staff/mailings")),
                                       STR_FORMAT(id_text(request->arena, one->id)))});
    }
}

const Room mailing_room = {
    .name = "mailing",
    .routes = routes,
    .route_count = COUNT(routes),
    .my_items = mailing_my_items,
    .sign_up_wording = invitations_sign_up_wording,
    .sign_up_agreed = invitations_sign_up_agreed,
    .texts = texts_of_mailings,
    .personal_erase = mailing_personal_erase,
    .people_forgotten = mailing_people_forgotten,
};
