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
    const next = one('#tasks', page);
    if (!next || next.innerHTML === one('#tasks').innerHTML) return;
    if (all('#tasks details[open]').length > 0) return;
    // What ended shows in the calendar and beside it, too.
    for (const part of ['#tasks', '.calendar', '#day-facts']) {
      const now = one(part);
      const then = one(part, page);
      if (now && then && !now.contains(document.activeElement)) now.replaceWith(document.adoptNode(then));
    }
  } catch {
    one('#rate').textContent = '–';
  }
}

setInterval(() => {
  if (moving()) fresh();
}, 1000);
