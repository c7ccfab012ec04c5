// SPDX-License-Identifier: EUPL-1.2
/* Being named in public: the question to those who have not answered it themselves, and what coordinators write down.
 */
#include "gathering/signups/internal.h"
#include "gathering/signups/listing.h"
#include "platform/account/account.h"
#include "platform/page/respond.h"
#include "platform/page/typed.h"
#include "signups_pages.h"

/* ---- the organisation's own answer ------------------------------------------------------------------------ */

static Str my_path(Request *request, const char *rest) {
    return str_format(request->arena, "/me%.*s/%.*s%s",
                      STR_FORMAT(edition_path(request->arena, edition_of(request), "")),
                      STR_FORMAT(id_text(request->arena, request->scope.organisation)), rest);
}

static bool my_signup(Request *request, Signup *signup) {
    return signup_of_organisation(request->tx, request->scope.edition, request->scope.organisation, signup);
}

static bool is_asked(const Signup *signup) { return !signup->is_listed && !str_is_absent(signup->listing_wish); }

Err my_listing_page(Request *request) {
    Signup signup;
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!is_asked(&signup)) return respond_redirect(request, my_path(request, "/sign-up"));
    MyListingPage page = {
        .layout = edition_plain_layout(request, signups_said(request, MSG("signups", "May we name you in public?")), 0,
                                       0, my_path(request, "")),
        .organisation = signup.organisation_name,
        .gathering = edition_of(request)->title,
        .wording = listing_wording(request->arena, request->language),
        .form = form_open(request, NULL, 0, NULL),
        .action = request->path,
        .later_href = my_path(request, ""),
    };
    PageOut out = page_out(request);
    page_my_listing(&out, &page);
    return OK;
}

/* Who presses agrees: signed in, to the words that stood above the button. */
Err my_listing_answer(Request *request) {
    Signup signup;
    Str answer = fields_get(&request->form, STR("answer"));
    if (!my_signup(request, &signup)) return ERR_NOT_FOUND;
    if (!is_asked(&signup)) return respond_redirect(request, my_path(request, "/sign-up"));
    if (str_equal(answer, STR("yes")))
        listing_give(request->tx, &(ListingGiven){.organisation = signup.organisation,
                                                  .edition = signup.edition,
                                                  .person = request->who.person,
                                                  .wording = listing_wording(request->arena, request->language),
                                                  .channel = "form",
                                                  .by = request->who.person});
    else if (str_equal(answer, STR("no"))) listing_refuse(request->tx, signup.edition, signup.id, request->who.person);
    else return ERR_INPUT;
    return respond_redirect(request, my_path(request, ""));
}

/* ---- what a coordinator writes down --------------------------------------------------------------------------- */

static FormOptions channel_options(Request *request, const char *const *channels, size_t count) {
    FormOption *options = arena_array(request->arena, FormOption, count);
    for (size_t i = 0; i < count; i++)
        options[i] = (FormOption){str_from_c(channels[i]),
                                  listing_channel_words(request->arena, request->language, str_from_c(channels[i]))};
    return (FormOptions){options, count};
}

static const char *const channels_told[] = {"phone", "paper", "mail", "spoken", "import"};

FormOptions listing_channels(Request *request, void *context) {
    (void)context;
    return channel_options(request, channels_told, COUNT(channels_told) - 1);
}

FormOptions listing_channels_of_many(Request *request, void *context) {
    (void)context;
    return channel_options(request, channels_told, COUNT(channels_told));
}

/* A channel as it is kept, from what a form has read: one of those it offered. */
const char *listing_channel(Arena *arena, Str channel) { return str_to_c(arena, channel); }

static const FormField channel_fields[] = {
    {.name = "channel",
     .kind = FIELD_CHOICE,
     .offset = offsetof(ListingForm, channel),
     .required = true,
     .options = listing_channels,
     .label = MSG_INIT("signups", "How they told us")},
};
const FormTable listing_asked = {channel_fields, COUNT(channel_fields)};

Form *listing_form_open(Request *request, ListingForm *values) {
    return form_open(request, channel_fields, COUNT(channel_fields), values);
}

static Str day_of(Request *request, int64_t ms) {
    Civil day = zone_civil(edition_of(request)->zone, ms);
    return date_day_month_year(request->arena, request->language, &day);
}

static Str agreed_words(Request *request, const ConsentRecord *record) {
    return say(request->arena, request->language, MSG("signups", "Agreed: {person}, {day}, {channel}."),
               SAY_TEXT("person", record->person), SAY_TEXT("day", day_of(request, record->given_ms)),
               SAY_TEXT("channel", listing_channel_words(request->arena, request->language, record->channel)));
}

static Str withdrawn_words(Request *request, const ConsentRecord *record) {
    return say(request->arena, request->language, MSG("signups", "{person} agreed on {day} ({channel})."),
               SAY_TEXT("person", record->person), SAY_TEXT("day", day_of(request, record->given_ms)),
               SAY_TEXT("channel", listing_channel_words(request->arena, request->language, record->channel)));
}

static int64_t seen_version(Request *request, const Signup *signup) {
    Organisation organisation = {0};
    organisation_get(request->tx, signup->organisation, &organisation);
    return organisation.version;
}

ListingPart listing_part(Request *request, const Signup *signup, const Form *form, Str action) {
    ConsentRecord record;
    ListingPart part = {.is_listed = signup->is_listed,
                        .form = form,
                        .action = action,
                        .version = seen_version(request, signup),
                        .person = str_is_absent(signup->contact_name) ? STR("") : signup->contact_name,
                        .has_contact = signup->contact != 0,
                        .wording = listing_wording(request->arena, edition_of(request)->series.language)};
    Language language = edition_of(request)->series.language;
    if (language != request->language) part.language = str_from_c(language_tag(language));
    bool has_record = consent_about(request->tx, signup->organisation, "directory", &record);
    if (has_record && signup->is_listed) {
        part.state = agreed_words(request, &record);
        part.agreed_to = record.wording;
    } else if (signup->is_listed) {
        part.state = signups_said(request, MSG("signups", "Marked as agreed; by whom and when is not written down."));
        part.may_record = part.has_contact;
    } else {
        Unlisted one = {.is_wished = !str_is_absent(signup->listing_wish)};
        if (has_record) one.withdrawn_ms = record.withdrawn_ms;
        part.state = listing_why(request->arena, request->language, edition_of(request)->zone, &one);
        part.before = has_record ? withdrawn_words(request, &record) : STR("");
        part.may_record = part.has_contact;
    }
    return part;
}

static void write_down(Request *request, const Signup *signup, const ListingForm *values) {
    listing_give(request->tx, &(ListingGiven){
                                  .organisation = signup->organisation,
                                  .edition = signup->edition,
                                  .person = signup->contact,
                                  .wording = listing_wording(request->arena, edition_of(request)->series.language),
                                  .channel = listing_channel(request->arena, values->channel),
                                  .by = request->who.person,
                              });
}

static bool is_as_seen(Request *request, const Signup *signup) {
    int64_t version;
    return str_to_int(fields_get(&request->form, STR("version")), &version) && version == seen_version(request, signup);
}

static Err show_listing(Request *request, const Signup *signup, const Form *form) {
    StaffListingPage page = {
        .layout = edition_layout(request, signups_said(request, MSG("signups", "Named in public")), MENU_STAFF_SIGNUPS),
        .organisation = signup->organisation_name,
        .back_href = staff_signup_path(request, signup->id, ""),
        .listing = listing_part(request, signup, form, staff_signup_path(request, signup->id, "/listing")),
    };
    page.layout.is_refused = !form_ok(form);
    if (str_equal(fields_get(&request->query, STR("done")), STR("1")))
        page.layout.notice = signups_said(request, MSG("signups", "Saved."));
    PageOut out = page_out(request);
    page_staff_listing(&out, &page);
    return OK;
}

Err staff_listing_page(Request *request) {
    Signup signup;
    ListingForm untold = {.channel = STR("")};
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    return show_listing(request, &signup, listing_form_open(request, &untold));
}

/* Writes down that the contact agreed, or thought better of it; not over what somebody else wrote meanwhile. */
Err staff_listing_save(Request *request) {
    Signup signup;
    if (!signup_of_path(request, &signup)) return ERR_NOT_FOUND;
    bool withdraws = str_equal(fields_get(&request->form, STR("do")), STR("withdraw"));
    if (!withdraws && !signup.contact) return ERR_CONFLICT;
    ListingForm *values = arena_new(request->arena, ListingForm);
    *values = (ListingForm){.channel = STR("")};
    Form *form = listing_form_open(request, values);
    if (!withdraws && !form_read(form)) return show_listing(request, &signup, form);
    if (!is_as_seen(request, &signup)) {
        form_refuse(form, NULL,
                    signups_said(request, MSG("signups", "Somebody has changed this organisation meanwhile. Below it "
                                                         "stands as it is now; look again.")));
        request->response.status = 409;
        return show_listing(request, &signup, form);
    }
    if (withdraws) listing_withdraw(request->tx, signup.organisation, signup.edition, request->who.person);
    else write_down(request, &signup, values);
    return respond_redirect(request, staff_signup_path(request, signup.id, "/listing?done=1"));
}
