import { all, copy, one, parse, toast, typing } from './dom.js';

/** The list of indicators: keys, the panel beside the list, filters that apply at once. */

document.documentElement.classList.add('js');

const root = () => one('#indicators');
const rows = () => all('.ind-row');
let busy = 0;

/** Puts an answer of the server in place; scroll and focus stay. */
function put(page, same) {
  const fresh = one('#indicators', page);
  if (!fresh) return false;
  const top = same ? one('#rows')?.scrollTop ?? 0 : 0;
  const focus = document.activeElement;
  const back = focus?.id ? '#' + CSS.escape(focus.id) : focus?.dataset?.open ? `[data-open="${CSS.escape(focus.dataset.open)}"]` : '';
  root().replaceWith(document.adoptNode(fresh));
  one('#rows').scrollTop = top;
  if (back) one(back)?.focus({ preventScroll: true });
  return true;
}

async function go(url, keep = false) {
  const mine = ++busy;
  const before = new URL(location.href);
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (mine !== busy) return;
  if (!answer.ok) { location.assign(url); return; }
  const after = new URL(answer.url);
  before.searchParams.delete('open');
  after.searchParams.delete('open');
  if (put(parse(await answer.text()), before.href === after.href)) history[keep ? 'replaceState' : 'pushState'](null, '', answer.url);
}

const current = () => one('.ind-row[aria-current="true"]') || document.activeElement.closest?.('.ind-row');

async function move(by) {
  const list = rows();
  const at = list.indexOf(current());
  const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
  if (!next) return;
  const link = one('a[data-open]', next);
  link.focus();
  next.scrollIntoView({ block: 'nearest' });
  if (one('#panel')) await go(link.href, true);
}

const asked = form => {
  const url = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, value);
  return url.href;
};

document.addEventListener('click', async event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest('a[data-go], a[data-open]');
  const button = event.target.closest('[data-copy]');
  if (link) {
    event.preventDefault();
    await go(link.href);
    if (link.dataset.open && innerWidth < 1280) one('#panel')?.focus();
  } else if (button) {
    await copy(button.dataset.copy);
    toast(root().dataset.copied);
  } else {
    const row = event.target.closest('.ind-row');
    if (row && !event.target.closest('a') && String(getSelection()) === '') one('a[data-open]', row).click();
  }
});

document.addEventListener('submit', event => {
  if (event.target.id !== 'find') return;
  event.preventDefault();
  go(asked(event.target));
});
document.addEventListener('change', event => {
  const form = event.target.closest('#find');
  if (form && event.target.tagName === 'SELECT') go(asked(form)).then(() => { one('#filters').open = true; one(`#filters [name="${event.target.name}"]`)?.focus(); });
});

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || one('dialog[open]')) return;
  if (typing(event)) {
    if (event.key === 'Escape' && event.target.id === 'find-text') event.target.blur();
    return;
  }
  const key = event.key;
  if (key === 'j' || key === 'k') move(key === 'j' ? 1 : -1);
  else if (key === 'n' && one('#next')) one('#next').click();
  else if (key === 'h' && one('#act-hunt')) one('#act-hunt').click();
  else if (key === 'e' && one('#act-events')) one('#act-events').click();
  else if (key === 'c' && one('#act-copy')) one('#act-copy').click();
  else if (key === '/') one('#find-text').focus();
  else if (key === 'F6') (one('#panel')?.contains(document.activeElement) ? one('#rows') : one('#panel') || one('#rows')).focus();
  else if (key === 'Escape' && one('#panel-close')) one('#panel-close').click();
  else return;
  event.preventDefault();
});

addEventListener('popstate', () => go(location.href, true));
