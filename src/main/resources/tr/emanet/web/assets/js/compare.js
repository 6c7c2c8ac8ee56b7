import { all, make, one, parse, toast } from './dom.js';
import { get, text, words } from './search.js';

/** Marks rows (x) and shows two to four of them side by side. */

const MOST = 4;
const marked = [];

function faces() {
  for (const row of all('#rows .row')) {
    const on = marked.includes(row.dataset.position);
    row.toggleAttribute('data-marked', on);
    let said = one('.marked', row);
    if (on && !said) one('.c-open', row).append(make('span', { class: 'sr marked' }, words.marked.replace(/[:\s]*\{0\}.*$/, '')));
    else if (!on) said?.remove();
  }
  for (const button of all('[data-act="mark"]')) {
    button.setAttribute('aria-pressed', String(marked.includes(button.closest('.event').dataset.position)));
  }
  const count = one('#compare-count');
  count.hidden = !marked.length;
  count.textContent = String(marked.length);
  one('#compare-open').setAttribute('aria-disabled', String(marked.length < 2));
}

function toggle(position) {
  const at = marked.indexOf(position);
  if (at >= 0) marked.splice(at, 1);
  else if (marked.length === MOST) {
    toast(words.full);
    return;
  } else marked.push(position);
  faces();
  toast(text(at >= 0 ? words.unmarked : words.marked, String(marked.length)));
}

async function open() {
  if (marked.length < 2) {
    toast(one('#compare-open').dataset.few);
    return;
  }
  const url = new URL('/search/compare', location.origin);
  marked.forEach(position => url.searchParams.append('p', position));
  const answer = await get(url);
  const page = parse(await answer.text());
  const body = one('#compare-body', page) || one('.remedy', page);
  one('#compare-box').replaceChildren(document.adoptNode(body));
  one('#compare').showModal();
}

export const compare = {
  start() {
    one('#compare-open').addEventListener('click', open);
    one('#answer').addEventListener('click', event => {
      const button = event.target.closest('[data-act="mark"]');
      if (button) toggle(button.closest('.event').dataset.position);
    });
    new MutationObserver(faces).observe(one('#answer'), { childList: true, subtree: false });
    const rows = new MutationObserver(list => {
      if (list.some(m => [...m.addedNodes].some(n => n.classList?.contains('detail') || n.classList?.contains('row')))) faces();
    });
    rows.observe(one('#answer'), { childList: true, subtree: true });
  },
  toggle,
};
