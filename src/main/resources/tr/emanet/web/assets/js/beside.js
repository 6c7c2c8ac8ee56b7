import { all, one, parse, typing } from './dom.js';
import { keep, texts, unsent } from './drafts.js';

/**
 * A list with a panel beside it: inbox, notices, assets, indicators. Links, forms and keys change
 * both without a new page; the address follows, and what a person has written stays.
 */

/**
 * Starts it.
 *
 * @param root selector of what the server answers anew
 * @param row selector of a row
 * @param what selector of the link in a row
 * @param keys acts by key; each gets the event, and false means that the key was not for it
 * @param walk whether j and k open the row: always, or only beside an open panel
 * @param asked address of a search form
 * @param after called with each answer of the server
 */
export function beside({ root, row, what, keys = {}, walk = () => true, asked = search, after = () => {} }) {
  document.documentElement.classList.add('js');
  const whole = () => one(root);
  const panel = () => one('#panel');
  const rows = () => all(row).filter(each => each.offsetParent);
  const current = () => one(`${row}[aria-current="true"]`) || document.activeElement.closest?.(row);
  const mayLeave = () => !panel() || !unsent(panel()) || confirm(whole().dataset.leave);
  let shown = location.href;
  let busy = 0;

  /** Puts an answer of the server in place; scroll, writing, caret and folds stay. */
  function put(page, url, sent = () => false) {
    const fresh = one(root, page);
    if (!fresh) return false;
    const same = list(url) === list(shown);
    const open = panel()?.dataset.subject;
    const stays = open !== undefined && open === one('#panel', fresh)?.dataset.subject;
    const top = same ? one('#rows')?.scrollTop ?? 0 : 0;
    const depth = stays ? one('.panel-body')?.scrollTop ?? 0 : 0;
    const shut = new Set(all('details[data-group]:not([open])').map(group => group.dataset.group));
    const back = keep(whole(), field => !sent(field) && (panel()?.contains(field) ? stays : field.type !== 'search' || field === document.activeElement));
    whole().replaceWith(document.adoptNode(fresh));
    one('#rows').scrollTop = top;
    if (depth) one('.panel-body').scrollTop = depth;
    for (const group of all('details[data-group]')) if (shut.has(group.dataset.group)) group.open = false;
    back(whole());
    shown = url;
    after(page);
    return true;
  }

  /** Opens an address of this page. What was typed while it came is asked about before it goes. */
  async function go(url, keepEntry = false) {
    const mine = ++busy;
    const before = panel() && texts(panel());
    const answer = await fetch(url, { headers: { Accept: 'text/html' } });
    if (mine !== busy) return false;
    if (!answer.ok) { location.assign(url); return false; }
    const page = parse(await answer.text());
    if (mine !== busy) return false;
    const leaves = panel()?.dataset.subject !== one('#panel', page)?.dataset.subject;
    if (leaves && panel() && texts(panel()) !== before && !mayLeave()) return false;
    if (!put(page, answer.url)) { location.assign(url); return false; }
    history[keepEntry ? 'replaceState' : 'pushState'](null, '', answer.url);
    return true;
  }

  /** An act. A refused one comes back with the page as it is, and what was written stays. */
  async function send(form, url, options) {
    ++busy;
    const said = new Map(all('textarea, input, select', form).map(field => [field.name, field.value]));
    const answer = await fetch(url, { method: 'POST', ...options });
    const page = parse(await answer.text());
    const done = answer.ok && !one('[data-refused]', page);
    const sent = field => done && field.form === form && said.get(field.name) === field.value;
    if (!put(page, answer.redirected ? answer.url : shown, sent)) { location.reload(); return; }
    if (answer.redirected) history.replaceState(null, '', answer.url);
    if (one('#panel .problem, #panel .remedy, #panel[data-answer]')) panel().focus();
  }

  const post = form => send(form, form.action, { body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' } });

  /** A file goes as it is: its bytes decide about its encoding. */
  async function upload(form) {
    const file = one('input[type="file"]', form).files[0];
    if (!file) { post(form); return; }
    await send(form, form.action + '?name=' + encodeURIComponent(file.name), {
      body: await file.arrayBuffer(),
      headers: { Accept: 'text/html', 'Content-Type': 'text/csv', 'X-CSRF-Token': one('input[name="csrf"]', form)?.value ?? '' },
    });
  }

  async function move(by) {
    const list = rows();
    const at = list.indexOf(current());
    const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
    if (!next || walk() && !mayLeave()) return;
    const link = one(what, next);
    link.focus();
    next.scrollIntoView({ block: 'nearest' });
    if (walk()) await go(link.href, true);
  }

  async function follow(link) {
    if (!mayLeave()) return;
    const opens = link.matches(what);
    if (await go(link.href) && opens && innerWidth < 1280) panel()?.focus();
  }

  document.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest('a[data-go], a[data-open]');
    if (link) {
      event.preventDefault();
      follow(link);
      return;
    }
    const at = event.target.closest(row);
    if (at && !event.target.closest('a, label, input, button') && String(getSelection()) === '') one(what, at).click();
  });

  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.closest(root)) return;
    event.preventDefault();
    if (form.hasAttribute('data-upload')) upload(form);
    else if (form.method === 'post') post(form);
    else go(asked(form));
  });

  const common = {
    j: () => move(1),
    k: () => move(-1),
    '/': () => one('#find-text').focus(),
    F6: () => (panel()?.contains(document.activeElement) ? one('#rows') : panel() || one('#rows')).focus(),
    Escape: () => one('#panel-close') ? one('#panel-close').click() : false,
  };

  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || one('dialog[open]')) return;
    if (typing(event) && event.target.type !== 'checkbox') {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const act = keys[event.key] || common[event.key];
    if (act && act(event) !== false) event.preventDefault();
  });

  addEventListener('popstate', () => {
    if (mayLeave()) go(location.href, true);
    else history.pushState(null, '', shown);
  });
  addEventListener('beforeunload', event => { if (panel() && unsent(panel())) event.preventDefault(); });

  return { go, post, current, pending: () => busy };
}

/** An address without what is opened in it: the list. */
function list(url) {
  const bare = new URL(url, location.href);
  bare.searchParams.delete('open');
  return bare.href;
}

const search = form => form.action + '?' + new URLSearchParams(new FormData(form));

/** Opens a fold and goes to its first field. */
export function unfold(selector, target = 'select, textarea') {
  const box = one(selector);
  if (!box) return false;
  box.open = true;
  one(target, box).focus();
  return true;
}

/** Clicks what the page offers now. */
export function press(selector) {
  if (!one(selector)) return false;
  one(selector).click();
  return true;
}
