// SPDX-License-Identifier: EUPL-1.2
/* How a row differs from what is kept of its organisation. */
#include "gathering/signups/export_sheet.h"
#include "gathering/signups/import_planning.h"

static void compare(const Planning *planning, ImportPlanRow *row, ImportField field, Str in_sheet, Str kept) {
    if (!str_is_empty(in_sheet) && !str_equal(in_sheet, kept))
        planning_note(planning, row, IMPORT_DIFFERS, field, in_sheet, kept);
}

/* Profiles as the organiser calls them. */
static Str profile_words(const Planning *planning, const StrList *codes) {
    Language language = planning->edition->series.language;
    Kinds kinds = kinds_of(planning->tx, STR("profile"), language);
    Str *names = arena_array(planning->arena, Str, codes->count);
    for (size_t i = 0; i < codes->count; i++) names[i] = kind_name(&kinds, codes->strs[i]);
    return list_words(planning->arena, language, names, codes->count);
}

static bool has_profile(const StrList *list, Str profile) {
    for (size_t i = 0; i < list->count; i++)
        if (str_equal(list->strs[i], profile)) return true;
    return false;
}

static void compare_profiles(const Planning *planning, ImportPlanRow *row, const StrList *kept) {
    bool is_same = row->profiles.count == kept->count;
    for (size_t i = 0; i < row->profiles.count; i++) is_same &= has_profile(kept, row->profiles.strs[i]);
    if (row->profiles.count == 0 || is_same) return;
    planning_note(planning, row, IMPORT_DIFFERS, IMPORT_PROFILES, profile_words(planning, &row->profiles),
                  profile_words(planning, kept));
}

/* Needs or offers one after another, alike in kind and words. */
static bool are_same_exchanges(const Exchanges *a, const Exchanges *b, bool is_offer) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a->count && a->exchanges[i].is_offer != is_offer) i++;
        while (j < b->count && b->exchanges[j].is_offer != is_offer) j++;
        if (i >= a->count || j >= b->count) return i >= a->count && j >= b->count;
        if (!str_equal(a->exchanges[i].kind, b->exchanges[j].kind)) return false;
        if (!str_equal(a->exchanges[i].words, b->exchanges[j].words)) return false;
    }
}

static Str exchange_words(const Planning *planning, const Exchanges *exchanges, bool is_offer) {
    Kinds kinds = kinds_of(planning->tx, STR("exchange"), planning->edition->series.language);
    Buffer out = buffer_in(planning->arena);
    for (size_t i = 0; i < exchanges->count; i++) {
        if (exchanges->exchanges[i].is_offer != is_offer) continue;
        if (out.size) buffer_add(&out, STR("; "));
        buffer_add(&out, exchange_item(planning->arena, &kinds, &exchanges->exchanges[i]));
    }
    return buffer_str(&out);
}

static void compare_exchanges(const Planning *planning, ImportPlanRow *row, const Exchanges *kept, bool is_offer) {
    bool is_told = false;
    for (size_t i = 0; i < row->exchanges.count; i++) is_told |= row->exchanges.exchanges[i].is_offer == is_offer;
    if (!is_told || are_same_exchanges(&row->exchanges, kept, is_offer)) return;
    planning_note(planning, row, IMPORT_DIFFERS, is_offer ? IMPORT_OFFERS : IMPORT_NEEDS,
                  exchange_words(planning, &row->exchanges, is_offer), exchange_words(planning, kept, is_offer));
}

/* A code, shown as the organiser calls it. */
static void compare_kind(const Planning *planning, ImportPlanRow *row, ImportField field, const char *list,
                         Str in_sheet, Str kept) {
    if (str_is_empty(in_sheet) || str_equal(in_sheet, kept)) return;
    Kinds kinds = kinds_of(planning->tx, str_from_c(list), planning->edition->series.language);
    planning_note(planning, row, IMPORT_DIFFERS, field, kind_name(&kinds, in_sheet), kind_name(&kinds, kept));
}

static void compare_organisation(const Planning *planning, ImportPlanRow *row, const Organisation *kept) {
    compare(planning, row, IMPORT_NIP, row->read.nip, kept->nip);
    compare(planning, row, IMPORT_REGON, row->read.regon, kept->regon);
    compare(planning, row, IMPORT_KRS, row->read.krs, kept->krs);
    if (!row->signup && !row->is_shared) return; /* of an earlier edition: what they do now is news, not a doubt */
    compare_profiles(planning, row, &kept->profiles);
    compare_kind(planning, row, IMPORT_LEGAL_FORM, "legal_form", row->legal_form, kept->legal_form);
    if (!str_equal(row->read.district, kept->district)) /* which may be told in its own words */
        compare_kind(planning, row, IMPORT_DISTRICT, "district", row->district, kept->district);
    compare(planning, row, IMPORT_WEBSITE, row->read.website, kept->website);
    compare(planning, row, IMPORT_WORDS, row->read.words, kept->words);
}

static bool next_digit(Str *phone, char *digit) {
    while (phone->size > 0) {
        *digit = phone->data[0];
        *phone = str_skip(*phone, 1);
        if (*digit >= '0' && *digit <= '9') return true;
    }
    return false;
}

bool planning_same_phone(Str a, Str b) {
    char left, right;
    for (;;) {
        bool has_left = next_digit(&a, &left), has_right = next_digit(&b, &right);
        if (!has_left || !has_right) return has_left == has_right;
        if (left != right) return false;
    }
}

/* An e-mail says who it is; without one the telephone does, without both the name. */
static void compare_contact(const Planning *planning, ImportPlanRow *row, const Signup *kept) {
    const ImportRow *read = &row->read;
    if (!str_is_empty(read->email)) {
        if (!str_equal_ascii_case(read->email, kept->contact_email))
            planning_note(planning, row, IMPORT_DIFFERS, IMPORT_EMAIL, read->email, kept->contact_email);
    } else if (!str_is_empty(read->phone)) {
        if (!planning_same_phone(read->phone, kept->contact_phone))
            planning_note(planning, row, IMPORT_DIFFERS, IMPORT_PHONE, read->phone, kept->contact_phone);
    } else compare(planning, row, IMPORT_CONTACT_NAME, read->contact_name, kept->contact_name);
}

Str planning_question(const SheetQuestions *questions, Id question) {
    for (size_t i = 0; i < questions->count; i++)
        if (questions->questions[i].id == question) return questions->questions[i].label;
    return STR("");
}

void planning_try_answers(const Planning *planning, ImportPlanRow *row, Id organisation) {
    if (!planning->questions || !planning->questions->room || !row->read.answer_count) return;
    SheetRow answers = {.edition = planning->edition->id,
                        .organisation = organisation,
                        .is_tried = true,
                        .cells = row->read.answers,
                        .count = row->read.answer_count};
    planning->questions->room->sheet_answers(planning->tx, planning->questions, &answers);
}

static void compare_answers(const Planning *planning, ImportPlanRow *row) {
    planning_try_answers(planning, row, row->organisation);
    for (size_t i = 0; i < row->read.answer_count; i++) {
        const SheetCell *cell = &row->read.answers[i];
        if (cell->verdict != SHEET_TAKEN) continue;
        Str label = planning_question(planning->questions, cell->question);
        import_note(
            planning->arena, &row->read.notes,
            &(ImportNote){.why = IMPORT_DIFFERS,
                          .field = IMPORT_QUESTION,
                          .line = cell->line,
                          .column = cell->column,
                          .value = str_format(planning->arena, "%.*s: %.*s", STR_FORMAT(label), STR_FORMAT(cell->text)),
                          .other = cell->kept});
    }
}

static void compare_signup(const Planning *planning, ImportPlanRow *row, const Signup *kept) {
    Arena *arena = planning->arena;
    if (row->read.people.given && row->read.people.value != kept->people)
        planning_note(planning, row, IMPORT_DIFFERS, IMPORT_PEOPLE,
                      str_format(arena, "%lld", (long long)row->read.people.value),
                      str_format(arena, "%lld", (long long)kept->people));
    compare(planning, row, IMPORT_REMARKS, row->remarks, kept->remarks);
    compare(planning, row, IMPORT_ACCESS, row->read.access_needs, kept->access_needs);
    compare(planning, row, IMPORT_NOTES, row->read.staff_notes, kept->staff_notes);
    Exchanges exchanges = signup_exchanges_of(planning->tx, planning->edition->id, row->organisation);
    compare_exchanges(planning, row, &exchanges, false);
    compare_exchanges(planning, row, &exchanges, true);
    compare_contact(planning, row, kept);
    compare_answers(planning, row);
}

void planning_compare(const Planning *planning, ImportPlanRow *row) {
    Organisation organisation;
    Signup signup;
    if (!row->organisation || !organisation_get(planning->tx, row->organisation, &organisation)) return;
    bool is_signed_up = signup_of_organisation(planning->tx, planning->edition->id, row->organisation, &signup);
    row->signup = is_signed_up ? signup.id : 0;
    row->is_shared = signup_known(planning->tx, row->organisation, planning->edition->series.id).elsewhere;
    compare_organisation(planning, row, &organisation);
    if (is_signed_up) compare_signup(planning, row, &signup);
}

/* The row as if it were that organisation's, with the notes of the comparison alone. */
static ImportPlanRow compared_with(const Planning *planning, const ImportPlanRow *row, Id organisation) {
    ImportPlanRow as_its = *row;
    as_its.organisation = organisation;
    as_its.read.notes = (ImportNotes){0};
    planning_compare(planning, &as_its);
    return as_its;
}

void planning_compare_maybe(const Planning *planning, ImportPlanRow *row, Id organisation) {
    ImportPlanRow as_its = compared_with(planning, row, organisation);
    if (!as_its.signup) return;
    for (size_t i = 0; i < as_its.read.notes.count; i++)
        import_note(planning->arena, &row->read.notes, &as_its.read.notes.notes[i]);
}

bool planning_is_as_kept(const Planning *planning, const ImportPlanRow *row, Id organisation) {
    ImportPlanRow as_its = compared_with(planning, row, organisation);
    return as_its.signup && as_its.read.notes.count == 0;
}
