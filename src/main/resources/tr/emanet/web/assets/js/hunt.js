import { all, one, parse, typing } from './dom.js';

/** The hunt page: progress that moves by itself, keys. What is written in the form stays. */

document.documentElement.classList.add('js');

const moving = () => one('#opened').dataset.ended === 'false' || one('#hunts progress');

async function fresh() {
  if (document.hidden || String(getSelection()) !== '') return;
  const url = location.pathname + location.search;
  try {
    const answer = await fetch(url, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected || String(getSelection()) !== '') return;
    const page = parse(await answer.text());
    for (const id of ['#hunts', '#opened']) {
      const next = one(id, page);
      const focus = one(id).contains(document.activeElement) ? document.activeElement.id : '';
      if (next && next.innerHTML !== one(id).innerHTML) one(id).replaceWith(document.adoptNode(next));
      if (focus) one('#' + CSS.escape(focus))?.focus({ preventScroll: true });
    }
  } catch {
    one('#rate').textContent = '–';
  }
}

let ticks = 0;
setInterval(() => {
  ticks++;
  if (moving() || ticks % 5 === 0) fresh();
}, 1000);

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.altKey || one('dialog[open]')) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && one('#hunt-form')?.contains(document.activeElement)) {
    one('#hunt-form').requestSubmit();
    event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || typing(event)) return;
  if (event.key === '/' && one('#hunt-values')) one('#hunt-values').focus();
  else if (event.key === 'j' || event.key === 'k') {
    const list = all('.hunt-row a');
    if (!list.length) return;
    const at = list.indexOf(document.activeElement);
    list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + (event.key === 'j' ? 1 : -1)))].focus();
  } else return;
  event.preventDefault();
});
