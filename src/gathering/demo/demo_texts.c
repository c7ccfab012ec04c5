// SPDX-License-Identifier: EUPL-1.2
/* Texts of the demo in other languages: some of the organiser's, some of organisations', one by a volunteer. Most are
 * missing, as in life: they are the list that a volunteer works through. */
#include "gathering/demo/demo_fill.h"
#include "gathering/signups/catalogue.h"

static void add_text(DemoFill *fill, Id subject, const char *field, const char *language, Str original,
                     const char *words, TextOrigin origin) {
    TextOther text = {.subject = subject,
                      .field = str_from_c(field),
                      .language = str_from_c(language),
                      .words = str_from_c(words),
                      .original = text_original(original),
                      .origin = origin};
    demo_must(fill, text_save(fill->tx, &text), words);
}

static const struct {
    const char *title, *en, *uk;
} sections[] = {
    {"Otwarcie drzwi, kawa powitalna", "Doors open, a coffee to begin with", "Двері відчинено, кава на початок"},
    {"Powitanie", "Welcome", "Вітання"},
    {"Wystąpienia, część pierwsza", "Talks, first part", "Виступи, перша частина"},
    {"Występ dzieci", "Children on stage", "Виступ дітей"},
    {"Poczęstunek i wszystkie organizacje na ekranie", "Food, and all organisations on the screen",
     "Частування і всі організації на екрані"},
    {"Wystąpienia, część druga", "Talks, second part", "Виступи, друга частина"},
    {"Dwa tańce", "Two dances", "Два танці"},
    {"Z rzędów robimy stoliki", "Rows become tables", "З рядів робимо столики"},
    {"Rundy rozmów", "Talks at tables", "Раунди розмов"},
    {"Znowu rzędy, próba dźwięku", "Rows again, sound check", "Знову ряди, перевірка звуку"},
    {"Koncert", "Concert", "Концерт"},
    {"Ustalenia i plan na czerwiec", "What we agree on, and a plan for June", "Домовленості і план на червень"},
    {"Podziękowania", "Thanks", "Подяки"},
};

static void add_sections(DemoFill *fill, Id edition) {
    Frame frame = edition_frame(fill->tx, edition);
    for (size_t i = 0; i < frame.count; i++)
        for (size_t k = 0; k < COUNT(sections); k++) {
            const FrameSection *section = &frame.sections[i];
            if (!str_equal(section->title, str_from_c(sections[k].title))) continue;
            add_text(fill, section->id, "title", "en", section->title, sections[k].en, TEXT_OWN);
            add_text(fill, section->id, "title", "uk", section->title, sections[k].uk, TEXT_OWN);
        }
}

static const struct {
    int organisation; /* from 1 */
    const char *field, *language, *words;
    TextOrigin origin;
} texts[] = {
    {1, "words", "en", "Meetings, trips and a course in writing memoirs for people over sixty.", TEXT_OWN},
    {1, "words", "uk", "Зустрічі, мандрівки і курс написання спогадів для людей, яким за шістдесят.", TEXT_VOLUNTEER},
    {19, "name", "en", "The Bridge Workshop", TEXT_OWN},
    {19, "words", "en", "Training in mediation and in leading difficult meetings.", TEXT_OWN},
    {26, "name", "uk-Latn", "Hromadska initsiatyva «Tut i razom»", TEXT_OWN},
};

void demo_add_texts(DemoFill *fill) {
    Edition edition;
    if (!edition_get(fill->tx, fill->coming, &edition)) demo_must(fill, ERR_NOT_FOUND, "the coming edition");
    add_text(fill, edition.id, "words", "en", edition.words,
             "An afternoon on which organisations tell what they do, look for partners and eat cake together.",
             TEXT_OWN);
    add_text(fill, edition.id, "words", "uk", edition.words,
             "Пообіддя, коли організації розповідають, що роблять, шукають партнерів і разом їдять пиріг.", TEXT_OWN);
    add_sections(fill, edition.id);
    for (size_t i = 0; i < COUNT(texts); i++) {
        Organisation organisation;
        Id id = fill->organisations[texts[i].organisation - 1];
        if (!organisation_get(fill->tx, id, &organisation)) demo_must(fill, ERR_NOT_FOUND, texts[i].words);
        Str original = str_equal(str_from_c(texts[i].field), STR("name")) ? organisation.name : organisation.words;
        add_text(fill, id, texts[i].field, texts[i].language, original, texts[i].words, texts[i].origin);
        if (words_have_cyrillic(organisation.name)) organisation_set_written_in(fill->tx, id, STR("uk"));
        catalogue_follow(fill->tx, id);
    }
}
