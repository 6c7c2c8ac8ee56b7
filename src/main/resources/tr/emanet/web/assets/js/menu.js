import { copy, icon, make, one, toast } from './dom.js';
import { get, go, here, part, words } from './search.js';
import { visible } from './query.js';
import { table } from './table.js';

/** The one menu on every value; same entries, same order, same letters everywhere. */

let box = null;
let owner = null;

const chip = (field, value, sign) => sign + field + ':' + value.replace(/[\\|]/g, '\\$&');

function filtered(change) {
  const url = here();
  url.searchParams.delete('after');
  url.searchParams.delete('open');
  change(url.searchParams);
  go(url);
}

const ACTS = [
  ['+', 'plus', 'include', (f, v) => filtered(p => p.append('f', chip(f, v, '')))],
  ['-', 'minus', 'exclude', (f, v) => filtered(p => p.append('f', chip(f, v, '!')))],
  ['=', 'only', 'only', (f, v) => filtered(p => { p.delete('f'); p.delete('q'); p.append('f', chip(f, v, '')); })],
  ['g', 'group', 'group', f => filtered(p => p.set('group', f))],
  ['h', 'hunt', 'hunt', (f, v) => location.assign('/hunt?' + new URLSearchParams({ value: v }))],
  ['c', 'copy', 'copy', (f, v) => copy(v).then(() => toast(words.copied))],
];

/** What the reader's roles do not allow has no words on the page. */
const offered = () => ACTS.filter(([, , name]) => words[name]);

function close(back) {
  if (!box) return;
  box.remove();
  box = null;
  owner.classList.remove('open');
  owner.removeAttribute('aria-expanded');
  table.mark(null);
  if (back && owner.isConnected) owner.focus();
}

function open(value) {
  close(false);
  owner = value;
  const { field, value: text } = value.dataset;
  const count = make('span', { class: 'hint' }, field);
  const items = offered().map(([letter, shape, name, act]) => {
    const item = make('button', { type: 'button', class: 'item', role: 'menuitem', tabindex: '-1', 'aria-keyshortcuts': letter },
      icon(shape), words[name], make('kbd', { 'aria-hidden': 'true' }, letter));
    item.addEventListener('click', () => {
      close(true);
      act(field, text);
    });
    return item;
  });
  box = make('div', { class: 'menu', role: 'menu', 'aria-label': words.menu },
    make('div', { class: 'menu-head', role: 'presentation' }, make('code', {}, make('bdi', {}, visible(text).slice(0, 300))), count), ...items);
  box.addEventListener('keydown', event => key(event, items, field, text));
  document.body.append(box);
  value.classList.add('open');
  value.setAttribute('aria-expanded', 'true');
  place(value);
  items[0].focus();
  table.mark(value);
  counted(field, text, count, box);
}

async function counted(field, value, place, mine) {
  try {
    const answer = await get(part('count', { field, value }));
    if (answer.ok && box === mine) place.textContent = field + ' · ' + await answer.text();
  } catch {
    place.textContent = field;
  }
}

function place(value) {
  const at = value.getBoundingClientRect();
  const height = box.offsetHeight;
  const under = at.bottom + 4 + height <= innerHeight || at.top - 4 - height < 0;
  box.style.left = Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8)) + 'px';
  box.style.top = Math.max(8, Math.min(under ? at.bottom + 4 : at.top - 4 - height, innerHeight - height - 8)) + 'px';
}

function key(event, items, field, text) {
  const at = items.indexOf(document.activeElement);
  const act = offered().find(([letter]) => letter === event.key);
  if (act && !event.ctrlKey && !event.metaKey) {
    close(true);
    act[3](field, text);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length].focus();
  } else if (event.key === 'Home' || event.key === 'End') {
    items[event.key === 'Home' ? 0 : items.length - 1].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    close(true);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener('click', event => {
  const value = event.target.closest('.v');
  if (value) {
    event.preventDefault();
    if (box && owner === value) close(true);
    else open(value);
  } else if (box && !box.contains(event.target)) {
    close(false);
  }
});
addEventListener('resize', () => close(false));
document.addEventListener('scroll', event => {
  if (!box || box.contains(event.target)) return;
  const at = owner.getBoundingClientRect();
  if (at.bottom < 48 || at.top > innerHeight) close(false);
  else place(owner);
}, true);

export const menu = {
  isOpen: () => box !== null,
  open,
};
