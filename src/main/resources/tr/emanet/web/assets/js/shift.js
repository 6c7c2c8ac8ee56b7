import { all, one, parse, typing } from './dom.js';

/** The shift page: fresh figures every few seconds, j and k through what waits. */

document.documentElement.classList.add('js');

const EVERY = 4000;
const main = one('#content');

/** Nothing changes under a selection; a focused link is found again by its id. */
const disturbed = () => document.hidden || String(getSelection()) !== '' || one('dialog[open]');

setInterval(async () => {
  if (disturbed()) return;
  try {
    const answer = await fetch('/overview', { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected || disturbed()) return;
    const page = parse(await answer.text());
    const fresh = one('#shift', page);
    if (!fresh) return;
    const focus = one('#shift').contains(document.activeElement) ? document.activeElement.id : '';
    const top = main.scrollTop;
    if (fresh.innerHTML !== one('#shift').innerHTML) one('#shift').replaceWith(document.adoptNode(fresh));
    main.scrollTop = top;
    if (focus) one('#' + CSS.escape(focus))?.focus({ preventScroll: true });
    one('#rate').textContent = one('#rate', page).textContent;
    const badge = one('#rail-alerts', page);
    if (badge && one('#rail-alerts')) one('#rail-alerts').replaceWith(document.adoptNode(badge));
  } catch {
    one('#rate').textContent = '–';
  }
}, EVERY);

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || typing(event) || one('dialog[open]')) return;
  if (event.key !== 'j' && event.key !== 'k') return;
  const list = all('.wait .button');
  if (!list.length) return;
  const at = list.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + (event.key === 'j' ? 1 : -1)));
  list[next].focus();
  event.preventDefault();
});
