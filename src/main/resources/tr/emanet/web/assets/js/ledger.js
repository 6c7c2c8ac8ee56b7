import { all, one, parse, typing } from './dom.js';

/** A list with a panel beside it: notices and assets. Keys, links and forms without a new page. */

document.documentElement.classList.add('js');

const inbox = () => one('#inbox');
const rows = () => all('.ledger-row').filter(row => row.offsetParent);
const current = () => one('.ledger-row[aria-current="true"]') || document.activeElement.closest?.('.ledger-row');
let busy = 0;

const dirty = () => all('#panel textarea').some(area => area.value.trim() !== area.defaultValue.trim());
const mayLeave = () => !dirty() || confirm(inbox().dataset.leave);

/** Puts an answer of the server in place; scroll and focus stay. */
function put(page) {
  const fresh = one('#inbox', page);
  if (!fresh) return false;
  const top = one('#rows')?.scrollTop ?? 0;
  const id = document.activeElement?.id;
  inbox().replaceWith(document.adoptNode(fresh));
  one('#rows').scrollTop = top;
  if (id) one('#' + CSS.escape(id))?.focus({ preventScroll: true });
  if (one('#panel .problem, #panel .remedy')) one('#panel').focus();
  return true;
}

async function go(url, keep = false) {
  const mine = ++busy;
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (mine !== busy) return;
  if (!answer.ok) { location.assign(url); return; }
  if (put(parse(await answer.text()))) history[keep ? 'replaceState' : 'pushState'](null, '', answer.url);
}

/** Refused acts come back with the page as it is; what was written stays. */
async function send(url, options, form) {
  const answer = await fetch(url, { method: 'POST', ...options });
  const written = new Map(all('#panel textarea').map(area => [area.form?.action, area.value]));
  if (!put(parse(await answer.text()))) { location.reload(); return; }
  if (answer.redirected) {
    history.replaceState(null, '', answer.url);
    written.delete(form.action);
  }
  for (const area of all('#panel textarea')) if (written.has(area.form?.action)) area.value = written.get(area.form.action);
}

const post = form => send(form.action, { body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' } }, form);

/** A file goes as it is: its bytes decide about its encoding. */
async function upload(form) {
  const file = one('input[type="file"]', form).files[0];
  if (!file) { post(form); return; }
  await send(form.action + '?name=' + encodeURIComponent(file.name), {
    body: await file.arrayBuffer(),
    headers: { Accept: 'text/html', 'Content-Type': 'text/csv', 'X-CSRF-Token': one('input[name="csrf"]', form)?.value ?? '' },
  }, form);
}

async function move(by) {
  const list = rows();
  const at = list.indexOf(current());
  const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
  if (!next || !mayLeave()) return;
  const link = one('.ledger-what', next);
  link.focus();
  next.scrollIntoView({ block: 'nearest' });
  await go(link.href, true);
}

function unfold(id) {
  const box = one(id);
  if (!box) return;
  box.open = true;
  one('select, textarea', box).focus();
}

document.addEventListener('click', event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a[data-go]');
  if (link) {
    event.preventDefault();
    const row = link.closest('.ledger-row');
    if (mayLeave()) go(link.href).then(() => { if (row && innerWidth < 1280) one('#panel')?.focus(); });
  } else {
    const row = event.target.closest('.ledger-row');
    if (row && !event.target.closest('a, button') && String(getSelection()) === '') one('.ledger-what', row).click();
  }
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.closest('#inbox')) return;
  event.preventDefault();
  if (form.hasAttribute('data-upload')) upload(form);
  else if (form.method === 'post') post(form);
  else go(form.action + '?' + new URLSearchParams(new FormData(form)));
});

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || one('dialog[open]')) return;
  if (typing(event)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const key = event.key;
  if (key === 'j' || key === 'k') move(key === 'j' ? 1 : -1);
  else if (key === 'c') unfold('#act-close');
  else if (key === 't') unfold('#act-task');
  else if (key === '/') one('#find-text').focus();
  else if (key === 'F6') (one('#panel')?.contains(document.activeElement) ? one('#rows') : one('#panel') || one('#rows')).focus();
  else if (key === 'Escape' && one('#panel-close')) one('#panel-close').click();
  else return;
  event.preventDefault();
});

addEventListener('popstate', () => go(location.href, true));
addEventListener('beforeunload', event => { if (dirty()) event.preventDefault(); });
