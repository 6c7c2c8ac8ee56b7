import { all, one, parse } from './dom.js';

/** The backup page: what runs moves by itself, and the form shows what belongs to the choice. */

const moving = () => all('[data-running="true"]').length > 0;

async function fresh() {
  if (document.hidden || String(getSelection()) !== '') return;
  const url = location.pathname + location.search;
  try {
    const answer = await fetch(url, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected || String(getSelection()) !== '') return;
    const page = parse(await answer.text());
    for (const part of ['#backup-jobs', '#backup-runs', '#backup-now']) {
      const now = one(part);
      const then = one(part, page);
      if (!now || !then || now.innerHTML === then.innerHTML) continue;
      if (now.contains(document.activeElement) || one('details[open]', now)) continue;
      now.replaceWith(document.adoptNode(then));
    }
  } catch {
    one('#rate').textContent = '–';
  }
}

setInterval(() => {
  if (moving()) fresh();
}, 1000);

const when = one('#backup-when');

function fit() {
  for (const field of all('[data-when]')) {
    field.hidden = !field.dataset.when.split(' ').includes(when.value);
  }
}

if (when) {
  when.addEventListener('change', fit);
  fit();
}
