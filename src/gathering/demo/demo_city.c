// SPDX-License-Identifier: EUPL-1.2
/* What the demo takes from the set-up of its city, and whom the city and others send. Districts are rows of kind, list
 * "district": another city brings its own. */
#include "gathering/demo/demo_data.h"

const DemoDistrict demo_districts[DEMO_DISTRICTS] = {
    {"I", "Stare Miasto", "Старе Місто"},
    {"II", "Grzegórzki", "Гжегужкі"},
    {"III", "Prądnik Czerwony", "Прондник Червони"},
    {"IV", "Prądnik Biały", "Прондник Бяли"},
    {"V", "Krowodrza", "Кроводжа"},
    {"VI", "Bronowice", "Броновіце"},
    {"VII", "Zwierzyniec", "Звежинець"},
    {"VIII", "Dębniki", "Дембніки"},
    {"IX", "Łagiewniki-Borek Fałęcki", "Лагевніки-Борек Фаленцький"},
    {"X", "Swoszowice", "Свошовіце"},
    {"XI", "Podgórze Duchackie", "Подгуже Духацьке"},
    {"XII", "Bieżanów-Prokocim", "Бежанув-Прокоцім"},
    {"XIII", "Podgórze", "Подгуже"},
    {"XIV", "Czyżyny", "Чижини"},
    {"XV", "Mistrzejowice", "Містшейовіце"},
    {"XVI", "Bieńczyce", "Бєньчице"},
    {"XVII", "Wzgórza Krzesławickie", "Взгужа Кшеславіцькі"},
    {"XVIII", "Nowa Huta", "Нова Гута"},
};

const DemoGuest demo_guests[DEMO_GUESTS] = {
    {"artist", "Leonard Niebywały, akordeon", "Gra na powitanie; przychodzi pół godziny wcześniej.", 1},
    {"press", "Kurier Wymyślony", "Redaktorka i fotograf. Pokazać im, kogo nie wolno fotografować.", 2},
    {"city", "Wydział Spotkań Miasta Przykładowego", "Witają gości o 14:30.", 3},
};
