import { one } from './dom.js';

/**
 * Says two minutes before that the session ends, on every page and without taking the focus. Asking
 * does not prolong the session; only what a person does and the button do.
 */

const SOON = 120_000;
const AGAIN = 15_000;
const LONGEST = 2 ** 31 - 1;
const box = one('#session');
let timer = 0;
let ends = 0;

/** The time of the server, in case this machine's clock is wrong. */
async function ask(method) {
  const headers = { Accept: 'application/json', 'X-Emanet-Background': '1' };
  if (method === 'POST') headers['X-CSRF-Token'] = one('form[action="/logout"] input[name="csrf"]').value;
  const answer = await fetch('/api/v1/session', { method, headers });
  if (answer.status === 401) return 0;
  if (!answer.ok) throw new Error('HTTP ' + answer.status);
  const { ends_at: at } = await answer.json();
  if (!at) return Infinity;
  const now = Date.parse(answer.headers.get('Date')) || Date.now();
  return Math.max(0, Date.parse(at) - now);
}

function later(left) {
  clearTimeout(timer);
  const wait = left > SOON ? Math.min(left - SOON, LONGEST) : Math.max(1000, Math.min(left, AGAIN));
  timer = setTimeout(check, wait);
}

async function check(method = 'GET') {
  try {
    const left = await ask(method);
    ends = Date.now() + left;
    show(left, method === 'POST');
    if (left > 0 && left < Infinity) later(left);
  } catch {
    later(SOON);
  }
}

/** Text changes only when its meaning does, or a screen reader would repeat it. */
function show(left, asked) {
  const shown = !box.hidden;
  if (left > SOON) {
    box.hidden = true;
    one('#session-text').textContent = '';
    return;
  }
  const words = box.dataset;
  const text = left === 0 ? words.over : asked ? words.last : words.soon;
  box.hidden = false;
  if (one('#session-text').textContent !== text && !(shown && text === words.soon && one('#session-text').textContent === words.last)) {
    // A region that was hidden a moment ago is not yet watched by screen readers.
    if (shown) one('#session-text').textContent = text;
    else setTimeout(() => { one('#session-text').textContent = text; }, 100);
  }
  one('#session-stay').hidden = left === 0 || text === words.last;
  one('#session-login').hidden = left > 0;
  count();
}

function count() {
  const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
  one('#session-count').textContent = left > 0 ? Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0') : '';
}

if (box) {
  one('#session-stay').addEventListener('click', () => check('POST'));
  setInterval(() => { if (!box.hidden) count(); }, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) check(); });
  check();
}
