import { all, copy, make, one, parse, toast, typing } from './dom.js';
import { chart } from './chart.js';
import { fieldList } from './fields.js';
import { columns } from './columns.js';
import { compare } from './compare.js';
import { live } from './live.js';
import { menu } from './menu.js';
import { queryBox } from './query.js';
import { saved } from './saved.js';
import { table } from './table.js';

/**
 * The search screen. The server renders the whole page for every address; this module fetches the
 * page of the next address and puts its parts in place, so that nothing jumps and the last good
 * answer stays while a query is wrong.
 */

document.documentElement.classList.add('js');
const root = one('#search');
export const words = one('#words').dataset;

/** Texts with {0}, as the server's bundles write them. */
export const text = (pattern, ...values) => pattern.replace(/\{(\d)\}/g, (_, i) => values[Number(i)]);
export const number = n => new Intl.NumberFormat(document.documentElement.lang).format(n);

/** The address of the present state; modules change its parameters and call go. */
export const here = () => new URL(root.dataset.url, location.origin);
export const part = (path, more = {}) => {
  const url = here();
  url.pathname = '/search/' + path;
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url;
};

const wait = ms => new Promise(done => setTimeout(done, ms));

/** Fetches text; when this person's other searches still run, waits for them. */
export async function get(url, signal) {
  for (let round = 0; ; round++) {
    const answer = await fetch(url, { signal, headers: { Accept: '*/*' } });
    if (answer.status !== 429 || round > 8) {
      if (answer.redirected && !answer.url.startsWith(location.origin + '/search')) location.assign(answer.url);
      return answer;
    }
    await wait(250);
  }
}

let running = new AbortController();
let shownTotal = null;

const swapped = ['query-problem', 'chips', 'time', 'columns', 'saved', 'export', 'foot', 'history', 'time-form', 'ask-state'];

/** Shows another state. The address changes when its answer is here. */
export async function go(target, { push = true } = {}) {
  const url = new URL(target, location.origin);
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const answer = one('#answer');
  const busy = setTimeout(() => answer.classList.add('busy'), 300);
  const started = performance.now();
  try {
    const response = await get(url, signal);
    if (!response.ok) throw new Error('HTTP ' + response.status);
    const page = parse(await response.text());
    place(page, performance.now() - started);
    if (push && here().href !== location.href) history.pushState(null, '', here());
    if (!one('#query-problem .problem:not(.told)')) await fragments(signal);
  } catch (e) {
    if (e.name !== 'AbortError') fail();
  } finally {
    clearTimeout(busy);
    if (!signal.aborted) answer.classList.remove('busy');
  }
}

function fail() {
  const box = one('#query-problem');
  box.replaceChildren(make('p', { class: 'problem', role: 'alert' }, words.failed));
  one('#answer').classList.add('dimmed');
}

function place(page, took) {
  const next = one('#search', page);
  const wrong = one('#query-error', page) || one('#query-problem .problem:not(.told)', page);
  const focus = document.activeElement && document.activeElement.id;
  for (const id of swapped) {
    if (wrong && (id === 'foot')) continue;
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  }
  for (const name of ['url', 'share', 'group']) root.dataset[name] = next.dataset[name];
  queryBox.show(one('#query', page).value, one('#query-box', page).dataset);
  const answer = one('#answer');
  answer.classList.toggle('dimmed', Boolean(wrong));
  if (!wrong) {
    shownTotal = null;
    live.stop();
    answer.replaceChildren(...[...one('#answer', page).childNodes].map(n => document.adoptNode(n)));
    answer.scrollTop = 0;
    table.dated();
    foot(took);
  }
  if (focus && !document.getElementById(focus)?.matches(':focus')) document.getElementById(focus)?.focus();
}

/** Chart and field list follow the rows. */
async function fragments(signal) {
  const put = async (path, box, ready) => {
    const response = await get(part(path), signal);
    const page = parse(await response.text());
    box.replaceChildren(...[...page.body.childNodes].map(n => document.adoptNode(n)));
    ready();
  };
  await Promise.all([
    put('histogram', one('#histogram'), () => { chart.ready(); total(); }),
    put('fields', one('#field-list'), fieldList.ready)]);
}

function total() {
  shownTotal = one('#total')?.dataset.total ?? null;
  shown();
}

/** 1–50 / 71.486 */
export function shown() {
  const rows = all('#rows .row').length;
  const box = one('#shown');
  if (!rows || !box) return;
  const range = '1–' + number(rows);
  box.textContent = shownTotal === null ? range : text(words.of, range, number(shownTotal));
}

function foot(took) {
  const box = one('#foot');
  const server = box.dataset.took;
  if (server) one('#took').textContent = text(one('#took').dataset.text, server, Math.max(Number(server), Math.round(took)));
  const zone = one('#zone');
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone.dataset.told) {
    zone.dataset.told = '1';
    zone.textContent += ', ' + (mine === zone.dataset.zone ? zone.dataset.same : text(zone.dataset.other, mine));
  }
  shown();
}

/* Links and forms that stay on this page */
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-go]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    go(link.href);
  }
});
document.addEventListener('submit', event => {
  const form = event.target;
  if (!['ask', 'time-form', 'chip-form'].includes(form.id)) return;
  event.preventDefault();
  queryBox.close();
  const url = new URL('/search', location.origin);
  for (const [name, value] of new FormData(form)) url.searchParams.append(name, value);
  if (form.id !== 'ask') url.searchParams.set('q', one('#query').value);
  go(url);
});
addEventListener('popstate', () => go(location.href, { push: false }));

/* Filters */
document.addEventListener('click', event => {
  const body = event.target.closest('.chip-body');
  if (body && !event.ctrlKey) {
    event.preventDefault();
    edit(body.closest('.chip').dataset.chip);
  }
});
function edit(chip) {
  const form = one('#chip-form');
  const exclude = /^~?!/.test(chip);
  const [, field, values] = chip.match(/^~?!?([^:]+):(.*)$/s);
  form.elements['chip-old'].value = chip;
  form.elements['chip-field'].value = field;
  form.elements['chip-op'].value = exclude ? 'not' : 'is';
  form.elements['chip-value'].value = values.replace(/\\(.)|\|/gs, (m, c) => c ?? ', ');
  one('#add-filter').open = true;
  form.elements['chip-value'].focus();
}
document.addEventListener('keydown', event => {
  const body = event.target.closest?.('.chip-body');
  if (!body) return;
  if (event.key === 'Delete' || event.key === 'Backspace') {
    event.preventDefault();
    go(one('.chip-remove', body.parentNode).href).then(() => one('#add-filter summary').focus());
  } else if (event.key === ' ') {
    event.preventDefault();
    go(body.href);
  }
});
document.addEventListener('toggle', event => {
  if (event.target.id === 'add-filter' && event.target.open && !one('#chip-form').elements['chip-old'].value) {
    one('#chip-form').elements['chip-field'].focus();
  }
  if (event.target.id === 'time' && event.target.open) {
    (one('.presets [aria-current]') || one('.presets a')).focus();
    one('#time-paste').hidden = !(navigator.clipboard && navigator.clipboard.readText);
  }
}, true);
document.addEventListener('click', async event => {
  for (const id of ['time', 'add-filter']) {
    const box = document.getElementById(id);
    if (box.open && !box.contains(event.target) && !event.target.closest('.chip-body')) box.open = false;
  }
  if (event.target.closest('#time-paste')) {
    one('#time input[name="from"]').value = (await navigator.clipboard.readText()).trim().slice(0, 64);
  }
  if (event.target.closest('#share')) {
    await copy(location.origin + root.dataset.share);
    toast(one('#share').dataset.done);
  }
});

/* Keys of this page */
document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  const open = ['time', 'add-filter'].map(id => document.getElementById(id)).find(box => box.open);
  if (event.key === 'Escape' && open) {
    open.open = false;
    one('summary', open).focus();
    event.preventDefault();
    return;
  }
  if (event.target.closest?.('.presets') && /^Arrow(Up|Down)$/.test(event.key)) {
    const links = all('.presets a');
    const at = links.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1);
    links[(at + links.length) % links.length].focus();
    event.preventDefault();
    return;
  }
  if (typing(event) || one('dialog[open]') || menu.isOpen()) return;
  switch (event.key) {
    case '/':
      one('#query').focus();
      one('#query').select();
      break;
    case 't':
      one('#time').open = true;
      break;
    case 'f':
      one('#fields').classList.add('shown');
      one('#field-filter').focus();
      break;
    case 'v':
      live.toggle();
      break;
    default:
      if (!table.key(event)) return;
  }
  event.preventDefault();
});
one('#fields-toggle').addEventListener('click', event => {
  const shownNow = one('#fields').classList.toggle('shown');
  event.currentTarget.setAttribute('aria-expanded', String(shownNow));
});
one('.results').addEventListener('pointerdown', event => {
  if (!event.target.closest('#fields-toggle')) one('#fields').classList.remove('shown');
});

queryBox.start();
fieldList.start();
table.start();
columns.start();
compare.start();
saved.start();
live.start();
const load = performance.getEntriesByType('navigation')[0];
foot(load ? load.responseEnd - load.requestStart : 0);
table.dated();
if (!one('#query-problem .problem:not(.told)')) fragments(running.signal).catch(e => { if (e.name !== 'AbortError') fail(); });
