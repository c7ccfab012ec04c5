// SPDX-License-Identifier: EUPL-1.2
/* What the preview of an import says. */
#include "gathering/signups/import_plan.h"
#include "platform/base/utf8.h"

Str import_field_words(Arena *arena, Language language, ImportField field) {
    static const Msg words[IMPORT_FIELD_COUNT] = {
        [IMPORT_LEFT_OUT] = MSG_INIT("signups", "leave this column out"),
        [IMPORT_NAME] = MSG_INIT("signups", "name of the organisation"),
        [IMPORT_CONTACT_NAME] = MSG_INIT("signups", "name of the contact person"),
        [IMPORT_EMAIL] = MSG_INIT("signups", "e-mail"),
        [IMPORT_PHONE] = MSG_INIT("signups", "telephone"),
        [IMPORT_PEOPLE] = MSG_INIT("signups", "how many people"),
        [IMPORT_PROFILES] = MSG_INIT("signups", "what they do"),
        [IMPORT_LEGAL_FORM] = MSG_INIT("signups", "legal form"),
        [IMPORT_NIP] = MSG_INIT("signups", "NIP"),
        [IMPORT_REGON] = MSG_INIT("signups", "REGON"),
        [IMPORT_KRS] = MSG_INIT("signups", "KRS"),
        [IMPORT_DISTRICT] = MSG_INIT("signups", "district"),
        [IMPORT_WEBSITE] = MSG_INIT("signups", "website"),
        [IMPORT_WORDS] = MSG_INIT("signups", "description"),
        [IMPORT_OFFERS] = MSG_INIT("signups", "what they can give"),
        [IMPORT_NEEDS] = MSG_INIT("signups", "what they look for"),
        [IMPORT_REMARKS] = MSG_INIT("signups", "remarks"),
        [IMPORT_ACCESS] = MSG_INIT("signups", "access needs"),
        [IMPORT_NOTES] = MSG_INIT("signups", "our notes"),
        [IMPORT_STATE] = MSG_INIT("signups", "state of the sign-up"),
        [IMPORT_SUBMITTED] = MSG_INIT("signups", "when it was sent"),
        [IMPORT_QUESTION] = MSG_INIT("signups", "answer to an own question"),
    };
    return say(arena, language, words[field]);
}

Str import_fate_words(Arena *arena, Language language, ImportFate fate) {
    static const Msg words[IMPORT_FATE_COUNT] = {
        [IMPORT_NEW] = MSG_INIT("signups", "new"),
        [IMPORT_SAME] = MSG_INIT("signups", "the same as before"),
        [IMPORT_DOUBTFUL] = MSG_INIT("signups", "doubtful"),
        [IMPORT_WRONG] = MSG_INIT("signups", "cannot be taken"),
    };
    return say(arena, language, words[fate]);
}

Str import_not_read_words(Arena *arena, Language language, const ImportSheet *sheet) {
    StrList heads = import_columns_not_read(arena, sheet);
    if (!heads.count) return STR_ABSENT;
    return say(arena, language, MSG("signups", "Columns that are not read: {columns}."),
               SAY_TEXT("columns", list_words(arena, language, heads.strs, heads.count)));
}

Str import_taken_words(Arena *arena, Language language, const ImportTaken *taken) {
    return say(arena, language, MSG("signups", "The sheet is in. New: {added}, changed: {updated}, left out: {left}."),
               SAY_INT("added", (int64_t)taken->added), SAY_INT("updated", (int64_t)taken->updated),
               SAY_INT("left", (int64_t)taken->left));
}

/* Those that say what was written. */
static const Msg value_words[IMPORT_WHY_COUNT] = {
    [IMPORT_BAD_NIP] = MSG_INIT("signups", "“{value}” is not a NIP. Taken without it."),
    [IMPORT_BAD_REGON] = MSG_INIT("signups", "“{value}” is not a REGON. Taken without it."),
    [IMPORT_BAD_KRS] = MSG_INIT("signups", "“{value}” is not a KRS number. Taken without it."),
    [IMPORT_BAD_EMAIL] = MSG_INIT("signups", "“{value}” is not an e-mail address. Taken without it."),
    [IMPORT_BAD_PHONE] = MSG_INIT("signups", "“{value}” is not one telephone number. Taken without it."),
    [IMPORT_BAD_PEOPLE] = MSG_INIT("signups", "“{value}” is not a number of people. Taken as one person."),
    [IMPORT_BAD_WEBSITE] = MSG_INIT("signups", "“{value}” is not the address of a website. Taken without it."),
    [IMPORT_BAD_TIME] = MSG_INIT("signups", "“{value}” is not a date. The time of the import counts."),
    [IMPORT_NOT_COMING] =
        MSG_INIT("signups", "The sheet says “{value}”. Taken, it is a new sign-up that waits for a decision."),
    [IMPORT_UNKNOWN_ANSWER] = MSG_INIT("signups", "“{value}” is on none of our lists. It is kept among the remarks."),
    [IMPORT_CUT] = MSG_INIT("signups", "“{value}” is too long and is cut."),
};

/* The sheet has the whole of it; a note says enough to find it. */
static Str shortened(Arena *arena, Str value) {
    enum { SHOWN_CHARS = 80 };
    Str cut = utf8_cut(value, SHOWN_CHARS);
    return cut.size < value.size ? str_join(arena, str_trim(cut), STR("…")) : value;
}

static Str difference_words(Arena *arena, Language language, const ImportNote *note) {
    Str field = import_field_words(arena, language, note->field);
    if (str_is_empty(note->other))
        return say(arena, language, MSG("signups", "{field}: the sheet says “{value}”, we have nothing."),
                   SAY_TEXT("field", field), SAY_TEXT("value", shortened(arena, note->value)));
    return say(arena, language, MSG("signups", "{field}: the sheet says “{value}”, we have “{kept}”."),
               SAY_TEXT("field", field), SAY_TEXT("value", shortened(arena, note->value)),
               SAY_TEXT("kept", shortened(arena, note->other)));
}

static Str answer_note_words(Arena *arena, Language language, const ImportNote *note) {
    Msg words = MSG("signups", "“{value}” is no answer to “{question}”. It is kept in a note.");
    if (note->why == IMPORT_NOT_ASKED)
        words = MSG("signups", "“{question}” is not asked of them. “{value}” is kept in a note.");
    if (note->why == IMPORT_NO_PLACE)
        words = MSG("signups", "No place is left for “{value}” of “{question}”. It is kept in a note.");
    return say(arena, language, words, SAY_TEXT("value", shortened(arena, note->value)),
               SAY_TEXT("question", note->other));
}

Str import_note_words(Arena *arena, Language language, const ImportNote *note) {
    switch (note->why) {
    case IMPORT_NO_NAME:
        return say(arena, language, MSG("signups", "There is no name of an organisation in this row."));
    case IMPORT_NO_TEXT: return say(arena, language, MSG("signups", "What stands here is not text."));
    case IMPORT_SHORT_ROW:
        return say(arena, language,
                   MSG("signups", "The row ends before its last columns: look whether it was torn in two."));
    case IMPORT_BROKEN_CELL:
        return say(arena, language, MSG("signups", "The file is damaged here: look whether the row was read rightly."));
    case IMPORT_TWO_ROWS:
        return say(
            arena, language,
            MSG("signups", "Line {line} is of the same organisation. Ticked, this row counts as the newer answer."),
            SAY_TEXT("line", note->other));
    case IMPORT_MAYBE_TWO_ROWS:
        return say(arena, language, MSG("signups", "It may be the same organisation as in line {line}."),
                   SAY_TEXT("line", note->other));
    case IMPORT_REPLACED:
        return say(arena, language,
                   MSG("signups", "Line {line} is the newer answer of this organisation, and it is in already."),
                   SAY_TEXT("line", note->other));
    case IMPORT_SIMILAR:
        return say(arena, language, MSG("signups", "Perhaps this is “{organisation}”, which we know already."),
                   SAY_TEXT("organisation", shortened(arena, note->other)));
    case IMPORT_TWO_ORGANISATIONS:
        return say(arena, language,
                   MSG("signups", "This NIP belongs to “{organisation}”, the name to another organisation."),
                   SAY_TEXT("organisation", shortened(arena, note->other)));
    case IMPORT_BAD_ANSWER:
    case IMPORT_NOT_ASKED:
    case IMPORT_NO_PLACE: return answer_note_words(arena, language, note);
    case IMPORT_DIFFERS: return difference_words(arena, language, note);
    default: return say(arena, language, value_words[note->why], SAY_TEXT("value", shortened(arena, note->value)));
    }
}
