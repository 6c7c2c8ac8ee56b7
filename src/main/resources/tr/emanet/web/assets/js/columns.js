import { all, one } from './dom.js';
import { go, here } from './search.js';

/**
 * Columns by mouse: drag a head to another place, drag its edge to another width. The column menu
 * does the same by keyboard. What a person chose is remembered in this browser; an address that
 * names its columns changes nothing that is remembered.
 */

const MIN = 48;
const MAX = 1200;
const names = () => all('#events th.col').map(th => th.dataset.column);

/** The columns and widths of an address become the usual ones of this browser. */
function remember(url) {
  const value = (url.searchParams.get('cols') || '') + ';' + (url.searchParams.get('w') || '');
  const age = value === ';' ? 0 : 31536000;
  document.cookie = 'columns=' + encodeURIComponent(value) + '; Path=/search; SameSite=Lax; Max-Age=' + age
    + (location.protocol === 'https:' ? '; Secure' : '');
}

function shown(columns, widths) {
  const url = here();
  url.searchParams.set('cols', columns.join(','));
  if (widths.some(w => w > 0)) url.searchParams.set('w', widths.join(','));
  else url.searchParams.delete('w');
  return url;
}

const widths = () => {
  const known = (one('#events').dataset.widths || '').split(',').map(Number);
  return names().map((_, i) => known[i] || 0);
};

function resize(event, th) {
  const at = all('#events th.col').indexOf(th);
  const col = all('#events col')[at + 2];
  const from = event.clientX;
  const start = th.offsetWidth;
  let width = start;
  const move = e => {
    width = Math.round(Math.max(MIN, Math.min(MAX, start + e.clientX - from)));
    col.style.width = width + 'px';
  };
  follow(event, th, move, () => {
    if (width === start) return;
    const all = widths();
    all[at] = width;
    const url = shown(names(), all);
    one('#events').dataset.widths = all.join(',');
    one('#search').dataset.url = url.pathname + url.search;
    history.replaceState(null, '', url);
    remember(url);
  });
}

function drag(event, th) {
  const heads = all('#events th.col');
  const from = heads.indexOf(th);
  let to = from;
  let moving = false;
  const clear = () => heads.forEach(h => h.classList.remove('drop-before', 'drop-after', 'dragged'));
  const move = e => {
    if (!moving && Math.abs(e.clientX - event.clientX) < 6) return;
    moving = true;
    clear();
    th.classList.add('dragged');
    to = heads.findIndex(h => e.clientX < h.getBoundingClientRect().right);
    if (to < 0) to = heads.length - 1;
    if (to !== from) heads[to].classList.add(to < from ? 'drop-before' : 'drop-after');
  };
  follow(event, th, move, () => {
    clear();
    if (!moving || to === from) return;
    const order = names();
    const wide = widths();
    order.splice(to, 0, ...order.splice(from, 1));
    wide.splice(to, 0, ...wide.splice(from, 1));
    const url = shown(order, wide);
    remember(url);
    go(url);
  });
}

function follow(event, th, move, done) {
  event.preventDefault();
  th.setPointerCapture(event.pointerId);
  const end = e => {
    th.removeEventListener('pointermove', move);
    th.removeEventListener('pointerup', end);
    th.removeEventListener('pointercancel', end);
    if (e.type === 'pointerup') done();
  };
  th.addEventListener('pointermove', move);
  th.addEventListener('pointerup', end);
  th.addEventListener('pointercancel', end);
}

export const columns = {
  start() {
    one('#answer').addEventListener('pointerdown', event => {
      const th = event.target.closest('#events th.col');
      if (!th || event.button !== 0) return;
      if (event.target.closest('.resize')) resize(event, th);
      else drag(event, th);
    });
    // Buttons of the column menu; the menu stays open and keeps the focus for the next press.
    document.addEventListener('click', event => {
      const link = event.target.closest('a[data-cols]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const url = new URL(link.href);
      if (link.dataset.cols === 'reset') remember(new URL('/search', location.origin));
      else remember(url);
      const label = link.getAttribute('aria-label');
      go(url).then(() => {
        one('#columns').open = true;
        (all('#columns a').find(a => a.getAttribute('aria-label') === label) || one('#columns summary')).focus();
      });
    }, true);
  },
  /** A column was added or taken away in the field list. */
  chosen(url) { remember(new URL(url, location.origin)); },
};
