// SPDX-License-Identifier: EUPL-1.2
/* What the organisations of the demo need and offer, and what was noted of single sign-ups. */
#include "gathering/demo/demo_data.h"

const DemoExchangeKind demo_exchange_kinds[DEMO_EXCHANGE_KINDS] = {
    {"space",
     {"sala na próby raz w tygodniu", "miejsce na wystawę zdjęć", "ogrzewana salka na zimowe spotkania", "podwórko na sąsiedzki piknik", "sala bez schodów", "kuchnia na wspólne gotowanie", "kąt na magazyn krzeseł", "sala na szkolenie dla 20 osób"},
     {"sala w piątki po południu", "ogród na spotkania do 30 osób", "świetlica z kuchnią w weekendy", "piwnica do prób, głośno można", "salka na 12 osób, bez progów", "ściana na wystawę w korytarzu", "namiot 4 × 8 m"}},
    {"volunteers",
     {"pięć osób na jedną sobotę", "ktoś do odwożenia seniorów", "tłumaczka z ukraińskiego", "ręce do sadzenia drzewek", "osoba do prowadzenia zapisów", "opieka nad kącikiem dla dzieci", "ktoś, kto lubi dzwonić", "osoby do czytania na głos"},
     {"młodzi wolontariusze po lekcjach", "seniorzy, którzy pieką ciasta", "dwóch kierowców w weekendy", "osoby do rozstawiania sali", "studentki pedagogiki", "grupa sprzątająca, dziesięć osób", "dyżury przy stoliku zapisów"}},
    {"promotion",
     {"plakat na nasz piknik", "ktoś, kto pokaże nas w sieci", "zdjęcia z wydarzenia", "wzmianka w gazetce osiedlowej", "ulotki po ukraińsku", "krótki film o naszej pracy", "opis strony w prostym języku", "miejsce na tablicy ogłoszeń"},
     {"audycja w radiu internetowym", "tablica ogłoszeń w bramie", "fotografka na dwie godziny", "newsletter do 900 osób", "projekt plakatu", "podcast o sąsiadach", "miejsce w gazetce szkolnej"}},
    {"grant_partner",
     {"partner z ogrodem do wniosku", "organizacja z OPP jako partner", "ktoś, kto rozliczał już dotację", "partner, który pracuje z młodzieżą", "drugi podmiot do projektu o wodzie", "partner z sąsiedniej dzielnicy", "organizacja seniorska do konkursu", "partner z zapleczem technicznym"},
     {"doświadczenie z ośmiu dotacji", "wkład własny w pracy wolontariuszy", "partnerstwo w projekcie o sąsiedztwie", "grupa młodzieży do projektu", "prowadzenie księgowości projektu", "list poparcia i rozmowa o pomyśle", "wspólny wniosek o małą dotację"}},
    {"expertise",
     {"jak prowadzić księgowość koła", "szkolenie z pierwszej pomocy", "porada prawna o statucie", "jak rozmawiać z trudną grupą", "jak zbierać deszczówkę", "pomoc przy stronie dostępnej dla wszystkich", "jak uczyć polskiego dorosłych", "jak założyć stowarzyszenie zwykłe"},
     {"dyżur księgowej raz w miesiącu", "warsztat mediacji", "nauka pisania wniosków", "wiedza o łąkach i ogrodach", "jak robić dostępne wydarzenia", "nauka naprawiania sprzętów", "szkolenie z bezpiecznego internetu"}},
    {"equipment",
     {"nagłośnienie na dwa popołudnia", "rzutnik i ekran", "dwadzieścia krzeseł", "namiot na wypadek deszczu", "maszyna do szycia", "instrumenty dla dzieci", "przyczepka rowerowa", "termosy na 50 kaw"},
     {"nagłośnienie z mikserem", "rzutnik do pożyczenia", "piec do ceramiki", "trzydzieści krzeseł składanych", "narzędzia ogrodnicze", "teleskop z obsługą", "gry planszowe i szachy"}},
    {"audience",
     {"seniorzy na próbę generalną", "rodziny na czytanie w parku", "młodzież do warsztatów radiowych", "goście na wystawę w bramie", "uczestnicy kursu szycia", "dzieci na zajęcia z nauki", "sąsiedzi do wspólnych spacerów", "słuchacze na koncert podwórkowy"},
     {"czterdziestu seniorów, którzy lubią wychodzić", "klasy z trzech szkół", "rodziny z dziećmi do lat dziesięciu", "grupa uczących się polskiego", "stali bywalcy klubu w środy", "sąsiedzi z sześciu bloków", "młodzież, która szuka zajęcia"}},
};

const DemoNote demo_notes[] = {
    {3, "Dwie osoby słabo słyszą.", "", "Pętla indukcyjna albo miejsca blisko sceny."},
    {6, "", "", "Jedna osoba na wózku: proszę o stały stolik przy przejściu."},
    {12, "Przyjdziemy prosto z pracy, możemy być chwilę po drugiej.", "", ""},
    {DEMO_SENT_TWICE, "Wysłałyśmy drugi raz, bo nie wiedziałyśmy, czy doszło.", "Zgłoszenie przyszło dwa razy; drugie odrzucone, jest jedno.", ""},
    {20, "", "W formularzu podano NIP 000-000-00-01: cyfra kontrolna się nie zgadza. Poprosić o poprawny.", ""},
    {26, "Просимо розмовляти з нами українською, польською вчимося.", "", ""},
    {32, "", "Bardzo długa nazwa: sprawdzić na identyfikatorach i kartkach na stoliki.", ""},
    {34, "", "Brakuje oświadczenia o opiece i zgód na zdjęcia dzieci.", ""},
    {48, "", "", "Proszę o napisy do prezentacji."},
    {52, "Przyjdziemy z psem przewodnikiem.", "", "Pies przewodnik, stały stolik."},
    {55, "", "Brakuje zgody na wpis do katalogu; nie pokazujemy ich publicznie.", ""},
    {69, "", "Rider przyszedł dwa tygodnie po terminie; sprawdzić z gospodarzem prąd i wnoszenie.", ""},
    {77, "Niestety w tym dniu mamy zawody.", "", ""},
};
const size_t demo_note_count = COUNT(demo_notes);
