// SPDX-License-Identifier: EUPL-1.2
/* The organisations of the demo and the people who answer for them. All of them are invented. */
#include "gathering/demo/demo_data.h"

#define ASSOCIATION "association"
#define ORDINARY "ordinary_association"
#define FOUNDATION "foundation"
#define INFORMAL "informal"
#define BRANCH "branch"
#define COOPERATIVE "social_cooperative"
#define SPORTS_CLUB "sports_club"
#define BACK .place = DEMO_RETURNING
#define NEW .place = DEMO_NEWCOMER
#define OPP .public_benefit = true

const DemoOrganisation demo_organisations[DEMO_ORGANISATIONS] = {
    /* seniors */
    {"Klub Seniora Trzeci Rozdział", ASSOCIATION, "senior", NULL,
     "Spotkania, wycieczki i kurs pisania wspomnień dla osób po sześćdziesiątce.", BACK},
    {"Złota Ławeczka", ASSOCIATION, "senior", NULL,
     "Rozmowy na osiedlowych ławkach: raz w tygodniu siadamy tam, gdzie nikt nie siada.", BACK},
    {"Uniwersytet Powolnych Kroków", FOUNDATION, "senior", NULL,
     "Wykłady i spacery w tempie, w którym da się rozmawiać.", BACK},
    {"Herbata o Czwartej", INFORMAL, "senior", NULL,
     "Sąsiadki, które zapraszają na herbatę tych, którzy mieszkają sami.", BACK},
    {"Srebrny Rower", ASSOCIATION, "senior", NULL, "Rowery trójkołowe i wspólne przejażdżki dla seniorów.", BACK, OPP},
    {"Klub Seniora Ciepły Kaloryfer", BRANCH, "senior", NULL,
     "Klub przy spółdzielni mieszkaniowej: karty, robótki, obiady.", BACK},
    {"Chór Dojrzały Bez", ASSOCIATION, "senior", NULL,
     "Śpiewamy piosenki naszej młodości w domach opieki i na placach.", BACK},
    {"Gimnastyka na Ławce", ORDINARY, "senior", NULL, "Łagodne ćwiczenia na powietrzu, także na siedząco.", BACK},
    {"Telefon do Sąsiadki", ASSOCIATION, "senior", NULL,
     "Wolontariusze dzwonią do osób samotnych, codziennie o tej samej porze.", BACK, OPP},
    {"Pamiętnik Dzielnicy", ASSOCIATION, "senior", NULL, "Zbieramy zdjęcia i opowieści najstarszych mieszkańców.",
     BACK},
    /* youth */
    {"Głosy z Klatki B", INFORMAL, "youth", NULL,
     "Młodzi z jednego bloku: nagrywamy podcast o tym, co słychać na schodach.", BACK},
    {"Fundacja Drugi Dzwonek", FOUNDATION, "youth", NULL, "Pomagamy wrócić do szkoły tym, którzy z niej wypadli.", BACK,
     OPP},
    {"Klub Sportowy Krzywa Rampa", SPORTS_CLUB, "youth", NULL,
     "Deskorolka i hulajnoga: zajęcia z kaskiem i bez punktów.", BACK},
    {"Koło Szachowe Wieża", ASSOCIATION, "youth", NULL, "Szachy na podwórkach i w świetlicach, turnieje bez wpisowego.",
     BACK},
    {"Fundacja Plan na Popołudnie", FOUNDATION, "youth", NULL, "Świetlica, w której zajęcia wymyśla młodzież.", BACK},
    {"Radio Ostatnia Ławka", INFORMAL, "youth", NULL, "Radio internetowe robione na przerwach i po lekcjach.", NEW},
    {"Fundacja Szósta Przerwa", FOUNDATION, "youth", NULL, "Rozmowy o emocjach z nastolatkami i dla nastolatków.",
     BACK},
    {"Stowarzyszenie Podwórko Siedem", ASSOCIATION, "youth", NULL,
     "Animatorzy podwórka: gry, naprawy, wspólne ognisko.", BACK},
    /* training */
    {"Pracownia Most", FOUNDATION, "training", NULL, "Szkolenia z mediacji i prowadzenia trudnych spotkań.", BACK},
    {"Fundacja Pierwszy Krok w Sieci", FOUNDATION, "training", NULL,
     "Uczymy dorosłych, jak bezpiecznie załatwiać sprawy przez internet.", BACK},
    {"Szkoła Grantów Ołówek", FOUNDATION, "training", NULL,
     "Pisanie wniosków i rozliczanie dotacji dla małych organizacji.", BACK, OPP},
    {"Spółdzielnia Socjalna Druga Zmiana", COOPERATIVE, "training", NULL,
     "Kursy zawodu i pierwsza praca po długiej przerwie.", BACK},
    {"Stowarzyszenie Warsztat na Oścież", ASSOCIATION, "training", NULL,
     "Otwarta stolarnia: uczymy robić rzeczy własnymi rękami.", BACK},
    {"Fundacja Tablica i Termos", FOUNDATION, "training", NULL, "Jeździmy ze szkoleniami tam, gdzie nikt nie dojeżdża.",
     BACK},
    {"Stowarzyszenie Księgowa Pomaga", ASSOCIATION, "training", NULL,
     "Dyżury księgowe i prawne dla organizacji bez biura.", BACK},
    /* multicultural */
    {"Громадська ініціатива «Тут і разом»", INFORMAL, "multicultural", NULL,
     "Зустрічі українських і польських родин: мова, кухня, дитяче коло.", BACK, .contact = "Оксана Вигадана"},
    {"Спілка «Стіл на дванадцятьох»", ASSOCIATION, "multicultural", NULL,
     "Готуємо разом: щомісяця один стіл, дванадцять кухонь.", BACK, .contact = "Тарас Прикладний"},
    {"Fundacja Siedem Dzień Dobry", FOUNDATION, "multicultural", NULL,
     "Lekcje polskiego przy kawie i pomoc w pierwszych sprawach urzędowych.", BACK, OPP},
    {"Stowarzyszenie Pierogi i Falafel", ASSOCIATION, "multicultural", NULL,
     "Wspólne gotowanie i tańce przy jednym stole.", BACK},
    {"Klub Rozmów Bez Słownika", ORDINARY, "multicultural", NULL, "Wieczory językowe, na których wolno robić błędy.",
     BACK},
    {"Фонд «Вишневий міст»", FOUNDATION, "multicultural", NULL,
     "Психологічна підтримка та навчання для тих, хто починає спочатку.", NEW, .contact = "Леся Казкова"},
    {"Товариство українсько-польського добросусідства, взаємодопомоги, збереження родинних переказів, народної "
     "вишивки, хорового співу та сімейного дозвілля мешканців Вигаданого Примостя й усіх його околиць",
     ASSOCIATION, "multicultural", NULL, "Вишивка, хор і сімейні неділі для сусідів з обох боків мосту.", BACK,
     .contact = "Богдан Уявний"},
    {"Stowarzyszenie Sąsiedzi Zza Morza", ASSOCIATION, "multicultural", NULL,
     "Rodziny z pięciu krajów pomagają sobie w opiece nad dziećmi.", BACK},
    {"Grupa Kołysanki Świata", INFORMAL, "multicultural", NULL, "Zbieramy i śpiewamy kołysanki z różnych stron.", NEW},
    /* ecological */
    {"Zielony Zaułek", ASSOCIATION, "ecological", NULL, "Zakładamy ogrody w zaniedbanych zaułkach, razem z sąsiadami.",
     BACK, OPP},
    {"Fundacja Deszczówka z Rynny", FOUNDATION, "ecological", NULL,
     "Uczymy zbierać wodę z dachów i podlewać nią miasto.", BACK},
    {"Ogród pod Trzepakiem", ORDINARY, "ecological", NULL, "Warzywnik między blokami, grządka dla każdego.", BACK},
    {"Stowarzyszenie Druga Młodość Rzeczy", ASSOCIATION, "ecological", NULL,
     "Wymiany ubrań, książek i sprzętów zamiast wyrzucania.", BACK},
    {"Koło Gospodyń Wiejskich Za Miedzą", "kgw", "ecological", NULL,
     "Kuchnia z tego, co rośnie blisko; przetwory i stare odmiany.", BACK},
    {"Fundacja Pszczoła na Balkonie", FOUNDATION, "ecological", NULL, "Łąki w skrzynkach i domki dla dzikich pszczół.",
     BACK, OPP},
    {"Naprawialnia Sobotnia", ORDINARY, "ecological", NULL,
     "W soboty naprawiamy z mieszkańcami czajniki, krzesła i zamki.", NEW},
    {"Stowarzyszenie Potok bez Butelek", ASSOCIATION, "ecological", NULL, "Sprzątamy brzegi i rysujemy mapę śmieci.",
     BACK},
    /* educational */
    {"Fundacja Ciekawe Dlaczego", FOUNDATION, "educational", NULL,
     "Warsztaty naukowe dla dzieci, które pytają bez końca.", BACK, OPP},
    {"Fundacja Laboratorium na Kółkach", FOUNDATION, "educational", NULL,
     "Obwoźne laboratorium: doświadczenia z kuchennej szafki.", BACK},
    {"Stowarzyszenie Czytanie pod Drzewem", ASSOCIATION, "educational", NULL,
     "Głośne czytanie w parkach i na podwórkach.", BACK},
    {"Fundacja Wesołe Liczydło", FOUNDATION, "educational", NULL, "Matematyka bez strachu, od klocków do ułamków.",
     BACK},
    {"Stowarzyszenie Korepetycje za Uśmiech", ASSOCIATION, "educational", NULL,
     "Studenci uczą za darmo tych, których na lekcje nie stać.", BACK},
    {"Oddział Latającej Biblioteki", BRANCH, "educational", NULL, "Książki na walizkach, dowożone do domów i szpitali.",
     BACK},
    {"Fundacja Gwiazdy nad Blokiem", FOUNDATION, "educational", NULL, "Teleskop na dachu i wieczory z niebem.", NEW},
    {"Stowarzyszenie Rodzice przy Lampionie", ASSOCIATION, "educational", NULL,
     "Wieczory dla rodziców: sen, ekrany, bunt i śmiech.", BACK},
    {"Fundacja Wynalazca w Kapciach", FOUNDATION, "educational", NULL,
     "Elektronika i majsterkowanie dla dzieci i dziadków.", BACK, OPP},
    {"Fundacja Alfabet Dotyku", FOUNDATION, "educational", NULL, "Książki dotykowe i zajęcia dla dzieci niewidomych.",
     BACK},
    /* cultural */
    {"Teatr Za Firanką", ASSOCIATION, "cultural", NULL, "Teatr amatorski, który gra w mieszkaniach i świetlicach.",
     BACK},
    {"Fundacja Kino za Kaloryferem", FOUNDATION, "cultural", NULL,
     "Pokazy filmów w piwnicach i na podwórkach, z rozmową po seansie.", BACK},
    {"Zespół Taneczny Kręć Się", ASSOCIATION, "cultural", NULL, "Tańce ludowe i miejskie dla każdego, kto ma buty.",
     BACK},
    {"Orkiestra Podwórkowa Klekot", INFORMAL, "cultural", NULL, "Gramy na garnkach, łyżkach i jednej trąbce.", NEW},
    {"Fundacja Ręce w Glinie", FOUNDATION, "cultural", NULL, "Ceramika dla dorosłych i dzieci, piec do użyczenia.",
     BACK},
    {"Stowarzyszenie Galeria w Trzeciej Bramie", ASSOCIATION, "cultural", NULL,
     "Wystawy w bramach kamienic, oglądane w drodze do domu.", BACK, OPP},
    {"Chór Wróbelki z Trzeciego Piętra", ASSOCIATION, "cultural", NULL,
     "Dziecięcy chór osiedlowy, próby w każdą środę.", BACK},
    {"Spółdzielnia Socjalna Kukiełka", COOPERATIVE, "cultural", NULL,
     "Szyjemy kukiełki i gramy przedstawienia w przedszkolach.", BACK},
    {"Fundacja Melodia z Szuflady", FOUNDATION, "cultural", NULL, "Odnajdujemy zapomniane piosenki i gramy je od nowa.",
     BACK},
    {"Klub Poetów Półgłosem", ORDINARY, "cultural", NULL, "Czytamy wiersze cicho i długo rozmawiamy.", NEW},
    /* two profiles each */
    {"Stowarzyszenie Wnuki i Dziadkowie", ASSOCIATION, "senior", "youth",
     "Wnuki uczą telefonu, dziadkowie opowiadają i gotują.", BACK},
    {"Fundacja Zielona Tablica", FOUNDATION, "ecological", "educational",
     "Lekcje przyrody w parku, na bagnie i na dachu.", BACK, OPP},
    {"Klub Sportowy Spacer po Obiedzie", SPORTS_CLUB, "senior", "ecological",
     "Marsze z kijkami i sprzątanie szlaków przy okazji.", BACK},
    {"Stowarzyszenie Muzyka bez Płotu", ASSOCIATION, "multicultural", "cultural",
     "Wspólne granie muzyków z wielu stron świata.", BACK},
    {"Fundacja Igła i Dialog", FOUNDATION, "training", "multicultural", "Kursy szycia, na których uczy się też języka.",
     BACK},
    {"Grono Małych Redakcji", ORDINARY, "youth", "educational", "Gazetki szkolne i warsztaty sprawdzania wiadomości.",
     NEW},
    {"Fundacja Scena na Kółkach", FOUNDATION, "cultural", "youth",
     "Teatr z walizki: spektakle w szkołach i na placach.", BACK, OPP},
    {"Stowarzyszenie Opowieści przy Piecu", ASSOCIATION, "senior", "cultural",
     "Bajarze i bajarki; uczymy opowiadać bez kartki.", BACK},
    /* waiting */
    {"Klub Planszówek Pion i Kostka", ASSOCIATION, "youth", NULL, "Gry planszowe do wypożyczenia i wspólne granie.",
     .place = DEMO_WAITING},
    {"Fundacja Kot na Parapecie", FOUNDATION, "ecological", NULL,
     "Opieka nad kotami wolno żyjącymi i rozmowy z sąsiadami.", .place = DEMO_WAITING},
    {"Ініціатива «Бабусин рушник»", INFORMAL, "multicultural", NULL, "Майстерня вишивки для дітей та бабусь.",
     .place = DEMO_WAITING, .contact = "Соломія Паперова"},
    {"Stowarzyszenie Latarnia w Oficynie", ASSOCIATION, "cultural", NULL,
     "Koncerty i wieczory wspomnień na podwórzach.", .place = DEMO_WAITING},
    {"Koło Modelarzy Papierowy Samolot", ORDINARY, "educational", NULL, "Modelarstwo z papieru i kartonu, od zera.",
     .place = DEMO_WAITING},
    /* withdrawn */
    {"Fundacja Jutro po Śniadaniu", FOUNDATION, "training", NULL, "Planowanie czasu i odpoczynku dla działaczy.",
     .place = DEMO_WITHDRAWN},
    {"Grupa Biegowa Zadyszka", INFORMAL, "senior", NULL, "Biegamy powoli i tylko w dobrym towarzystwie.",
     .place = DEMO_WITHDRAWN},
    {"Stowarzyszenie Kładka przez Kałużę", ASSOCIATION, "cultural", NULL, "Drobne święta ulic i podwórek.",
     .place = DEMO_WITHDRAWN},
};

/* Surnames of the kind no family has; the ending follows the first name. */
Str demo_contact_name(Arena *arena, size_t index) {
    static const char *const women[] = {"Halina",    "Krystyna", "Ewa",   "Barbara", "Zofia",  "Danuta",
                                        "Agnieszka", "Marta",    "Irena", "Joanna",  "Teresa", "Natalia"};
    static const char *const men[] = {"Zbigniew", "Marek",  "Stanisław", "Jan",       "Piotr", "Tomasz",
                                      "Paweł",    "Henryk", "Jakub",     "Kazimierz", "Adam",  "Michał"};
    static const char *const stems[] = {"Przykładn",    "Zmyślon",  "Wymyślon", "Próbn",  "Umown",
                                        "Papierow",     "Teatraln", "Bajeczn",  "Pozorn", "Niebywał",
                                        "Wyimaginowan", "Domyśln",  "Szkicow"};
    enum { EACH = COUNT(women), BOTH = 2 * EACH, STRIDE = 5 };
    const char *contact = demo_organisations[index].contact;
    if (contact) return str_from_c(contact);
    size_t first = index % BOTH;
    const char *stem = stems[(index * STRIDE + index / BOTH) % COUNT(stems)];
    return str_format(arena, "%s %s%s", first % 2 ? men[first / 2] : women[first / 2], stem, first % 2 ? "y" : "a");
}
