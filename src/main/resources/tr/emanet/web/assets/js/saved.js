import { one, toast } from './dom.js';
import { go, here, words } from './search.js';
import { palette } from './palette.js';

/** Searches kept by name; the server renders the list. */

async function send(path, method, body) {
  return fetch('/api/v1/searches' + path, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': one('form[action="/logout"] input[name="csrf"]').value },
    body: body && JSON.stringify(body),
  });
}

/** Shows the list again as the server has it now; the menu stays open. */
async function again(said) {
  palette.forget();
  await go(location.href, { push: false });
  one('#saved').open = true;
  (one('#save-name') || one('#saved summary')).focus();
  toast(said);
}

export const saved = {
  start() {
    document.addEventListener('submit', async event => {
      if (event.target.id !== 'save-form') return;
      event.preventDefault();
      const url = here();
      const answer = await send('', 'POST', { name: one('#save-name').value, url: url.pathname + url.search });
      if (answer.ok) return again(words.saved);
      const problem = one('#save-problem');
      problem.textContent = (await answer.json()).title;
      problem.hidden = false;
    });
    document.addEventListener('click', async event => {
      const button = event.target.closest('[data-delete]');
      if (button && (await send('/' + button.dataset.delete, 'DELETE')).ok) again(words.deleted);
    });
  },
};
