import { all, one, parse, typing } from './dom.js';
import { columns } from './columns.js';
import { get, go, part } from './search.js';

/** The field list: filter, top values in place, columns on and off. */

const opened = new Set();

async function open(item) {
  const button = one('button', item);
  const field = item.dataset.field;
  if (button.getAttribute('aria-expanded') === 'true') {
    button.setAttribute('aria-expanded', 'false');
    one('.top5', item)?.remove();
    opened.delete(field);
    return;
  }
  button.setAttribute('aria-expanded', 'true');
  opened.add(field);
  const answer = await get(part('top', { field }));
  const page = parse(await answer.text());
  one('.top5', item)?.remove();
  if (answer.ok && button.getAttribute('aria-expanded') === 'true') {
    item.append(document.adoptNode(one('.top5', page)));
  }
}

function filter() {
  const lang = document.documentElement.lang;
  const wanted = one('#field-filter').value.toLocaleLowerCase(lang);
  let left = 0;
  for (const item of all('#field-list .f')) {
    const name = (item.dataset.field + ' ' + item.dataset.label).toLocaleLowerCase(lang);
    item.hidden = !name.includes(wanted);
    left += item.hidden ? 0 : 1;
  }
  const none = one('.fields-none');
  if (none) none.hidden = left > 0;
}

function key(event) {
  const item = event.target.closest('.f');
  const buttons = all('#field-list .f:not([hidden]) > button');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const at = buttons.indexOf(event.target);
    const next = at < 0 ? 0 : at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next < 0) one('#field-filter').focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  } else if (event.key === 'Escape') {
    one('#fields').classList.remove('shown');
    event.target.blur();
  } else if (event.key === 'c' && item && !typing(event)) {
    columns.chosen(item.dataset.toggle);
    go(item.dataset.toggle);
  } else {
    return;
  }
  event.preventDefault();
}

export const fieldList = {
  start() {
    one('#field-filter').addEventListener('input', filter);
    one('#fields').addEventListener('keydown', key);
    one('#field-list').addEventListener('click', event => {
      const button = event.target.closest('.f > button');
      if (button) open(button.parentNode);
    });
    one('#field-list').addEventListener('dblclick', event => {
      const button = event.target.closest('.f > button');
      if (!button) return;
      columns.chosen(button.parentNode.dataset.toggle);
      go(button.parentNode.dataset.toggle);
    });
  },
  /** A new list stands in the page: the fields that were open open again. */
  ready() {
    filter();
    const again = [...opened];
    opened.clear();
    for (const item of all('#field-list .f')) {
      if (again.includes(item.dataset.field)) open(item);
    }
  },
};
