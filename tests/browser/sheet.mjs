// SPDX-License-Identifier: EUPL-1.2
// A sheet of sign-ups as a spreadsheet of an office saves it: CP1250, semicolons, CRLF, line breaks inside quotes, an
// unlucky name over one column, a row that is twice there, a row without a name, an address that is none.

const cp1250 = { 'Ą': 0xa5, 'Ć': 0xc6, 'Ę': 0xca, 'Ł': 0xa3, 'Ń': 0xd1, 'Ó': 0xd3, 'Ś': 0x8c, 'Ź': 0x8f, 'Ż': 0xaf,
  'ą': 0xb9, 'ć': 0xe6, 'ę': 0xea, 'ł': 0xb3, 'ń': 0xf1, 'ó': 0xf3, 'ś': 0x9c, 'ź': 0x9f, 'ż': 0xbf, '„': 0x84, '”': 0x94, '–': 0x96 };

export function toCp1250(text) {
  return Buffer.from([...text].map((sign) => {
    const byte = cp1250[sign] ?? sign.codePointAt(0);
    if (byte > 0xff || (byte > 0x7e && !(sign in cp1250))) throw new Error(`no CP1250 for ${sign}`);
    return byte;
  }));
}

const first = ['Klub Seniora', 'Stowarzyszenie', 'Fundacja', 'Koło Gospodyń', 'Grupa', 'Pracownia'];
const last = ['Żółta Łódka', 'Ćma', 'Srebrna Źrenica', 'Gęś i Śliwa', 'Pod Dębem', 'Zielony Zaułek', 'Ósmy Mostek', 'Łąka'];
const profiles = ['edukacja', 'kultura', 'ekologia, edukacja', 'seniorzy', 'młodzież', 'wielokulturowość'];

/** Names of `count` invented organisations, no two alike. */
export const names = (count) => Array.from({ length: count }, (_, index) =>
  `${first[index % first.length]} ${last[(index * 5 + Math.floor(index / first.length)) % last.length]} ${['', 'Północ', 'Południe', 'Wschód', 'Zachód'][Math.floor(index / 6) % 5]}`.trim());

/** head: what stands over the column with the organisations' names. */
export function sheet(count, head) {
  const rows = names(count).map((name, index) => [
    `2026-05-${String(1 + index % 28).padStart(2, '0')} 10:${String(index).padStart(2, '0')}`,
    index % 4 === 1 ? `"${name}"` : name,
    `Osoba Próbna ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index % 26]}`,
    index === 3 ? 'to nie jest adres' : `org${index}@zaulek.example`,
    `+48 601 ${100 + index} ${200 + index}`,
    String(1 + index % 4),
    `"${profiles[index % profiles.length]}"`,
    index % 3 === 0 ? `"Robimy to, co lubimy;\r\na lubimy „dużo rzeczy”"` : 'Działamy w dzielnicy',
  ]);
  const twice = [...rows[2]];
  twice[5] = '7';
  const nameless = ['2026-05-30 10:00', '', 'Ktoś Zapomniał', 'ktos@zaulek.example', '', '2', '', ''];
  const heads = ['Sygnatura czasowa', head, 'Osoba do kontaktu', 'Adres e-mail', 'Telefon', 'Ile osób', 'Czym się zajmujecie', 'Opis'];
  return toCp1250([heads, ...rows, twice, nameless].map((row) => row.join(';')).join('\r\n') + '\r\n');
}
