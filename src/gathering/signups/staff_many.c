// SPDX-License-Identifier: EUPL-1.2
/* What coordinators do with many sign-ups at once: deciding, and writing down whether they may be named in public.
 *
 * Each ticked row is done by itself or left as it is; the list that comes next says how many were done, and of the
 * others why not. More than there are places for are accepted only by a button that says so. */
#include "gathering/signups/internal.h"
#include "gathering/signups/listing.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"

static const FormField many_fields[] = {
    {.name = "reason",
     .kind = FIELD_TEXT,
     .offset = offsetof(ManyForm, reason),
     .unmarked = true,
     .most = 1000,
     .label = MSG_INIT("signups", "Reason, if you decline"),
     .hint = MSG_INIT("signups", "In words for them: it goes into their letter.")},
    {.name = "channel",
     .kind = FIELD_CHOICE,
     .offset = offsetof(ManyForm, channel),
     .unmarked = true,
     .options = listing_channels_of_many,
     .label = MSG_INIT("signups", "How they told you that they agree to be named")},
};
const FormTable many_asked = {many_fields, COUNT(many_fields)};

Form *many_form_open(Request *request, ManyForm *values) {
    return form_open(request, many_fields, COUNT(many_fields), values);
}

/* ---- ticks ----------------------------------------------------------------------------------------------------- */

/* What is said of an organisation in public is of the organisation, so its version is told too. */
Str many_pick(Arena *arena, const Signup *signup) {
    return str_format(arena, "%.*s.%lld.%lld", STR_FORMAT(id_text(arena, signup->id)), (long long)signup->version,
                      (long long)signup->organisation_version);
}

typedef struct Picked {
    Signup signup;
    int64_t version, organisation_version; /* as they were seen */
} Picked;

typedef struct PickedOnes {
    Picked *ones;
    size_t count;
    size_t gone; /* there no longer */
} PickedOnes;

static bool read_pick(Str words, Id *id, Picked *picked) {
    Str id_part, version;
    return str_next_part(&words, '.', &id_part) && str_next_part(&words, '.', &version) && id_parse(id_part, id) &&
           str_to_int(version, &picked->version) && str_to_int(words, &picked->organisation_version);
}

/* False: a tick that no page has made. */
static bool read_picks(Request *request, PickedOnes *all) {
    Str words;
    *all = (PickedOnes){arena_array(request->arena, Picked, request->form.count), 0, 0};
    for (size_t at = 0; fields_next(&request->form, STR("pick"), &at, &words);) {
        Picked *one = &all->ones[all->count];
        Id id;
        if (!read_pick(words, &id, one)) return false;
        if (signup_get(request->tx, request->scope.edition, id, &one->signup)) all->count++;
        else all->gone++;
    }
    return true;
}

/* ---- doing ------------------------------------------------------------------------------------------------------ */

/* What became of the ticked ones; the names stand in the address that tells of it. */
typedef struct ManyDone {
    int64_t done, same, changed, withdrawn, nobody, objected;
} ManyDone;

static const struct {
    const char *name;
    size_t offset;
    Msg words;
} done_words[] = {
    {"same", offsetof(ManyDone, same),
     MSG_PLURAL_INIT("signups", "{count} was so already.", "{count} were so already.")},
    {"changed", offsetof(ManyDone, changed),
     MSG_PLURAL_INIT("signups", "{count} stays as it is: somebody has changed it meanwhile. Look again.",
                     "{count} stay as they are: somebody has changed them meanwhile. Look again.")},
    {"withdrawn", offsetof(ManyDone, withdrawn),
     MSG_PLURAL_INIT("signups", "{count} stays as it is: they have withdrawn it.",
                     "{count} stay as they are: they have withdrawn them.")},
    {"nobody", offsetof(ManyDone, nobody),
     MSG_PLURAL_INIT("signups", "{count} has no contact person: a consent is a person's.",
                     "{count} have no contact person: a consent is a person's.")},
    {"objected", offsetof(ManyDone, objected),
     MSG_PLURAL_INIT("signups", "{count} agreed once and thought better of it: decide that on its own page.",
                     "{count} agreed once and thought better of it: decide that on their own pages.")},
};

static const struct {
    const char *did;
    Msg words;
} did_words[] = {
    {"accepted", MSG_PLURAL_INIT("signups", "{count} sign-up is accepted now.", "{count} sign-ups are accepted now.")},
    {"waiting", MSG_PLURAL_INIT("signups", "{count} sign-up is on the waiting list now.",
                                "{count} sign-ups are on the waiting list now.")},
    {"declined", MSG_PLURAL_INIT("signups", "{count} sign-up is declined now.", "{count} sign-ups are declined now.")},
    {"named", MSG_PLURAL_INIT("signups", "{count} organisation is named in public now.",
                              "{count} organisations are named in public now.")},
    {"unnamed", MSG_PLURAL_INIT("signups", "{count} organisation is not named in public any more.",
                                "{count} organisations are not named in public any more.")},
};

Str many_done_words(Request *request) {
    int64_t count;
    Buffer out = buffer_in(request->arena);
    Str did = fields_get(&request->query, STR("did"));
    for (size_t i = 0; i < COUNT(did_words); i++)
        if (str_equal(did, str_from_c(did_words[i].did)) &&
            str_to_int(fields_get(&request->query, STR("done")), &count) && count >= 0)
            buffer_add(&out, say(request->arena, request->language, did_words[i].words, SAY_INT("count", count)));
    if (out.size == 0) return STR_ABSENT;
    for (size_t i = 0; i < COUNT(done_words); i++) {
        if (!str_to_int(fields_get(&request->query, str_from_c(done_words[i].name)), &count) || count <= 0) continue;
        buffer_add_char(&out, ' ');
        buffer_add(&out, say(request->arena, request->language, done_words[i].words, SAY_INT("count", count)));
    }
    return buffer_str(&out);
}

static Err tell_done(Request *request, Str did, const ManyDone *done) {
    Str here = staff_list_here(request);
    Buffer out = buffer_in(request->arena);
    buffer_add(&out, here);
    buffer_add(&out, str_format(request->arena, "%sdid=%.*s&done=%lld", str_index_of_char(here, '?') >= 0 ? "&" : "?",
                                STR_FORMAT(did), (long long)done->done));
    for (size_t i = 0; i < COUNT(done_words); i++) {
        int64_t count = *(const int64_t *)((const char *)done + done_words[i].offset);
        if (count) buffer_add(&out, str_format(request->arena, "&%s=%lld", done_words[i].name, (long long)count));
    }
    return respond_redirect(request, buffer_str(&out));
}

/* ---- deciding --------------------------------------------------------------------------------------------------- */

static void decide_all(Request *request, const PickedOnes *all, SignupState to, Str reason, ManyDone *done) {
    for (size_t i = 0; i < all->count; i++) {
        const Picked *one = &all->ones[i];
        if (one->signup.state == to) {
            done->same++;
            continue;
        }
        Err err = signup_decide(request->tx, &(SignupDecision){
                                                 .edition = request->scope.edition,
                                                 .signup = one->signup.id,
                                                 .by = request->who.person,
                                                 .version = one->version,
                                                 .to = to,
                                                 .reason = reason,
                                                 .base_url = request->base_url,
                                             });
        if (!err) done->done++;
        else if (err == ERR_INPUT) done->withdrawn++;
        else done->changed++;
    }
}

/* How many more than there are places would be accepted. */
static int64_t count_beyond(Request *request, const PickedOnes *all, int64_t *accepting) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    *accepting = 0;
    for (size_t i = 0; i < all->count; i++)
        *accepting += all->ones[i].version == all->ones[i].signup.version &&
                      signup_may_become(all->ones[i].signup.state, SIGNUP_ACCEPTED);
    return left.given && *accepting > left.value ? *accepting - left.value : 0;
}

static Err ask_beyond(Request *request, const Form *form, int64_t accepting, int64_t count) {
    OptionalInt left = signup_places_left(request->tx, edition_of(request));
    Str ticked = say(
        request->arena, request->language,
        MSG_PLURAL("signups", "You are about to accept {count} sign-up.", "You are about to accept {count} sign-ups."),
        SAY_INT("count", accepting));
    Str places = left.value == 0
                     ? signups_said(request, MSG("signups", "All places are taken."))
                     : say(request->arena, request->language,
                           MSG_PLURAL("signups", "Only {count} place is left.", "Only {count} places are left."),
                           SAY_INT("count", left.value));
    request->response.status = 422;
    ManyBeyond beyond = {
        .words = str_format(request->arena, "%.*s %.*s", STR_FORMAT(ticked), STR_FORMAT(places)),
        .button = say(request->arena, request->language,
                      MSG("signups", "Accept all the same, {number} beyond the places"), SAY_INT("number", count)),
        .count = count,
    };
    return staff_list_show(request, form, &beyond);
}

/* ---- naming in public ------------------------------------------------------------------------------------------- */

static void name_one(Request *request, const Picked *one, const char *channel, ManyDone *done) {
    const Signup *signup = &one->signup;
    if (signup->is_listed) done->same++;
    else if (!signup->contact) done->nobody++;
    else if (one->organisation_version != signup->organisation_version) done->changed++;
    else if (listing_was_withdrawn(request->tx, signup->organisation)) done->objected++;
    else {
        listing_give(request->tx, &(ListingGiven){
                                      .organisation = signup->organisation,
                                      .edition = signup->edition,
                                      .person = signup->contact,
                                      .wording = listing_wording(request->arena, edition_of(request)->series.language),
                                      .channel = channel,
                                      .by = request->who.person,
                                  });
        done->done++;
    }
}

/* Taking a name out of public pages waits for nobody: also one who has changed something meanwhile is not named. */
static void unname_one(Request *request, const Picked *one, ManyDone *done) {
    const Signup *signup = &one->signup;
    if (!signup->is_listed) done->same++;
    else {
        listing_withdraw(request->tx, signup->organisation, signup->edition, request->who.person);
        done->done++;
    }
}

static Err name_all(Request *request, Form *form, const ManyForm *values, const PickedOnes *all, Str to) {
    ManyDone done = {.changed = (int64_t)all->gone};
    bool is_given = str_equal(to, STR("named"));
    if (is_given && form_ok(form) && str_is_empty(values->channel))
        form_refuse(form, "channel", signups_said(request, MSG("signups", "Say how they told you.")));
    if (!form_ok(form)) return staff_list_show(request, form, NULL);
    const char *channel = listing_channel(request->arena, values->channel);
    for (size_t i = 0; i < all->count; i++) {
        if (is_given) name_one(request, &all->ones[i], channel, &done);
        else unname_one(request, &all->ones[i], &done);
    }
    return tell_done(request, to, &done);
}

/* ---- the buttons ------------------------------------------------------------------------------------------------ */

Err staff_list_act(Request *request) {
    ManyForm values = {STR(""), STR("")};
    Form *form = many_form_open(request, &values);
    SignupState to = SIGNUP_ACCEPTED;
    PickedOnes all;
    int64_t agreed = 0, accepting = 0;
    Str button = fields_get(&request->form, STR("to"));
    bool is_beyond = str_to_int(fields_get(&request->form, STR("beyond")), &agreed); /* its button says so */
    bool names = str_equal(button, STR("named")) || str_equal(button, STR("unnamed"));
    bool is_read = form_read(form);
    if ((!names && !is_beyond && !signup_state_parse(button, &to)) || !read_picks(request, &all)) return ERR_INPUT;
    if (all.count + all.gone == 0)
        form_refuse(form, NULL, signups_said(request, MSG("signups", "Tick at least one sign-up in the list.")));
    if (names) return name_all(request, form, &values, &all, button);
    if (is_read && to == SIGNUP_DECLINED && str_is_empty(values.reason))
        form_refuse(form, "reason",
                    signups_said(request, MSG("signups", "Say in a sentence why, so that they understand.")));
    if (!form_ok(form)) return staff_list_show(request, form, NULL);
    int64_t beyond = to == SIGNUP_ACCEPTED ? count_beyond(request, &all, &accepting) : 0;
    if (beyond > agreed) return ask_beyond(request, form, accepting, beyond);
    ManyDone done = {.changed = (int64_t)all.gone};
    decide_all(request, &all, to, values.reason, &done);
    return tell_done(request, str_from_c(signup_state_name(to)), &done);
}
