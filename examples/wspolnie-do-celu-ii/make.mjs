// SPDX-License-Identifier: EUPL-1.2
// Writes what a report of 23 March 2026 told of "Wspólnie do celu II" as rows of the program, ready for `wspolnie import -`.
// What the report does not tell (the day, the organiser, portions, hours) is not here. See README.md.

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
let given = 0;

// Ids as the program makes them (src/platform/base/id.h): of the report's day, by a node nobody leases, one after another.
function id() {
  let value = (BigInt(Date.UTC(2026, 2, 23) - Date.UTC(2025, 0, 1)) << 22n) | BigInt(++given);
  let text = '';
  for (let i = 0; i < 13; i++, value >>= 5n) text = letters[Number(value & 31n)] + text;
  return text;
}

const tables = {};
function add(table, row) {
  (tables[table] ??= []).push(row);
  return row.id;
}

const reportDay = Date.UTC(2026, 2, 23);
const made = { created_ms: reportDay, version: 1 };

const series = add('series', { id: id(), slug: 'wspolnie-do-celu', name: 'Wspólnie do celu', organiser: '', phone: '', email: '',
  words: 'Cykl spotkań krakowskich organizacji pozarządowych.', language: 'pl', is_demo: false, ...made });

const edition = add('edition', { id: id(), series, slug: 'ii', number: 2, title: 'Wspólnie do celu II', state: 'finished', date: '',
  words: 'Druga edycja spotkania krakowskich organizacji: prezentacje, występy i rozmowy przy Kapelance 56.',
  zone: 'Europe/Warsaw', reported_on: '2026-03-23',
  reported_in: '„Wspólnie do celu II” - blisko 70 organizacji spotkało się na Kapelance', ...made });

// Known only to the month.
add('edition', { id: id(), series, slug: 'czerwiec-2026', number: 3, title: 'Kolejne spotkanie „Wspólnie do celu”', state: 'call_open',
  words: 'Zapraszamy organizacje do udziału i do dalszego współtworzenia tej inicjatywy.', date: '2026-06',
  zone: 'Europe/Warsaw', reported_on: '', reported_in: '', ...made });

add('venue', { edition, id: id(), name: 'Kapelanka 56', address: 'Kapelanka 56, Kraków', words: '', position: 1 });
const tytano = add('party', { edition, id: id(), role: 'host', name: 'Fundacja Tytano', website: '', position: 1 });
add('party', { edition, id: id(), role: 'place', name: 'ECHO Miasta', website: '', position: 2 });
add('contribution', { edition, id: id(), party: tytano, words: 'przestrzeń', position: 1 });
add('contribution', { edition, id: id(), party: tytano, words: 'wsparcie techniczne', position: 2 });

const source = 'relacja z 23 marca 2026';
add('reported_figure', { edition, id: id(), subject: 'organisations', wording: 'blisko 70', low: 65, high: 69, source, position: 1 });
add('reported_figure', { edition, id: id(), subject: 'organisations', wording: 'około 70 organizacji', low: 65, high: 75, source, position: 2 });
add('reported_figure', { edition, id: id(), subject: 'newcomers', wording: 'wiele nowych inicjatyw', source, position: 3 });

const kinds = {
  profile: { senior: 'centra aktywności seniorów', youth: 'organizacje młodzieżowe', training: 'organizacje szkoleniowe',
    multicultural: 'inicjatywy wielokulturowe', ecological: 'inicjatywy ekologiczne', educational: 'inicjatywy edukacyjne',
    cultural: 'inicjatywy kulturalne' },
  theme: { education: 'projekty edukacyjne', science: 'projekty naukowe', social_action: 'działania społeczne',
    integration: 'działania integracyjne', local_community: 'inicjatywy wzmacniające wspólnoty lokalne' },
  aim: { presenting: 'prezentacja działań', integration: 'integracja środowiska', partnerships: 'budowanie nowych partnerstw' },
  other: { need: 'duża potrzeba przestrzeni do współpracy i wymiany doświadczeń wśród krakowskich organizacji',
    profiles_meet: 'poznawanie nowych podmiotów i wymiana doświadczeń między organizacjami o różnym profilu' },
  outlook: { ties: 'trwałe relacje i kolejne wspólne inicjatywy na rzecz mieszkańców Krakowa' },
};
for (const [list, wordings] of Object.entries(kinds))
  Object.entries(wordings).forEach(([code, wording], place) => add('reported_kind', { edition, list, code, wording, position: place + 1 }));

const children = add('organisation', { id: id(), name: 'Krakowskie Towarzystwo Przyjaciół Dzieci', legal_form: '', public_benefit: false,
  name_folded: 'krakowskie towarzystwo przyjaciol dzieci', words: '', is_listed: true, ...made });
const artist = add('guest', { edition, id: id(), kind: 'artist', name: 'Wassim Ibrahim', words: '', people: 1, version: 1 });

let place = 0;
function item(kind, title, more) {
  return add('item', { edition, id: id(), kind, state: 'accepted', title, words: '', theme: '', performer: '', has_children: false,
    adult_attested: false, photo_consent: '', duration_min: 0, changeover_min: 0, needs: '', is_fixed: false, position: ++place,
    version: 1, ...more });
}
item('talk', 'Prezentacje organizacji', { performer: 'organizacje', words: 'Działania i inicjatywy uczestników.' });
item('performance', 'Program muzyczny dzieci', { organisation: children, has_children: true });
item('concert', 'Koncert: muzyczna podróż przez różne tradycje i kultury', { guest: artist });
item('performance', 'Występy taneczne i muzyczne', { performer: 'organizacje' });
item('other', 'Integracja i networking', { words: 'Nawiązywanie kontaktów, rozmowy o współpracy, planowanie wspólnych działań.' });
item('potluck', 'Poczęstunek', { words: 'Mniej formalna część spotkania: każdy coś przyniósł.' });

add('walk', { edition, id: id(), name: 'Spacer po przestrzeniach ECHO Miasta', place: 'ECHO Miasta', meeting_point: '',
  words: 'Miejsce o dużym potencjale dla działań społecznych i kulturalnych.' });

[['cake', 'domowe ciasta'], ['salad', 'sałatki'], ['snack', 'inne przekąski'], ['coffee', 'kawa']].forEach(([kind, name], number) =>
  add('dish', { edition, id: id(), kind, name, allergens: '', position: number + 1 }));

process.stdout.write(JSON.stringify({ format: 'wspolnie', schema: 1, tables }));
