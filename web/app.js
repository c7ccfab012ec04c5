// SPDX-License-Identifier: EUPL-1.2
// What works without this works better with it: near times said in words, what is on now, and a
// question before typed answers are left behind.

const minute = 60_000;
const steps = [[minute, 'minute', 60 * minute], [60 * minute, 'hour', 24 * 60 * minute], [24 * 60 * minute, 'day', 14 * 24 * 60 * minute]];

/** "za 12 minut" for a moment within two weeks, else nothing. */
function nearness(then, now, language) {
  const away = then - now;
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, name, limit] of steps)
    if (Math.abs(away) < limit) return words.format(Math.round(away / unit), name);
  return '';
}

/** <time datetime="…" data-near> keeps its text and gains "(za 12 minut)", renewed each minute, never announced. */
function sayNearTimes() {
  const now = Date.now();
  for (const time of document.querySelectorAll('time[data-near]')) {
    let note = time.nextElementSibling;
    if (!note?.matches('.near')) {
      note = document.createElement('span');
      note.className = 'near';
      time.after(note);
    }
    const words = nearness(Date.parse(time.dateTime), now, document.documentElement.lang);
    note.textContent = words && ` (${words})`;
  }
}

/** Above a running order stands what is on now, and leads there: on a phone it may be far below. */
function sayNow(list, line) {
  list.previousElementSibling?.matches('.to-now') && list.previousElementSibling.remove();
  if (!line) return;
  line.id ||= `now-${[...document.querySelectorAll('.timeline')].indexOf(list)}`;
  const link = Object.assign(document.createElement('a'), { href: `#${line.id}`, textContent: `${list.dataset.now}: ${line.querySelector('.what').textContent}` });
  const notice = Object.assign(document.createElement('p'), { className: 'notice warm sentence to-now screen-only' });
  notice.append(link);
  list.before(notice);
}

/** A running order marks what is over and what is on now, on its day; who listens hears it with the line. */
function markNow(list) {
  const now = Date.now();
  const lines = [...list.querySelectorAll('[data-from]')];
  const isDay = lines.some((line) => now < Date.parse(line.dataset.to)) && lines.some((line) => Date.parse(line.dataset.from) <= now);
  for (const line of lines) {
    const isOver = Date.parse(line.dataset.to) <= now;
    const isNow = !isOver && Date.parse(line.dataset.from) <= now && !line.matches('.part'); // its items follow
    line.classList.toggle('past', isDay && isOver);
    line.classList.toggle('now', isNow);
    line.querySelector('.mark')?.remove();
    line.removeAttribute('aria-current');
    if (!isNow) continue;
    line.setAttribute('aria-current', 'true');
    line.append(Object.assign(document.createElement('span'), { className: 'tag warm mark', textContent: list.dataset.now }));
  }
  sayNow(list, list.querySelector('.now'));
}

/** Asks before answers that were typed and not sent are left. */
function guard(form) {
  let isChanged = false;
  form.addEventListener('input', () => { isChanged = true; });
  form.addEventListener('submit', () => { isChanged = false; });
  addEventListener('beforeunload', (event) => { if (isChanged) event.preventDefault(); });
}

/** A list whose rows can be ticked gets a box in its head that ticks all rows of the page; it says so when only some are. */
function tickAll(table) {
  const boxes = [...table.querySelectorAll('tbody input[type=checkbox]')];
  const all = Object.assign(document.createElement('input'), { type: 'checkbox' });
  const label = Object.assign(document.createElement('label'), { className: 'pick', title: table.dataset.tickAll });
  label.append(all, Object.assign(document.createElement('span'), { className: 'heard', textContent: table.dataset.tickAll }));
  const look = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener('change', () => { for (const box of boxes) box.checked = all.checked; });
  table.addEventListener('change', look);
  look();
  table.querySelector('thead th').replaceChildren(label);
}

/** Of a page that is only looked at nothing can be sent: its buttons say so before they are pressed. */
if (document.querySelector('.viewing'))
  for (const button of document.querySelectorAll('form[method=post] button')) button.disabled = true;
if (document.querySelector('time[data-near]')) {
  sayNearTimes();
  setInterval(sayNearTimes, minute);
}
const orders = document.querySelectorAll('.timeline[data-now]');
const markAll = () => orders.forEach(markNow);
if (orders.length) {
  markAll();
  setInterval(markAll, minute / 2);
}
document.querySelectorAll('form[data-guard]').forEach(guard);
document.querySelectorAll('table[data-tick-all]').forEach(tickAll);
