// SPDX-License-Identifier: EUPL-1.2
/* The afternoon of the demo: its frame, what was offered for the stage, what is brought to the table. */
#include "gathering/demo/demo_data.h"

enum { HALL, FOYER, WORKSHOP, GARDEN };

const DemoSpace demo_spaces[DEMO_SPACES] = {
    [HALL] = {"Sala pod Zegarem",
              "Scena 6 × 4 m, nagłośnienie, dwa mikrofony, rzutnik. Pętla indukcyjna przy pierwszych rzędach.", 160,
              true, true},
    [FOYER] = {"Hol Kasztanowy", "Stoły na poczęstunek, szatnia, dwa gniazda na ekspresy.", 80, false, true},
    [WORKSHOP] = {"Pracownia na Piętrze", "Garderoba dla występujących. Dojście schodami, bez windy.", 25, false,
                  false},
    [GARDEN] = {"Ogród za Domem", "Miejsce zbiórki spacerów; ścieżka utwardzona.", 60, false, true},
};

const DemoSection demo_sections[] = {
    {"doors", "Otwarcie drzwi, kawa powitalna", AT(14, 0), AT(14, 30), false, FOYER},
    {"opening", "Powitanie", AT(14, 30), AT(14, 40), false, HALL},
    {"talks", "Wystąpienia, część pierwsza", AT(14, 40), AT(15, 20), false, HALL},
    {"performance", "Występ dzieci", AT(15, 20), AT(15, 45), false, HALL},
    {"potluck", "Poczęstunek i wszystkie organizacje na ekranie", AT(15, 45), AT(16, 15), true, FOYER},
    {"talks", "Wystąpienia, część druga", AT(16, 15), AT(16, 45), false, HALL},
    {"performance", "Dwa tańce", AT(16, 45), AT(17, 5), false, HALL},
    {"turnover", "Z rzędów robimy stoliki", AT(17, 5), AT(17, 15), false, HALL},
    {"rounds", "Rundy rozmów", AT(17, 15), AT(18, 0), false, HALL},
    {"turnover", "Znowu rzędy, próba dźwięku", AT(18, 0), AT(18, 10), false, HALL},
    {"performance", "Koncert", AT(18, 10), AT(18, 40), false, HALL},
    {"closing", "Ustalenia i plan na czerwiec", AT(18, 40), AT(18, 55), false, HALL},
    {"closing", "Podziękowania", AT(18, 55), AT(19, 0), false, HALL},
};
const size_t demo_section_count = COUNT(demo_sections);

#define TALK(organisation, theme, title, state, at) \
    { "talk", title, theme, organisation, state, at, TALK_MIN, TALK_CHANGEOVER_MIN }
#define ON ITEM_ACCEPTED
/* Typed in by the coordinator, of an organisation that did not agree to be named: everybody reads "an organisation". */
#define TYPED_IN(organisation, theme, title, at) \
    { "talk", title, theme, organisation, ON, at, TALK_MIN, TALK_CHANGEOVER_MIN, .is_typed_in = true }

const DemoItem demo_items[] = {
    TALK(1, "integration", "Trzeci rozdział zaczyna się po obiedzie", ON, AT(14, 40)),
    TALK(36, "ecology", "Deszcz, który zostaje w ogrodzie", ON, AT(14, 44)),
    TALK(26, "local_community", "Тут і разом: перший рік", ON, AT(14, 48)),
    TALK(44, "science", "Doświadczenia z kuchennej szafki", ON, AT(14, 52)),
    TALK(47, "education", "Korepetycje, za które płaci się uśmiechem", ON, AT(14, 56)),
    TALK(9, "social_action", "Sto rozmów miesięcznie", ON, AT(15, 0)),
    TALK(58, "culture", "Wystawa w drodze do domu", ON, AT(15, 4)),
    TALK(63, "integration", "Wnuki uczą, dziadkowie opowiadają", ON, AT(15, 8)),
    TALK(38, "ecology", "Rzeczy lubią drugą młodość", ON, AT(15, 12)),
    TALK(18, "local_community", "Podwórko, na którym wszyscy się znają", ON, AT(15, 16)),
    TALK(49, "science", "Gwiazdy nad blokiem", ON, AT(16, 15)),
    TYPED_IN(DEMO_NOT_CONFIRMED, "integration", "Wieczór, na którym wolno robić błędy", AT(16, 19)),
    TALK(22, "social_action", "Praca na drugą zmianę", ON, AT(16, 23)),
    TALK(21, "education", "Wniosek o dotację bez łez", ON, AT(16, 27)),
    TALK(57, "culture", "Gliniane popołudnia", ON, AT(16, 31)),
    TALK(42, "ecology", "Mapa śmieci nad jednym potokiem", ON, AT(16, 35)),
    TALK(16, "local_community", "Co słychać w ostatniej ławce", ON, AT(16, 39)),
    TALK(14, "education", "Szachy na ławce", ITEM_RESERVE, 0),
    TALK(53, "culture", "Teatr, który mieści się w pokoju", ITEM_RESERVE, 0),
    TALK(35, "ecology", "Zaułek zielony przez cały rok", ITEM_RESERVE, 0),
    TALK(66, "integration", "Muzyka, która nie zna płotu", ITEM_RESERVE, 0),
    TALK(20, "education", "Pierwszy krok w sieci", ITEM_RESERVE, 0),
    TALK(52, "education", "Alfabet, którego się dotyka", ITEM_OFFERED, 0),
    TALK(70, "culture", "Opowieści przy piecu", ITEM_OFFERED, 0),
    TALK(67, "integration", "Igła, nitka i rozmowa", ITEM_OFFERED, 0),
    TALK(68, "local_community", "Redakcja w szkolnej szatni", ITEM_OFFERED, 0),
    {"opening", "Akordeon na dzień dobry", "culture", 0, ON, AT(14, 30), 5, 0, .guest = 1},
    {"turnover", "Z rzędów robimy stoliki", "", 0, ON, AT(17, 5), 10, 0, 12,
     .performer = "wolontariusze i obsługa domu"},
    /* nine performances, two of them by children */
    {"performance", "Piosenki z trzeciego piętra", "culture", 59, ON, AT(15, 20), 20, 5, 18, true, true, "some",
     "Podest dla osiemnastu osób, pianino cyfrowe.", AT(16, 0)},
    {"performance", "Kręć się, kręć", "culture", DEMO_NEVER_AGREED, ON, AT(16, 45), 8, 2, 10,
     .needs = "Wolna podłoga 6 × 4 m."},
    {"performance", "Taniec przy jednym stole", "integration", 29, ON, AT(16, 55), 8, 2, 12,
     .needs = "Stół na środku sceny, muzyka z pliku."},
    {"concert", "Melodie z szuflady", "culture", 61, ON, AT(18, 10), 30, 0, 5,
     .needs = "Pięć mikrofonów, dwa odsłuchy, próba o 18:00."},
    {"performance", "Kołysanki w sześciu językach", "integration", 34, ITEM_OFFERED, 0, 12, 5, 9, true, false, "none",
     "Cisza i dwa mikrofony."},
    {"performance", "Garnki, łyżki i trąbka", "culture", 56, ITEM_RESERVE, 0, 15, 5, 7, .needs = "Stół na garnki."},
    {"performance", "Bez kwitnie dwa razy", "culture", 7, ITEM_RESERVE, 0, 18, 5, 22, .needs = "Krzesła dla chóru."},
    {"performance", "Teatr z walizki", "culture", 69, ITEM_OFFERED, 0, 25, 10, 4,
     .needs = "Rider przyszedł po terminie: zaciemnienie sali, dwa reflektory, 20 minut na rozstawienie."},
    {"performance", "Półgłosem", "culture", 62, ITEM_DECLINED, 0, 35, 5, 3, .needs = "Dwa krzesła i lampka."},
};
const size_t demo_item_count = COUNT(demo_items);

/* Of the edition before: only what was on stage. */
const DemoItem demo_past_items[] = {
    TALK(2, "integration", "Ławka, na której ktoś siada", ON, AT(14, 40)),
    TALK(35, "ecology", "Pierwszy zielony zaułek", ON, AT(14, 44)),
    TALK(12, "education", "Droga z powrotem do szkoły", ON, AT(14, 48)),
    TALK(10, "local_community", "Album jednej dzielnicy", ON, AT(14, 52)),
    TALK(43, "science", "Dlaczego niebo nie spada", ON, AT(14, 56)),
    TALK(33, "integration", "Sąsiedzi zza morza i zza ściany", ON, AT(15, 0)),
    TALK(25, "social_action", "Księgowa odbiera telefon", ON, AT(15, 4)),
    TALK(54, "culture", "Film na podwórku", ON, AT(15, 8)),
    TALK(40, "ecology", "Łąka w skrzynce", ON, AT(15, 12)),
    TALK(45, "education", "Książka pod drzewem", ON, AT(15, 16)),
    TALK(11, "local_community", "Podcast z klatki schodowej", ON, AT(16, 15)),
    TALK(51, "science", "Robot z pudełka po butach", ON, AT(16, 19)),
    TALK(27, "integration", "Стіл на дванадцятьох", ON, AT(16, 23)),
    TYPED_IN(DEMO_WITHDREW, "social_action", "Trzy koła wystarczą", AT(16, 27)),
    TALK(70, "culture", "Bajka bez kartki", ON, AT(16, 31)),
    TALK(37, "ecology", "Rzodkiewka spod trzepaka", ON, AT(16, 35)),
    TALK(24, "education", "Szkolenie z termosem", ON, AT(16, 39)),
    {"performance", "Wróbelki śpiewają jesień", "culture", 59, ON, AT(15, 20), 20, 5, 16, true, true, "all", NULL,
     AT(16, 0)},
    {"performance", "Polka na dwa kroki", "culture", DEMO_NEVER_AGREED, ON, AT(16, 45), 8, 2, 10},
    {"performance", "Kukiełki tańczą", "culture", 60, ON, AT(16, 55), 8, 2, 4},
    {"concert", "Granie bez płotu", "culture", 66, ON, AT(18, 10), 30, 0, 6},
};
const size_t demo_past_item_count = COUNT(demo_past_items);

/* gluten crustaceans eggs fish peanuts soya milk nuts celery mustard sesame sulphites lupin molluscs */
const char demo_allergen_letters[] = "gcefpymnlusxbo";

const DemoDish demo_dishes[DEMO_DISHES] = {
    {"cake", "Szarlotka sypana", 24, "gm"},
    {"cake", "Sernik na zimno", 20, "me"},
    {"cake", "Makowiec", 18, "gemn"},
    {"cake", "Babka cytrynowa", 16, "gem"},
    {"cake", "Piernik bez jajek", 20, "gn"},
    {"cake", "Ciasto marchewkowe", 24, "gen"},
    {"cake", "Drożdżówka ze śliwkami", 30, "gem"},
    {"cake", "Brownie z fasoli", 20, "e"},
    {"cake", "Медівник", 20, "gem"},
    {"cake", "Tarta z gruszkami", 16, "?"},
    {"cake", "Ciasteczka owsiane", 40, "gn"},
    {"cake", "Muffiny z jagodami", 24, "gem"},
    {"salad", "Sałatka jarzynowa", 25, "elu"},
    {"salad", "Sałatka z kaszą i burakiem", 20, "g"},
    {"salad", "Tabbouleh", 20, "g"},
    {"salad", "Sałatka ziemniaczana", 20, "eu"},
    {"salad", "Вінегрет", 25, ""},
    {"salad", "Sałatka z ciecierzycą", 20, "s"},
    {"salad", "Surówka z kapusty", 30, ""},
    {"salad", "Sałatka śledziowa", 15, "feu"},
    {"salad", "Sałatka makaronowa", 20, "?"},
    {"snack", "Hummus z warzywami", 30, "s"},
    {"snack", "Paszteciki z kapustą", 40, "ge"},
    {"snack", "Pasta z makreli i chleb", 25, "gf"},
    {"snack", "Falafel", 40, "s"},
    {"snack", "Koreczki z serem", 50, "m"},
    {"snack", "Tortille z warzywami", 30, "g"},
    {"snack", "Orzechy i suszone owoce", 40, "npx"},
    {"snack", "Babeczki wytrawne", 24, "?"},
    {"snack", "Pasta z bobu", 20, ""},
    {"snack", "Smalec z fasoli i ogórki", 30, "g"},
    {"main", "Вареники з картоплею", 60, "g"},
    {"main", "Zupa dyniowa", 40, "l"},
    {"main", "Leczo warzywne", 40, ""},
    {"main", "Bigos bez mięsa", 30, "?"},
    {"drink", "Kompot z jabłek", 60, ""},
    {"drink", "Lemoniada z miętą", 50, ""},
    {"coffee", "Kawa z termosów i mleko owsiane", 100, "?"},
};

const DemoDiet demo_diets[DEMO_DIETS] = {
    {"vegetarian", 22}, {"vegan", 9}, {"gluten_free", 6}, {"lactose_free", 8}, {"halal", 4}, {"nut_allergy", 3},
};
