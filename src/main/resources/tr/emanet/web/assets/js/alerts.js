import { all, one, parse, typing } from './dom.js';

/** The inbox: keys, the panel beside the list, live rows that wait until they are asked for. */

document.documentElement.classList.add('js');

const EVERY = 2000;
const QUIET = 30_000;
const inbox = () => one('#inbox');
const listing = () => one('#listing');
const rows = () => all('.alert-row').filter(row => row.offsetParent);
const drafts = () => all('#act-note textarea, #act-measure textarea');
let waiting = null;
let alarmed = 0;
let busy = 0;

const dirty = () => drafts().some(area => area.value.trim());
const mayLeave = () => !dirty() || confirm(inbox().dataset.leave);

/** Puts an answer of the server in place; scroll, marks and focus stay. */
function put(page) {
  const fresh = one('#inbox', page);
  if (!fresh) return false;
  const top = one('#rows')?.scrollTop ?? 0;
  const marked = new Set(all('.mark-box input:checked').map(box => box.value));
  const shut = new Set(all('.alert-group:not([open]) summary b').map(b => b.textContent));
  const focus = document.activeElement;
  const back = focus?.id ? '#' + CSS.escape(focus.id) : focus?.dataset?.open ? `[data-open="${CSS.escape(focus.dataset.open)}"]` : '';
  inbox().replaceWith(document.adoptNode(fresh));
  one('#rows').scrollTop = top;
  for (const box of all('.mark-box input')) box.checked = marked.has(box.value);
  for (const group of all('.alert-group')) if (shut.has(one('summary b', group).textContent)) group.open = false;
  if (back) one(back)?.focus({ preventScroll: true });
  badge(page);
  waiting = null;
  return true;
}

/** The number at the rail. */
function badge(page) {
  const fresh = one('#rail-alerts', page);
  const old = one('#rail-alerts');
  if (fresh && old) old.replaceWith(document.adoptNode(fresh));
}

async function go(url, keep = false) {
  const mine = ++busy;
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (mine !== busy) return;
  if (!answer.ok) { location.assign(url); return; }
  if (put(parse(await answer.text()))) history[keep ? 'replaceState' : 'pushState'](null, '', answer.url);
}

async function post(form) {
  const answer = await fetch(form.action, {
    method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' },
  });
  const kept = new Map(drafts().filter(area => area.form !== form || !answer.ok).map(area => [area.form.id, area.value]));
  if (put(parse(await answer.text()))) {
    if (answer.ok) history.replaceState(null, '', answer.url);
    for (const area of drafts()) if (kept.has(area.form.id)) area.value = kept.get(area.form.id);
  } else {
    location.reload();
  }
}

const current = () => one('.alert-row[aria-current="true"]') || document.activeElement.closest?.('.alert-row');

async function move(by) {
  const list = rows();
  const at = list.indexOf(current());
  const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
  if (!next || !mayLeave()) return;
  const link = one('.alert-what', next);
  link.focus();
  next.scrollIntoView({ block: 'nearest' });
  await go(link.href, true);
}

function unfold(id) {
  const box = one(id);
  if (!box) return;
  box.open = true;
  one('select', box).focus();
}

function acknowledge() {
  if (one('.mark-box input:checked')) post(one('#marked'));
  else if (one('#act-acknowledge')) post(one('#act-acknowledge'));
}

document.addEventListener('click', event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a[data-go], a[data-open]');
  if (link) {
    event.preventDefault();
    if (mayLeave()) go(link.href).then(() => { if (link.dataset.open && innerWidth < 1280) one('#panel')?.focus(); });
  } else if (event.target.closest('#pending') && waiting) {
    go(listing().dataset.url, true).then(() => one('#rows').focus());
  } else {
    const row = event.target.closest('.alert-row');
    if (row && !event.target.closest('a, label, input') && String(getSelection()) === '') one('.alert-what', row).click();
  }
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.closest('#inbox')) return;
  event.preventDefault();
  if (form.method === 'post') post(form);
  else go(form.action + '?' + new URLSearchParams(new FormData(form)));
});

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || one('dialog[open]')) return;
  if (typing(event) && event.target.type !== 'checkbox') {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const key = event.key;
  if (key === 'j' || key === 'k') move(key === 'j' ? 1 : -1);
  else if (key === 'a') acknowledge();
  else if (key === 'c') unfold('#act-close');
  else if (key === 'm' && one('#act-measure')) one('#act-measure textarea').focus();
  else if (key === 't') unfold('#act-assign');
  else if (key === '/') one('#find-text').focus();
  else if (key === 'x' && current()) one('.mark-box input', current()).click();
  else if (key === 'F6') (one('#panel')?.contains(document.activeElement) ? one('#rows') : one('#panel') || one('#rows')).focus();
  else if (key === 'Escape' && one('#panel-close')) one('#panel-close').click();
  else return;
  event.preventDefault();
});

addEventListener('popstate', () => go(location.href, true));
addEventListener('beforeunload', event => { if (dirty()) event.preventDefault(); });

/** Known rows change in place; new ones wait behind a line. */
function live(page) {
  const fresh = one('#listing', page);
  const known = new Set(all('.alert-row').map(row => row.dataset.number));
  const more = all('.alert-row', fresh).filter(row => !known.has(row.dataset.number));
  for (const row of all('.alert-row')) {
    const now = one('#' + CSS.escape(row.id), fresh);
    if (!now) continue;
    for (const part of ['.sev', '.alert-line', '.trend', '.alert-count', '.alert-seen', '.alert-state']) {
      one(part, row).replaceWith(document.adoptNode(one(part, now)));
    }
    row.className = now.className;
  }
  for (const part of ['.tabs', '.counts']) {
    if (!one(part).contains(document.activeElement)) one(part).replaceWith(document.adoptNode(one(part, fresh)));
  }
  listing().dataset.rev = fresh.dataset.rev;
  const count = one('#rail-alerts');
  if (count) {
    const unseen = Number(fresh.dataset.unseen);
    one('b', count).textContent = String(unseen);
    count.hidden = unseen === 0;
  }
  if (more.length === 0) return;
  waiting = more;
  const pending = one('#pending');
  pending.hidden = false;
  pending.textContent = inbox().dataset.new.replace('{n}', String(more.length));
  one('#said').textContent = pending.textContent;
  if (more.some(row => row.dataset.severity === 'critical') && Date.now() - alarmed > QUIET) {
    alarmed = Date.now();
    one('#alarm').textContent = inbox().dataset.critical;
  }
}

const clock = () => one('.clock b')?.textContent ?? '';

setInterval(async () => {
  if (document.hidden) return;
  const mine = busy;
  const url = new URL(listing().dataset.url, location.href);
  url.pathname = '/alerts/list';
  url.searchParams.set('rev', listing().dataset.rev);
  try {
    const answer = await fetch(url, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) throw new Error('HTTP ' + answer.status);
    if (mine !== busy) return;
    if (answer.status === 200) live(parse(await answer.text()));
    one('#live-text').textContent = inbox().dataset.live + ' ' + clock();
    one('.live-mark').className = 'live-mark is-ok';
  } catch {
    one('#live-text').textContent = inbox().dataset.lost;
    one('.live-mark').className = 'live-mark is-attention';
  }
}, EVERY);
