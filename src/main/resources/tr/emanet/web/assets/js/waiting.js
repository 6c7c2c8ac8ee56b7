import { all, one, parse } from './dom.js';

/** Rows that come while a list is open: known ones change in place, new ones wait behind a line. */

const clock = () => one('.clock b')?.textContent ?? '';

/**
 * Asks for the list every few seconds.
 *
 * @param root selector of the page, which carries the texts
 * @param row selector of a row; rows have ids
 * @param path address of the list alone, which answers 204 to a revision that it still has
 * @param parts what changes in a known row
 * @param page what {@code beside} answered
 * @param arrived called with the fresh list and the new rows
 */
export function waiting({ root, row, path, every, parts, page, arrived = () => {} }) {
  const listing = () => one('#listing');
  const words = () => one(root).dataset;

  function live(answer) {
    const fresh = one('#listing', answer);
    const known = new Set(all(row).map(each => each.id));
    const more = all(row, fresh).filter(each => !known.has(each.id));
    for (const old of all(row)) {
      const now = one('#' + CSS.escape(old.id), fresh);
      if (!now) continue;
      for (const part of parts) {
        const place = one(part, old);
        const next = one(part, now);
        if (place && next && place.outerHTML !== next.outerHTML) place.replaceWith(document.adoptNode(next));
      }
      old.className = now.className;
    }
    for (const part of ['.tabs', '.counts']) {
      const place = one(part);
      if (place && !place.contains(document.activeElement)) place.replaceWith(document.adoptNode(one(part, fresh)));
    }
    listing().dataset.rev = fresh.dataset.rev;
    if (more.length > 0) {
      const pending = one('#pending');
      const text = words().new.replace('{n}', String(more.length));
      if (pending.hidden || pending.textContent !== text) one('#said').textContent = text;
      pending.hidden = false;
      pending.textContent = text;
    }
    arrived(fresh, more);
  }

  document.addEventListener('click', event => {
    if (event.target.closest('#pending')) page.go(listing().dataset.url, true).then(() => one('#rows').focus());
  });

  setInterval(async () => {
    if (document.hidden) return;
    const before = page.pending();
    const url = new URL(listing().dataset.url, location.href);
    url.pathname = path;
    url.searchParams.set('rev', listing().dataset.rev);
    try {
      const answer = await fetch(url, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
      if (!answer.ok || answer.redirected) throw new Error('HTTP ' + answer.status);
      const text = answer.status === 200 ? await answer.text() : '';
      if (before !== page.pending()) return;
      if (text) live(parse(text));
      one('#live-text').textContent = words().live + ' ' + clock();
      one('.live-mark').className = 'live-mark is-ok';
    } catch {
      one('#live-text').textContent = words().lost;
      one('.live-mark').className = 'live-mark is-attention';
    }
  }, every);
}
