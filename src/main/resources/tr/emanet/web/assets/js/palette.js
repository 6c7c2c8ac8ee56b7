import { all, make, one } from './dom.js';

/**
 * The jump box (Ctrl K): pages, saved searches and actions by name, and events by query. What it
 * offers is what the page holds anyway, so it can never offer what a person may not do.
 */

const input = one('#jump');
let list = null;
let options = [];
let at = -1;
let saved = null;

const lang = document.documentElement.lang;
const plain = text => text.toLocaleLowerCase(lang).normalize('NFD').replace(/\p{M}/gu, '').replace(/ı/g, 'i');
const name = node => (node.getAttribute('aria-label') || [...node.childNodes]
  .filter(n => n.nodeName !== 'KBD' && !n.classList?.contains('hint')).map(n => n.textContent).join(' ')).replace(/\s+/g, ' ').trim();

function found() {
  const words = input.dataset;
  const visible = node => !node.closest('[hidden]');
  const every = [
    ...all('.rail a').map(a => ({ text: name(a), kind: words.page, act: () => a.click() })),
    ...all('#more-pages a').map(a => ({ text: name(a), kind: words.page, act: () => location.assign(a.href) })),
    ...all('.account a.item:not([data-keys])').map(a => ({ text: name(a), kind: words.page, act: () => a.click() })),
    ...(saved || []).map(s => ({ text: s.name, kind: words.saved, act: () => location.assign(s.url) })),
    ...all('.themes a').map(a => ({ text: words.theme + ': ' + name(a), kind: words.action, act: () => a.click() })),
    ...all('.languages a').map(a => ({ text: name(a), kind: words.action, act: () => a.click() })),
    ...all('[data-keys]').slice(0, 1).map(a => ({ text: name(a), kind: words.action, act: () => a.click() })),
    ...all('#live, #share, #compare-open').filter(visible).map(b => ({ text: name(b), kind: words.action, act: () => b.click() })),
    ...all('#columns > summary, #saved > summary, #export > summary, #time > summary').filter(visible)
      .map(s => ({ text: name(s), kind: words.action, act: () => { s.focus(); s.parentNode.open = true; } })),
    ...all('.account form button.item').map(b => ({ text: name(b), kind: words.action, act: () => b.click() })),
  ];
  const seen = new Set();
  return every.filter(o => !seen.has(o.kind + o.text) && seen.add(o.kind + o.text));
}

function show() {
  const wanted = plain(input.value.trim());
  const parts = wanted.split(/\s+/);
  options = found().filter(o => parts.every(part => plain(o.text).includes(part)))
    .sort((a, b) => plain(b.text).startsWith(wanted) - plain(a.text).startsWith(wanted)).slice(0, 12);
  if (wanted) options.push({ text: input.value.trim(), kind: input.dataset.events, code: true, act: () => input.form.submit() });
  if (!list) {
    list = make('div', { id: 'jump-list', class: 'suggestions', role: 'listbox', 'aria-label': input.getAttribute('aria-label') });
    list.addEventListener('pointerdown', event => {
      const option = event.target.closest('.option');
      event.preventDefault();
      if (option) take(Number(option.dataset.at));
    });
    input.form.append(list);
  }
  list.replaceChildren(...options.map((o, i) => make('div', { class: 'option', role: 'option', id: 'jump-' + i, 'aria-selected': 'false', 'data-at': String(i) },
    make(o.code ? 'code' : 'bdi', {}, o.text), make('span', { class: 'hint' }, o.kind))));
  list.hidden = !options.length;
  input.setAttribute('aria-expanded', String(!list.hidden));
  at = -1;
  input.removeAttribute('aria-activedescendant');
  // What was written is a query unless it begins the name of something.
  if (wanted && options.length > 1 && plain(options[0].text).startsWith(wanted)) mark(0);
  else if (wanted) mark(options.length - 1);
}

function mark(next) {
  if (!options.length) return;
  at = (next + options.length) % options.length;
  all('.option', list).forEach((o, i) => o.setAttribute('aria-selected', String(i === at)));
  input.setAttribute('aria-activedescendant', 'jump-' + at);
  one('#jump-' + at).scrollIntoView({ block: 'nearest' });
}

function close() {
  if (!list) return;
  list.hidden = true;
  at = -1;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function take(i) {
  const option = options[i];
  close();
  if (!option.code) {
    input.value = '';
    input.blur();
  }
  option.act();
}

async function open() {
  show();
  if (saved === null && input.dataset.searches) {
    saved = [];
    try {
      const answer = await fetch('/api/v1/searches', { headers: { 'X-Emanet-Background': '1' } });
      if (answer.ok) saved = (await answer.json()).searches;
      if (document.activeElement === input) show();
    } catch {
      saved = null;
    }
  }
}

if (input) {
  input.addEventListener('focus', open);
  input.addEventListener('input', show);
  input.addEventListener('blur', () => setTimeout(close, 150));
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list?.hidden) show();
      else mark(event.key === 'ArrowDown' ? at + 1 : at < 0 ? options.length - 1 : at - 1);
    } else if (event.key === 'Enter' && at >= 0) {
      take(at);
    } else if (event.key === 'Escape' && list && !list.hidden) {
      close();
      event.stopPropagation();
    } else {
      return;
    }
    event.preventDefault();
  });
}

export const palette = {
  /** The saved searches have changed. */
  forget() { saved = null; },
};
