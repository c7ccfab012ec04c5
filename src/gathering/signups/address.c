// SPDX-License-Identifier: EUPL-1.2
/* An e-mail that letters do not reach: a mail server said so, or somebody saw them come back (platform/jobs/outbox.h).
 */
#include "gathering/signups/address.h"

#include "gathering/signups/internal.h"
#include "platform/account/account.h"
#include "platform/jobs/outbox.h"
#include "platform/page/respond.h"
#include "signups_sql.h"

Str address_words(Request *request, const Signup *signup) {
    OutboxRefusal refusal;
    Person person;
    if (!outbox_refusal(request->tx, signup->contact_email, &refusal)) return STR_ABSENT;
    if (!refusal.by)
        return signups_said(request, MSG("signups", "There is no such e-mail address, a mail server says. Ask for the "
                                                    "right one by telephone."));
    return say(request->arena, request->language,
               MSG("signups", "Letters to their e-mail came back, says {name}. Ask for the right one by telephone."),
               SAY_TEXT("name", person_get(request->tx, refusal.by, &person) ? person.name : STR("–")));
}

/* One press, and one to take it back; twice is the same as once. */
Err staff_address(Request *request) {
    Signup signup;
    Str said = fields_get(&request->form, STR("said"));
    bool is_back = str_equal(said, STR("came_back"));
    if (!signup_of_path(request, &signup) || str_is_empty(signup.contact_email)) return ERR_NOT_FOUND;
    if (!is_back && !str_equal(said, STR("right"))) return ERR_INPUT;
    if (is_back) outbox_refuse_by_hand(request->tx, signup.contact_email, request->who.person);
    else outbox_accept(request->tx, signup.contact_email);
    store_audit(request->tx, &(AuditEntry){.person = request->who.person,
                                           .edition = signup.edition,
                                           .action = is_back ? "mail.came_back" : "mail.address_right",
                                           .subject = signup.id});
    return respond_redirect(request, staff_signup_path(request, signup.id, "?done=1"));
}

/* Letters do not say which sign-up they are about: of somebody who stands for two they go on to nobody. */
static bool stands_for_another(Tx *tx, const Signup *signup) {
    SignupsPersonalRows rows = signups_sql_personal(tx, signup->contact, 0);
    for (size_t i = 0; i < rows.count; i++)
        if (rows.rows[i].edition == signup->edition && rows.rows[i].id != signup->id) return true;
    return false;
}

void address_changed(Tx *tx, const Signup *before, Id contact) {
    Person person;
    if (!before->is_address_bad || !contact || contact == before->contact || !person_get(tx, contact, &person)) return;
    bool goes_on =
        !str_is_empty(person.email) && !outbox_is_refused(tx, person.email) && !stands_for_another(tx, before);
    if (goes_on) outbox_redirect(tx, before->edition, before->contact, contact, person.email, person.name);
}
