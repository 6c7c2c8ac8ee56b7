import { all, icon, make, one } from './dom.js';
import { here, words, text, number } from './search.js';

/**
 * The query box: a plain one-line input over a coloured mirror that assistive technology does not
 * see, and a list of suggestions under it (ARIA combobox pattern).
 */

const input = one('#query');
const box = one('#query-box');
const mirror = one('#mirror');
const list = one('#suggestions');
let options = [];
let at = -1;
let asked = 0;

const PARTS = /("(?:[^"\\]|\\.)*"?)|([\p{L}\p{N}@_][\p{L}\p{N}@_.\-]*)(?=:)|\b(AND|OR|NOT|TO)\b|([():])/gu;

function colour() {
  const value = input.value;
  const from = Number(box.dataset.errorFrom ?? -1);
  const to = Math.max(Number(box.dataset.errorTo ?? -1), from + 1);
  const styles = new Array(value.length).fill('');
  for (const m of value.matchAll(PARTS)) {
    const style = m[2] ? 'q-field' : m[3] ? 'q-op' : '';
    for (let i = m.index; i < m.index + m[0].length; i++) styles[i] = style;
  }
  const nodes = [];
  for (let i = 0; i < value.length;) {
    const bad = c => c >= from && c < to && from >= 0;
    let end = i + 1;
    while (end < value.length && styles[end] === styles[i] && bad(end) === bad(i)) end++;
    const css = [styles[i], bad(i) ? 'q-bad' : ''].filter(Boolean).join(' ');
    nodes.push(css ? make('span', { class: css }, value.slice(i, end)) : value.slice(i, end));
    i = end;
  }
  if (from >= value.length && from >= 0) nodes.push(make('span', { class: 'q-bad' }, '  '));
  mirror.replaceChildren(...nodes);
  mirror.scrollLeft = input.scrollLeft;
}

/** The word before the caret and where it begins. */
function word() {
  const before = input.value.slice(0, input.selectionStart);
  const [found] = before.match(/[^\s()]*$/);
  return { text: found, from: before.length - found.length };
}

async function suggest(force) {
  const mine = ++asked;
  const current = word();
  const colon = current.text.indexOf(':');
  let found = [];
  if (colon > 0) {
    found = await values(current.text.slice(0, colon).replace(/^-/, ''), current.text.slice(colon + 1), current.from + colon + 1);
    if (mine !== asked) return;
  } else if (current.text || force) {
    found = fields(current);
  }
  const whole = input.value.trim();
  const past = all('#history li').map(li => li.textContent)
    .filter(q => q !== whole && (force || whole) && q.toLowerCase().includes(whole.toLowerCase())).slice(0, 4);
  found.push(...past.map(q => ({ take: () => { input.value = q; }, run: true, past: true, code: q, hint: words.past })));
  render(found);
}

function fields(current) {
  const wanted = current.text.toLocaleLowerCase(document.documentElement.lang);
  return all('#field-list .f')
    .map(li => li.dataset)
    .filter(f => (f.field + ' ' + f.label).toLocaleLowerCase(document.documentElement.lang).includes(wanted))
    .sort((a, b) => Number(b.field.startsWith(wanted)) - Number(a.field.startsWith(wanted)))
    .slice(0, 8)
    .map(f => ({
      code: f.field, label: f.label, hint: f.distinct ? text(words.values, f.distinct) : '',
      take: () => insert(current.from, f.field + ':'), again: true }));
}

async function values(field, start, from) {
  const url = new URL('/api/v1/top', location.origin);
  url.searchParams.set('field', field);
  url.searchParams.set('limit', '40');
  for (const name of ['from', 'to']) {
    const value = here().searchParams.get(name);
    if (value) url.searchParams.set(name, value);
  }
  try {
    const answer = await fetch(url);
    if (!answer.ok) return [];
    const { values: found } = await answer.json();
    const wanted = start.replace(/^"/, '').toLowerCase();
    return found.filter(v => v.value.toLowerCase().includes(wanted) && v.value.length < 200).slice(0, 8).map(v => ({
      code: visible(v.value), label: '', hint: text(words.events, number(v.count)),
      take: () => insert(from, quoted(v.value) + ' ') }));
  } catch {
    return [];
  }
}

const quoted = value => /^[\p{L}\p{N}._\-]+$/u.test(value) ? value : '"' + value.replace(/["\\]/g, '\\$&') + '"';

/** Invisible and control characters as escapes, as the server shows them. */
export const visible = value => value.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu,
  c => 'U+' + c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0'));

function insert(from, what) {
  const end = input.selectionStart;
  input.value = input.value.slice(0, from) + what + input.value.slice(end);
  input.setSelectionRange(from + what.length, from + what.length);
}

function render(found) {
  options = found;
  at = -1;
  if (!found.length || document.activeElement !== input) return close();
  const nodes = [];
  found.forEach((o, i) => {
    if (o.past && i > 0 && !found[i - 1].past) nodes.push(make('div', { class: 'rule', role: 'presentation' }));
    nodes.push(make('div', { class: 'option', role: 'option', id: 'option-' + i, 'aria-selected': 'false', 'data-at': String(i) },
      ...(o.past ? [icon('history')] : []), make('code', {}, o.code),
      ...(o.label ? [make('span', { class: 'hint' }, o.label)] : []), make('span', { class: 'hint' }, o.hint)));
  });
  nodes.push(make('div', { class: 'how', role: 'presentation' },
    ...[['Tab', words.take], ['Enter', words.run], ['Esc', words.close]].map(([key, what]) =>
      make('span', {}, make('kbd', {}, key), ' ' + what))));
  list.replaceChildren(...nodes);
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
}

function mark(next) {
  at = (next + options.length) % options.length;
  all('.option', list).forEach((o, i) => o.setAttribute('aria-selected', String(i === at)));
  input.setAttribute('aria-activedescendant', 'option-' + at);
  one('#option-' + at).scrollIntoView({ block: 'nearest' });
}

function take(i) {
  const option = options[i];
  option.take();
  changed();
  close();
  if (option.run) one('#ask').requestSubmit();
  else if (option.again) suggest(false);
}

function close() {
  asked++;
  list.hidden = true;
  at = -1;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

/** A new text is no longer wrong where the old one was. */
function changed() {
  delete box.dataset.errorFrom;
  delete box.dataset.errorTo;
  box.classList.remove('has-error');
  input.removeAttribute('aria-invalid');
  colour();
}

function key(event) {
  const open = !list.hidden;
  if (event.key === ' ' && event.ctrlKey || event.key === 'ArrowDown' && !open) {
    suggest(true);
  } else if (open && event.key === 'ArrowDown') {
    mark(at + 1);
  } else if (open && event.key === 'ArrowUp') {
    mark(at < 0 ? options.length - 1 : at - 1);
  } else if (open && event.key === 'Tab' && !event.shiftKey) {
    take(Math.max(0, at));
  } else if (open && event.key === 'Enter' && at >= 0) {
    take(at);
  } else if (event.key === 'Escape') {
    if (open) close();
    else input.blur();
  } else {
    return;
  }
  event.preventDefault();
}

export const queryBox = {
  start() {
    input.addEventListener('input', () => { changed(); suggest(false); });
    input.addEventListener('scroll', () => { mirror.scrollLeft = input.scrollLeft; });
    input.addEventListener('keydown', key);
    input.addEventListener('blur', () => setTimeout(close, 150));
    list.addEventListener('pointerdown', event => {
      const option = event.target.closest('.option');
      event.preventDefault();
      if (option) take(Number(option.dataset.at));
    });
    colour();
  },
  /** Shows the text and the error of a new page. */
  show(value, { errorFrom, errorTo }) {
    if (input.value.trim() !== value) input.value = value;
    changed();
    if (errorFrom !== undefined) {
      box.dataset.errorFrom = errorFrom;
      box.dataset.errorTo = errorTo;
      box.classList.add('has-error');
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', 'query-error');
    } else {
      input.removeAttribute('aria-describedby');
    }
    colour();
  },
  close,
};
