// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/edit.h"

#include "gathering/signups/address.h"
#include "gathering/signups/listing.h"
#include "platform/account/account.h"
#include "platform/page/conflict.h"
#include "platform/page/typed.h"

/* ---- fields ------------------------------------------------------------------------------------------------ */

static FormOptions options_of(Request *request, const char *list) {
    Kinds kinds = kinds_of(request->tx, str_from_c(list), request->language);
    return kind_options(request->arena, &kinds);
}
FormOptions options_of_profiles(Request *request, void *context) {
    (void)context;
    return options_of(request, "profile");
}
FormOptions options_of_exchanges(Request *request, void *context) {
    (void)context;
    return options_of(request, "exchange");
}
FormOptions options_of_legal_forms(Request *request, void *context) {
    (void)context;
    return options_of(request, "legal_form");
}

static FormOptions options_of_languages(Request *request, void *context) {
    (void)context;
    return options_of(request, "language");
}

#define AT(member) .offset = offsetof(EditValues, member)
/* Of the two ways to reach them one is needed, or none: neither is optional where it is the only one. */
#define CONTACT_FIELDS(is_needed)                                                                                   \
    {.name = "name",                                                                                                \
     .kind = FIELD_LINE,                                                                                            \
     AT(contact_name),                                                                                              \
     .required = (is_needed),                                                                                       \
     .autocomplete = "name",                                                                                        \
     .label = MSG_INIT("signups", "Contact person: first and last name")},                                          \
        {.name = "email",                                                                                           \
         .kind = FIELD_EMAIL,                                                                                       \
         AT(contact_email),                                                                                         \
         .unmarked = (is_needed),                                                                                   \
         .autocomplete = "email",                                                                                   \
         .label = MSG_INIT("signups", "E-mail")},                                                                   \
        {.name = "phone",                                                                                           \
         .kind = FIELD_PHONE,                                                                                       \
         AT(contact_phone),                                                                                         \
         .unmarked = (is_needed),                                                                                   \
         .autocomplete = "tel",                                                                                     \
         .label = MSG_INIT("signups", "Telephone")},                                                                \
    {                                                                                                               \
        .name = "people", .kind = FIELD_INT, AT(people), .required = true, .least = 1, .most = SIGNUP_PEOPLE_LIMIT, \
        .label = MSG_INIT("signups", "How many of you will come")                                                   \
    }
#define ORGANISATION_FIELDS                                                                               \
    {.name = "profiles",                                                                                  \
     .kind = FIELD_SEVERAL,                                                                               \
     AT(profiles),                                                                                        \
     .options = options_of_profiles,                                                                      \
     .label = MSG_INIT("signups", "What you do"),                                                         \
     .hint = MSG_INIT("signups", "You can tick several.")},                                               \
        {.name = "words",                                                                                 \
         .kind = FIELD_TEXT,                                                                              \
         AT(words),                                                                                       \
         .label = MSG_INIT("signups", "About you in a few sentences"),                                    \
         .hint = MSG_INIT("signups", "An empty line begins a new paragraph.")},                           \
        {.name = "legal_form",                                                                            \
         .kind = FIELD_CHOICE,                                                                            \
         AT(legal_form),                                                                                  \
         .options = options_of_legal_forms,                                                               \
         .label = MSG_INIT("signups", "Legal form")},                                                     \
        {.name = "parent",                                                                                \
         .kind = FIELD_LINE,                                                                              \
         AT(parent_name),                                                                                 \
         .label = MSG_INIT("signups", "The body you are a part of"),                                      \
         .hint = MSG_INIT("signups", "Of a branch, a unit, a society at a school or a parish.")},         \
        {.name = "founded",                                                                               \
         .kind = FIELD_OPTIONAL_INT,                                                                      \
         AT(founded_year),                                                                                \
         .least = 1000,                                                                                   \
         .most = 2100,                                                                                    \
         .label = MSG_INIT("signups", "Year of founding")},                                               \
        {.name = "languages",                                                                             \
         .kind = FIELD_SEVERAL,                                                                           \
         AT(languages),                                                                                   \
         .options = options_of_languages,                                                                 \
         .label = MSG_INIT("signups", "In which languages one can talk to you")},                         \
        {.name = "website", .kind = FIELD_URL, AT(website), .label = MSG_INIT("signups", "Website")},     \
        {.name = "district", .kind = FIELD_LINE, AT(district), .label = MSG_INIT("signups", "District")}, \
        {.name = "nip", .kind = FIELD_LINE, AT(nip), .label = MSG_INIT("signups", "NIP")},                \
        {.name = "regon", .kind = FIELD_LINE, AT(regon), .label = MSG_INIT("signups", "REGON")}, {        \
        .name = "krs", .kind = FIELD_LINE, AT(krs), .label = MSG_INIT("signups", "KRS")                   \
    }
#define EXCHANGE_FIELDS                                                  \
    {.name = "needs",                                                    \
     .kind = FIELD_SEVERAL,                                              \
     AT(needs),                                                          \
     .options = options_of_exchanges,                                    \
     .label = MSG_INIT("signups", "What you look for")},                 \
        {.name = "needs_words",                                          \
         .kind = FIELD_TEXT,                                             \
         AT(needs_words),                                                \
         .label = MSG_INIT("signups", "What exactly do you look for?")}, \
        {.name = "offers",                                               \
         .kind = FIELD_SEVERAL,                                          \
         AT(offers),                                                     \
         .options = options_of_exchanges,                                \
         .label = MSG_INIT("signups", "What you can give")},             \
    {                                                                    \
        .name = "offers_words", .kind = FIELD_TEXT, AT(offers_words),    \
        .label = MSG_INIT("signups", "What exactly can you give?")       \
    }
#define OTHER_FIELDS                                                                                     \
    {.name = "access_needs",                                                                             \
     .kind = FIELD_TEXT,                                                                                 \
     AT(access_needs),                                                                                   \
     .label = MSG_INIT("signups", "What should we prepare so that everybody can take part?"),            \
     .hint = MSG_INIT("signups", "A way without steps, an interpreter, a quiet place. Without names.")}, \
    {                                                                                                    \
        .name = "remarks", .kind = FIELD_TEXT, AT(remarks),                                              \
        .label = MSG_INIT("signups", "Anything else we should know")                                     \
    }

#define NAME_FIELD \
    .name = "organisation", .kind = FIELD_LINE, AT(organisation), .required = true, .autocomplete = "organization"

const FormField edit_own_fields[] = {
    FORM_VERSION(EditValues),
    {NAME_FIELD, .label = MSG_INIT("signups", "Name of your organisation")},
    CONTACT_FIELDS(true),
    ORGANISATION_FIELDS,
    EXCHANGE_FIELDS,
    OTHER_FIELDS,
    {.name = "is_listed",
     .kind = FIELD_CHECK,
     AT(is_listed),
     .label = MSG_INIT("signups", "Our organisation may be named in public: in the list of those who come, in the "
                                  "programme and in the plan of tables."),
     .hint = MSG_INIT("signups", "Otherwise everybody reads “an organisation” there, except beside what you offer for "
                                 "the programme yourselves.")},
};
const size_t edit_own_count = COUNT(edit_own_fields);
const FormTable edit_own_asked = {edit_own_fields, COUNT(edit_own_fields)};

const FormField edit_staff_fields[] = {
    FORM_VERSION(EditValues),
    {NAME_FIELD, .label = MSG_INIT("signups", "Name of the organisation")},
    {.name = "staff_notes",
     .kind = FIELD_TEXT,
     AT(staff_notes),
     .label = MSG_INIT("signups", "Our notes"),
     .hint = MSG_INIT("signups", "What always holds, in one place. What happened on a day goes into “A new note”. The "
                                 "organisation never sees either.")},
    CONTACT_FIELDS(false), /* a sheet or a paper may lack it */
    ORGANISATION_FIELDS,
    EXCHANGE_FIELDS,
    OTHER_FIELDS,
};
const size_t edit_staff_count = COUNT(edit_staff_fields);
const FormTable edit_staff_asked = {edit_staff_fields, COUNT(edit_staff_fields)};

/* ---- loading ------------------------------------------------------------------------------------------------- */

static Str or_absent(Str str) { return str_is_empty(str) ? STR_ABSENT : str; }

static bool has_str(const StrList *list, Str str) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->strs[i], str)) return true;
    return false;
}

/* One side of what is kept, as the form asks for it: the kinds, and their words each once. */
static void load_side(Arena *arena, const Exchanges *exchanges, bool is_offer, StrList *kinds, Str *words) {
    StrList seen = {arena_array(arena, Str, exchanges->count), 0};
    *kinds = (StrList){arena_array(arena, Str, exchanges->count), 0};
    Buffer text = buffer_in(arena);
    for (size_t i = 0; i < exchanges->count; i++) {
        const Exchange *one = &exchanges->exchanges[i];
        if (one->is_offer != is_offer) continue;
        if (!has_str(kinds, one->kind)) kinds->strs[kinds->count++] = one->kind;
        if (str_is_empty(one->words) || has_str(&seen, one->words)) continue;
        seen.strs[seen.count++] = one->words;
        if (text.size) buffer_add_char(&text, '\n');
        buffer_add(&text, one->words);
    }
    *words = buffer_str(&text);
}

/* People write and read a district's name; where the city has a list of them, its code is kept. */
static Str district_name(Tx *tx, Str code, Language language) {
    Kinds districts = kinds_of(tx, STR("district"), language);
    return str_is_empty(code) ? STR("") : kind_name(&districts, code);
}

static Str district_code(Tx *tx, Str written) {
    Str code;
    return kind_named(tx, STR("district"), written, &code) ? code : or_absent(written);
}

EditValues edit_load(Tx *tx, const Signup *signup, Language language) {
    Arena *arena = tx_arena(tx);
    Organisation organisation = {0};
    Person contact = {.email = STR_ABSENT};
    organisation_get(tx, signup->organisation, &organisation);
    if (signup->contact) person_get(tx, signup->contact, &contact);
    EditValues values = {
        .version = str_format(arena, "%lld.%lld.%lld", (long long)signup->version, (long long)organisation.version,
                              (long long)contact.version),
        .organisation = organisation.name,
        .legal_form = str_or_empty(organisation.legal_form),
        .nip = str_or_empty(organisation.nip),
        .regon = str_or_empty(organisation.regon),
        .krs = str_or_empty(organisation.krs),
        .website = str_or_empty(organisation.website),
        .district = district_name(tx, organisation.district, language),
        .words = str_or_empty(organisation.words),
        .parent_name = str_or_empty(organisation.parent_name),
        .profiles = organisation.profiles,
        .languages = organisation.languages,
        .founded_year = organisation.founded_year,
        .is_listed = organisation.is_listed,
        .contact_name = signup->contact_name,
        .contact_email = str_or_empty(contact.email),
        .contact_phone = signup->contact_phone,
        .people = signup->people,
        .access_needs = signup->access_needs,
        .remarks = signup->remarks,
        .staff_notes = signup->staff_notes,
    };
    Exchanges exchanges = signup_exchanges_of(tx, signup->edition, signup->organisation);
    load_side(arena, &exchanges, false, &values.needs, &values.needs_words);
    load_side(arena, &exchanges, true, &values.offers, &values.offers_words);
    return values;
}

/* ---- checking -------------------------------------------------------------------------------------------------- */

static Str words(const Request *request, Msg msg) { return say(request->arena, request->language, msg); }

void edit_check_numbers(Form *form, const Request *request, const EditValues *values) {
    const struct {
        const char *field;
        RegisterNumber number;
        Str typed;
    } numbers[] = {{"nip", REGISTER_NIP, values->nip},
                   {"regon", REGISTER_REGON, values->regon},
                   {"krs", REGISTER_KRS, values->krs}};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (str_is_empty(numbers[i].typed)) continue;
        Str fault = register_fault_words(request->arena, request->language, numbers[i].number, numbers[i].typed);
        if (!str_is_absent(fault)) form_refuse(form, numbers[i].field, fault);
    }
}

void edit_check_contact(Form *form, const Request *request, const EditValues *values) {
    if (str_is_empty(values->contact_email) && str_is_empty(values->contact_phone))
        form_refuse(form, "phone",
                    words(request, MSG("signups", "Give an e-mail or a telephone number: one of them is enough.")));
}

/* Only where it was changed: two that are called alike already can go on saving. */
void edit_check_name(Form *form, const Request *request, const Signup *signup, const EditValues *values) {
    if (str_equal(signup->organisation_name, values->organisation) ||
        !organisation_name_is_taken(request->tx, values->organisation, signup->organisation))
        return;
    form_refuse(form, "organisation",
                words(request, MSG("signups", "Another organisation has this name already. If it is the same one, "
                                              "tell the organiser; otherwise write a name that tells the two apart.")));
}

/* ---- saving ---------------------------------------------------------------------------------------------------- */

static const Exchange *first_of(const Exchanges *exchanges, bool is_offer, Str kind) {
    for (size_t i = 0; i < exchanges->count; i++)
        if (exchanges->exchanges[i].is_offer == is_offer && str_equal(exchanges->exchanges[i].kind, kind))
            return &exchanges->exchanges[i];
    return NULL;
}

/* Several of one kind stay several, each with its number and its last day. */
static void side_as_it_was(Exchanges *exchanges, bool is_offer, const StrList *kinds, const Exchanges *before) {
    for (size_t i = 0; i < before->count; i++)
        if (before->exchanges[i].is_offer == is_offer && has_str(kinds, before->exchanges[i].kind))
            exchanges->exchanges[exchanges->count++] = before->exchanges[i];
    for (size_t i = 0; i < kinds->count; i++)
        if (!first_of(before, is_offer, kinds->strs[i]))
            exchanges->exchanges[exchanges->count++] =
                (Exchange){.is_offer = is_offer, .kind = kinds->strs[i], .words = STR(""), .until_on = STR("")};
}

/* Told one by one: with words of their own, or several of one kind. */
static bool is_told_singly(const Exchanges *before, bool is_offer) {
    const Exchange *first = NULL;
    for (size_t i = 0; i < before->count; i++) {
        const Exchange *one = &before->exchanges[i];
        if (one->is_offer != is_offer) continue;
        if (first_of(before, is_offer, one->kind) != one || (first && !str_equal(first->words, one->words)))
            return true;
        if (!first) first = one;
    }
    return false;
}

typedef struct Lines {
    StrList all;
    bool *used; /* said by one that stays as it is */
} Lines;

static Lines lines_of(Arena *arena, Str text) {
    Lines lines = {{arena_array(arena, Str, text.size + 1), 0}, arena_array(arena, bool, text.size + 1)};
    Str line;
    for (Str rest = text; str_next_part(&rest, '\n', &line);)
        if (!str_is_empty(str_trim(line))) lines.all.strs[lines.all.count++] = str_trim(line);
    return lines;
}

/* Whether all of its words stand in the typed lines still; they are then used. */
static bool stands_in(Lines *lines, Str words) {
    Str line;
    for (Str rest = words; str_next_part(&rest, '\n', &line);)
        if (!str_is_empty(str_trim(line)) && !has_str(&lines->all, str_trim(line))) return false;
    for (Str rest = words; str_next_part(&rest, '\n', &line);)
        for (size_t i = 0; i < lines->all.count; i++)
            if (str_equal(lines->all.strs[i], str_trim(line))) lines->used[i] = true;
    return true;
}

/* The typed lines that no other row says. */
static Str lines_left(Arena *arena, const Lines *lines, Str before) {
    Buffer left = buffer_in(arena);
    buffer_add(&left, before);
    for (size_t i = 0; i < lines->all.count; i++) {
        if (lines->used[i]) continue;
        if (left.size) buffer_add_char(&left, '\n');
        buffer_add(&left, lines->all.strs[i]);
    }
    return buffer_str(&left);
}

/* Of a side told one by one every row stays whose kind is ticked. A row whose words still stand in what was typed keeps
 * them; the others get what is left of the typed lines, and where there is no other the last one gets it beside its
 * own. */
static void side_singly(Arena *arena, Exchanges *exchanges, bool is_offer, const StrList *kinds, Str side_words,
                        const Exchanges *before) {
    size_t first = exchanges->count;
    side_as_it_was(exchanges, is_offer, kinds, before);
    size_t count = exchanges->count - first;
    Exchange *rows = exchanges->exchanges + first;
    Lines lines = lines_of(arena, side_words);
    bool *stays = arena_array(arena, bool, count + 1), has_other = false;
    for (size_t i = 0; i < count; i++) {
        stays[i] = !str_is_empty(rows[i].words) && stands_in(&lines, rows[i].words);
        has_other = has_other || !stays[i];
    }
    Str left = lines_left(arena, &lines, STR(""));
    for (size_t i = 0; i < count; i++)
        if (!stays[i]) rows[i].words = left;
    if (count && !has_other && !str_is_empty(left)) {
        Exchange *last = &rows[count - 1];
        last->words = lines_left(arena, &lines, last->words);
    }
}

static void side_from(Arena *arena, Exchanges *exchanges, bool is_offer, const StrList *kinds, Str side_words,
                      const Exchanges *before, bool is_kept) {
    if (is_kept) {
        side_as_it_was(exchanges, is_offer, kinds, before);
        return;
    }
    if (is_told_singly(before, is_offer)) {
        side_singly(arena, exchanges, is_offer, kinds, side_words, before);
        return;
    }
    for (size_t i = 0; i < kinds->count; i++) {
        const Exchange *old = first_of(before, is_offer, kinds->strs[i]);
        Exchange one = {.is_offer = is_offer, .kind = kinds->strs[i], .until_on = STR("")};
        if (old) one = *old;
        one.words = side_words;
        exchanges->exchanges[exchanges->count++] = one;
    }
}

/* Words nobody touched stay with what they are of; new ones count for all kinds of the side, or where they were told
 * one by one for those whose words are gone. */
Exchanges exchanges_from(Arena *arena, const StrList *needs, Str needs_words, const StrList *offers, Str offers_words,
                         const Exchanges *before) {
    Exchanges made = {arena_array(arena, Exchange, needs->count + offers->count + before->count), 0};
    StrList kinds;
    Str old_needs, old_offers;
    load_side(arena, before, false, &kinds, &old_needs);
    load_side(arena, before, true, &kinds, &old_offers);
    side_from(arena, &made, false, needs, needs_words, before, str_equal(old_needs, needs_words));
    side_from(arena, &made, true, offers, offers_words, before, str_equal(old_offers, offers_words));
    return made;
}

/* Whose name and number both change is not who had them. */
static bool is_same_human(const Signup *signup, const EditValues *values) {
    return str_equal(signup->contact_name, values->contact_name) ||
           (!str_is_empty(signup->contact_phone) && str_equal(signup->contact_phone, values->contact_phone));
}

/* Another e-mail is another person, unless there was none: nobody's way in is changed by others. */
static bool stays_contact(Tx *tx, const Signup *signup, const Person *contact, const EditValues *values) {
    Person other;
    if (!str_is_empty(contact->email)) return str_equal_ascii_case(contact->email, values->contact_email);
    return is_same_human(signup, values) &&
           (str_is_empty(values->contact_email) || !person_by_email(tx, values->contact_email, &other));
}

/* Who is the contact no longer speaks for the organisation no longer, unless they hand it over themselves. */
static Id save_contact(Tx *tx, const Signup *signup, const EditValues *values, const EditSaving *saving) {
    Person contact;
    bool has_contact = signup->contact && person_get(tx, signup->contact, &contact);
    if (has_contact && stays_contact(tx, signup, &contact, values)) {
        /* Theirs to say; for who has no e-mail, others look after it. */
        bool is_theirs = contact.id == saving->by && saving->is_proven;
        if (!is_theirs && !str_is_empty(contact.email)) return contact.id;
        contact.name = values->contact_name;
        contact.phone = values->contact_phone;
        if (str_is_empty(contact.email)) contact.email = values->contact_email;
        Err err = person_update(tx, &contact);
        if (err) arena_fail(tx_arena(tx), ERR_INTERNAL, "a person changed inside one transaction: %s", err_name(err));
        return contact.id;
    }
    bool is_told = !str_is_empty(values->contact_name) || !str_is_empty(values->contact_email) ||
                   !str_is_empty(values->contact_phone);
    if (has_contact && contact.id != saving->by) signup_end_representation(tx, signup, contact.id);
    if (!is_told) return 0;
    Language language = has_contact ? contact.language : LANGUAGE_PL;
    Id made = person_ensure(tx, values->contact_name, values->contact_email, values->contact_phone, language);
    signup_let_represent(tx, signup->edition, made, signup->organisation);
    return made;
}

static Str plain_number(Arena *arena, RegisterFault (*check)(Arena *, Str, Str *), Str typed) {
    Str plain;
    return !str_is_empty(typed) && check(arena, typed, &plain) == REGISTER_GOOD ? plain : STR_ABSENT;
}

static Err save_organisation(Tx *tx, const Signup *signup, const EditValues *values, Id by) {
    Arena *arena = tx_arena(tx);
    Organisation organisation;
    if (!organisation_get(tx, signup->organisation, &organisation)) return ERR_NOT_FOUND;
    Str before = organisation.name;
    organisation.name = values->organisation;
    organisation.legal_form = values->legal_form;
    organisation.nip = plain_number(arena, nip_check, values->nip);
    organisation.regon = plain_number(arena, regon_check, values->regon);
    organisation.krs = plain_number(arena, krs_check, values->krs);
    organisation.website = or_absent(values->website);
    organisation.district = district_code(tx, values->district);
    organisation.words = values->words;
    organisation.parent_name = values->parent_name;
    organisation.profiles = values->profiles;
    organisation.languages = values->languages;
    organisation.founded_year = values->founded_year;
    Err err = organisation_update(tx, &organisation);
    if (err) return err;
    signups_organisation_changed(tx, organisation.id);
    if (!str_equal(before, organisation.name))
        store_audit(tx, &(AuditEntry){.person = by,
                                      .edition = signup->edition,
                                      .action = "organisation.rename",
                                      .subject = organisation.id,
                                      .personal = before});
    return OK;
}

/* Only the form of the organisation's own asks it: who saved it there acts for themselves. */
static void save_listing(Tx *tx, const Signup *signup, bool is_listed, const EditSaving *saving) {
    if (is_listed)
        listing_give(tx, &(ListingGiven){.organisation = signup->organisation,
                                         .edition = signup->edition,
                                         .person = saving->by,
                                         .wording = listing_wording(tx_arena(tx), saving->language),
                                         .channel = "form",
                                         .by = saving->by});
    else listing_withdraw(tx, signup->organisation, signup->edition, saving->by);
}

Err edit_save(Tx *tx, const Signup *signup, const EditValues *values, const EditSaving *saving) {
    EditValues stored = edit_load(tx, signup, saving->language);
    if (!str_equal(stored.version, values->version)) return ERR_CONFLICT;
    Err err = save_organisation(tx, signup, values, saving->by);
    if (err) return err;
    Signup changed = *signup;
    changed.contact = save_contact(tx, signup, values, saving);
    address_changed(tx, signup, changed.contact);
    changed.contact_name = values->contact_name;
    changed.contact_phone = values->contact_phone;
    changed.people = values->people;
    changed.access_needs = values->access_needs;
    changed.remarks = values->remarks;
    changed.staff_notes = values->staff_notes;
    err = signup_update(tx, &changed, saving->by);
    if (err) return err;
    if (values->is_listed != stored.is_listed) save_listing(tx, signup, values->is_listed, saving);
    Exchanges before = signup_exchanges_of(tx, signup->edition, signup->organisation);
    Exchanges exchanges = exchanges_from(tx_arena(tx), &values->needs, values->needs_words, &values->offers,
                                         values->offers_words, &before);
    signup_set_exchanges(tx, signup->edition, signup->organisation, &exchanges);
    return OK;
}
