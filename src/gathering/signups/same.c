// SPDX-License-Identifier: EUPL-1.2
#include "gathering/signups/same.h"

#include "gathering/organisations/name_index.h"
#include "gathering/signups/catalogue.h"
#include "gathering/signups/listing.h"
#include "platform/base/limits.h"
#include "platform/base/utf8.h"
#include "signups_sql.h"
#include <assert.h>

/* ---- which may be the same -------------------------------------------------------------------------------------- */

bool signup_is_active(SignupState state) {
    return state == SIGNUP_NEW || state == SIGNUP_ACCEPTED || state == SIGNUP_WAITING;
}

const Signup **signup_doubles(Arena *arena, const Signups *all, const Aparts *aparts) {
    enum { LOOKED_AT = 6 };
    const Signup **doubles = arena_array(arena, const Signup *, all->count);
    const Signup **active = arena_array(arena, const Signup *, all->count);
    size_t *places = arena_array(arena, size_t, all->count), count = 0;
    Str *names = arena_array(arena, Str, all->count);
    for (size_t i = 0; i < all->count; i++) {
        if (!signup_is_active(all->signups[i].state)) continue;
        names[count] = organisation_fold_name(arena, all->signups[i].organisation_name);
        places[count] = i;
        active[count++] = &all->signups[i];
    }
    const NameIndex *index = name_index_make(arena, names, count);
    for (size_t i = 0; i < count; i++) {
        size_t alike[LOOKED_AT], found = name_index_similar(index, names[i], alike, COUNT(alike));
        for (size_t k = found; k--;) /* it is like itself; of several the first */
            if (alike[k] != i &&
                !(aparts && aparts_have(aparts, active[i]->organisation, active[alike[k]]->organisation)))
                doubles[places[i]] = active[alike[k]];
    }
    return doubles;
}

/* ---- answers, side by side --------------------------------------------------------------------------------------- */

static void add_line(Buffer *out, Str words, Str between) {
    if (str_is_empty(words)) return;
    if (out->size) buffer_add(out, between);
    buffer_add(out, words);
}

static Str three(Arena *arena, Str one, Str two, Str three) {
    Buffer out = buffer_in(arena);
    add_line(&out, one, STR(", "));
    add_line(&out, two, STR(", "));
    add_line(&out, three, STR(", "));
    return buffer_str(&out);
}

static Str kinds_words(Tx *tx, const char *list, Language language, const StrList *codes) {
    Kinds kinds = kinds_of(tx, str_from_c(list), language);
    Str *names = arena_array(tx_arena(tx), Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return codes->count ? list_words(tx_arena(tx), language, names, codes->count) : STR("");
}

static Str exchange_words(Tx *tx, Language language, const StrList *codes, Str words) {
    Buffer out = buffer_in(tx_arena(tx));
    add_line(&out, kinds_words(tx, "exchange", language, codes), STR(": "));
    add_line(&out, words, STR(": "));
    return buffer_str(&out);
}

SameSide same_side(Tx *tx, const Signup *signup, Language language) {
    Arena *arena = tx_arena(tx);
    SameSide side = {*signup, edit_load(tx, signup, language), {0}, {{0}}};
    const EditValues *values = &side.values;
    side.exchanges = signup_exchanges_of(tx, signup->edition, signup->organisation);
    const Str words[SAME_ANSWERS] = {
        [SAME_CONTACT] = three(arena, values->contact_name, values->contact_email, values->contact_phone),
        [SAME_PEOPLE] = number_words(arena, language, values->people),
        [SAME_ACCESS] = values->access_needs,
        [SAME_REMARKS] = values->remarks,
        [SAME_NOTES] = values->staff_notes,
        [SAME_PROFILES] = kinds_words(tx, "profile", language, &values->profiles),
        [SAME_WORDS] = values->words,
        [SAME_NEEDS] = exchange_words(tx, language, &values->needs, values->needs_words),
        [SAME_OFFERS] = exchange_words(tx, language, &values->offers, values->offers_words),
        [SAME_LEGAL_FORM] = kinds_words(tx, "legal_form", language,
                                        &(StrList){&side.values.legal_form, !str_is_empty(values->legal_form)}),
        [SAME_WEBSITE] = values->website,
        [SAME_DISTRICT] = values->district,
        [SAME_PARENT] = values->parent_name,
        [SAME_FOUNDED] =
            values->founded_year.given ? str_format(arena, "%lld", (long long)values->founded_year.value) : STR(""),
        [SAME_LANGUAGES] = kinds_words(tx, "language", language, &values->languages),
        [SAME_NIP] = values->nip,
        [SAME_REGON] = values->regon,
        [SAME_KRS] = values->krs,
    };
    for (size_t i = 0; i < SAME_ANSWERS; i++) side.words[i] = str_is_absent(words[i]) ? STR("") : words[i];
    return side;
}

bool same_differs(const SameJoin *join, SameAnswer answer) {
    return !str_equal(join->kept.words[answer], join->other.words[answer]);
}

static bool is_text(SameAnswer answer) {
    return answer == SAME_ACCESS || answer == SAME_REMARKS || answer == SAME_NOTES || answer == SAME_WORDS;
}

bool same_may_be_both(const SameJoin *join, SameAnswer answer) {
    Str one = join->kept.words[answer], other = join->other.words[answer];
    if (str_is_empty(one) || str_is_empty(other)) return false;
    if (answer == SAME_PROFILES || answer == SAME_NEEDS || answer == SAME_OFFERS || answer == SAME_LANGUAGES)
        return true;
    return is_text(answer) && utf8_count(one) + 1 + utf8_count(other) <= LIMIT_TEXT_CHARS;
}

void same_choose(SameJoin *join) {
    for (SameAnswer i = 0; i < SAME_ANSWERS; i++) {
        bool is_told = !str_is_empty(join->kept.words[i]);
        bool keeps_both = i != SAME_WORDS && same_differs(join, i) && same_may_be_both(join, i);
        join->choices[i] = keeps_both ? SAME_BOTH : is_told ? SAME_KEPT : SAME_OTHER;
    }
}

/* ---- joining ---------------------------------------------------------------------------------------------------- */

static Str chosen_text(Arena *arena, const SameJoin *join, SameAnswer answer) {
    Str one = join->kept.words[answer], other = join->other.words[answer];
    if (join->choices[answer] == SAME_BOTH) return str_format(arena, "%.*s\n%.*s", STR_FORMAT(one), STR_FORMAT(other));
    return join->choices[answer] == SAME_KEPT ? one : other;
}

static bool has_str(const StrList *list, Str str) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->strs[i], str)) return true;
    return false;
}

static StrList chosen_list(Arena *arena, SameChoice choice, const StrList *one, const StrList *other) {
    if (choice != SAME_BOTH) return choice == SAME_KEPT ? *one : *other;
    StrList all = {arena_array(arena, Str, one->count + other->count), 0};
    for (size_t i = 0; i < one->count; i++) all.strs[all.count++] = one->strs[i];
    for (size_t i = 0; i < other->count; i++)
        if (!has_str(one, other->strs[i])) all.strs[all.count++] = other->strs[i];
    return all;
}

static void add_side(Exchanges *all, const Exchanges *from, bool is_offer) {
    for (size_t i = 0; i < from->count; i++) {
        const Exchange *one = &from->exchanges[i];
        bool is_there = one->is_offer != is_offer;
        for (size_t k = 0; !is_there && k < all->count; k++)
            is_there = all->exchanges[k].is_offer == is_offer && str_equal(all->exchanges[k].kind, one->kind) &&
                       str_equal(all->exchanges[k].words, one->words);
        if (!is_there) all->exchanges[all->count++] = *one;
    }
}

static Exchanges chosen_exchanges(Arena *arena, const SameJoin *join) {
    Exchanges all = {arena_array(arena, Exchange, join->kept.exchanges.count + join->other.exchanges.count), 0};
    for (int is_offer = 0; is_offer < 2; is_offer++) {
        SameChoice choice = join->choices[is_offer ? SAME_OFFERS : SAME_NEEDS];
        if (choice != SAME_OTHER) add_side(&all, &join->kept.exchanges, is_offer);
        if (choice != SAME_KEPT) add_side(&all, &join->other.exchanges, is_offer);
    }
    return all;
}

/* The contact apart, which is a person with rights. */
static EditValues chosen_values(Arena *arena, const SameJoin *join) {
    const EditValues *one = &join->kept.values, *other = &join->other.values;
    EditValues values = *one;
    values.people = join->choices[SAME_PEOPLE] == SAME_KEPT ? one->people : other->people;
    values.access_needs = chosen_text(arena, join, SAME_ACCESS);
    values.remarks = chosen_text(arena, join, SAME_REMARKS);
    values.staff_notes = chosen_text(arena, join, SAME_NOTES);
    values.words = chosen_text(arena, join, SAME_WORDS);
    values.profiles = chosen_list(arena, join->choices[SAME_PROFILES], &one->profiles, &other->profiles);
    values.legal_form = join->choices[SAME_LEGAL_FORM] == SAME_KEPT ? one->legal_form : other->legal_form;
    values.website = chosen_text(arena, join, SAME_WEBSITE);
    values.district = chosen_text(arena, join, SAME_DISTRICT);
    values.parent_name = chosen_text(arena, join, SAME_PARENT);
    values.founded_year = join->choices[SAME_FOUNDED] == SAME_KEPT ? one->founded_year : other->founded_year;
    values.languages = chosen_list(arena, join->choices[SAME_LANGUAGES], &one->languages, &other->languages);
    values.nip = chosen_text(arena, join, SAME_NIP);
    values.regon = chosen_text(arena, join, SAME_REGON);
    values.krs = chosen_text(arena, join, SAME_KRS);
    return values;
}

static Err end_other(Tx *tx, const SameJoin *join) {
    const Signup *other = &join->other.signup;
    Buffer notes = buffer_in(tx_arena(tx));
    add_line(&notes, other->staff_notes, STR("\n"));
    add_line(&notes, join->note, STR("\n"));
    OptionalInt by = join->by ? given_int(join->by) : (OptionalInt){0};
    int64_t ended = signups_sql_end_as_double(tx, other->edition, other->id, other->version,
                                              utf8_cut(buffer_str(&notes), LIMIT_TEXT_CHARS), tx_now_ms(tx), by);
    if (!ended) return ERR_CONFLICT;
    signups_sql_move_notes(tx, other->edition, other->id, join->kept.signup.id);
    return OK;
}

/* An organisation that was made by the sign-up that ends is nobody's any more: its register numbers and the consent to
 * be named are the other one's. One that signed up elsewhere too keeps what it has. */
static void empty_organisation(Tx *tx, const SameJoin *join) {
    Organisation left;
    Id from = join->other.signup.organisation;
    if (signups_sql_editions_of(tx, from).count > 1 || !organisation_get(tx, from, &left)) return;
    listing_join(tx, from, join->kept.signup.organisation);
    organisation_get(tx, from, &left); /* listing counts its version */
    left.nip = left.regon = left.krs = STR_ABSENT;
    if (organisation_update(tx, &left)) arena_fail(tx_arena(tx), ERR_INTERNAL, "it changed in one transaction");
}

/* Of one that is not named yet a tick made for it in the form waits for its contact, whichever of the two had it. */
static void keep_wish(Tx *tx, const SameJoin *join) {
    const Signup *kept = &join->kept.signup, *other = &join->other.signup;
    Signup now;
    if (str_is_absent(other->listing_wish) || !str_is_absent(kept->listing_wish)) return;
    if (signup_get(tx, kept->edition, kept->id, &now) && !now.is_listed)
        listing_wish(tx, kept->edition, kept->id, other->listing_wish);
}

/* Whoever came under the other name was there, and had been there before. */
static void keep_attendance(Tx *tx, const SameJoin *join) {
    const Signup *kept = &join->kept.signup, *other = &join->other.signup;
    OptionalInt came = kept->came_people;
    if (other->came_people.given && (!came.given || other->came_people.value > came.value)) came = other->came_people;
    bool is_first = kept->first_time && other->first_time;
    if (came.given == kept->came_people.given && came.value == kept->came_people.value && is_first == kept->first_time)
        return;
    signups_sql_set_attendance(tx, kept->edition, kept->id, came, is_first);
}

static Err save_contact(Tx *tx, const SameJoin *join) {
    if (join->choices[SAME_CONTACT] == SAME_KEPT) return OK;
    Signup changed = join->kept.signup;
    changed.contact = join->other.signup.contact;
    changed.contact_name = join->other.signup.contact_name;
    changed.contact_phone = join->other.signup.contact_phone;
    return signup_update(tx, &changed, join->by);
}

static Err save_answers(Tx *tx, const SameJoin *join) {
    Signup kept;
    if (!signup_get(tx, join->kept.signup.edition, join->kept.signup.id, &kept)) return ERR_NOT_FOUND;
    EditValues now = edit_load(tx, &kept, join->language), values = chosen_values(tx_arena(tx), join);
    values.version = now.version;
    values.is_listed = now.is_listed;
    values.contact_name = now.contact_name;
    values.contact_email = now.contact_email;
    values.contact_phone = now.contact_phone;
    Err err = edit_save(tx, &kept, &values, &(EditSaving){join->by, join->language, false});
    if (err) return err;
    Exchanges exchanges = chosen_exchanges(tx_arena(tx), join);
    signup_set_exchanges(tx, kept.edition, kept.organisation, &exchanges);
    return OK;
}

Err same_join(Tx *tx, const SameJoin *join) {
    const Signup *kept = &join->kept.signup, *other = &join->other.signup;
    assert(kept->id != other->id && kept->edition == other->edition);
    Err err = end_other(tx, join);
    if (!err) err = save_contact(tx, join);
    if (err) return err;
    catalogue_join(tx, other, kept->organisation, join->by);
    signup_move_representatives(tx, other, kept->organisation);
    empty_organisation(tx, join);
    keep_wish(tx, join);
    err = save_answers(tx, join);
    if (err) return err;
    keep_attendance(tx, join);
    store_audit(
        tx, &(AuditEntry){.person = join->by, .edition = kept->edition, .action = "signup.same", .subject = other->id});
    store_audit(
        tx, &(AuditEntry){.person = join->by, .edition = kept->edition, .action = "signup.keep", .subject = kept->id});
    store_changed(tx, kept->edition, PART_SIGNUPS);
    catalogue_follow(tx, kept->organisation);
    catalogue_follow(tx, other->organisation);
    return OK;
}
