import { beside, press } from './beside.js';
import { copy, one, toast } from './dom.js';

/** The list of indicators: filters that apply at once, acts by key. */

/** Empty filters stay out of the address. */
function asked(form) {
  const url = new URL(form.action, location.href);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.set(name, value);
  return url.href;
}

const page = beside({
  root: '#indicators',
  row: '.ind-row',
  what: 'a[data-open]',
  walk: () => one('#panel') !== null,
  asked,
  keys: {
    n: () => press('#next'),
    h: () => press('#act-hunt'),
    e: () => press('#act-events'),
    c: () => press('#act-copy'),
  },
});

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  await copy(button.dataset.copy);
  toast(one('#indicators').dataset.copied);
});

document.addEventListener('change', async event => {
  const form = event.target.closest('#find');
  if (!form || event.target.tagName !== 'SELECT') return;
  await page.go(asked(form));
  one('#filters').open = true;
  one(`#filters [name="${event.target.name}"]`)?.focus();
});
