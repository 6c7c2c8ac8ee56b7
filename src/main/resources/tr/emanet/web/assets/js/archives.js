import { all, one, parse } from './dom.js';

/** The archive page: progress that moves by itself while something runs. */

const moving = () => all('#tasks [data-ended="false"]').length > 0;

async function fresh() {
  if (document.hidden || String(getSelection()) !== '') return;
  const url = location.pathname + location.search;
  try {
    const answer = await fetch(url, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected || String(getSelection()) !== '') return;
    const page = parse(await answer.text());
    for (const id of ['#tasks', '#cal', '#day-facts']) {
      const next = one(id, page);
      const here = one(id);
      if (!next || next.innerHTML === here.innerHTML || all('details[open]', here).length) continue;
      const focus = here.contains(document.activeElement) ? document.activeElement.id : '';
      here.replaceWith(document.adoptNode(next));
      if (focus) one('#' + CSS.escape(focus))?.focus({ preventScroll: true });
    }
  } catch {
    one('#rate').textContent = '–';
  }
}

setInterval(() => {
  if (moving()) fresh();
}, 1000);
