import { all, copy, make, one, parse, toast } from './dom.js';
import { get, here, part, shown } from './search.js';
import { compare } from './compare.js';
import { menu } from './menu.js';

/** The event table: open rows, older rows, keys, surrounding lines, exact copies. */

const rowOf = node => node.closest?.('.row');
const detailOf = row => row.nextElementSibling?.classList.contains('detail') ? row.nextElementSibling : null;

function remember(position) {
  const url = here();
  if (position) url.searchParams.set('open', position);
  else url.searchParams.delete('open');
  one('#search').dataset.url = url.pathname + url.search;
  history.replaceState(null, '', url);
}

function shut(row) {
  detailOf(row)?.remove();
  row.removeAttribute('data-open');
  one('.expand', row).setAttribute('aria-expanded', 'false');
}

async function toggle(row) {
  if (row.hasAttribute('data-open')) {
    shut(row);
    remember('');
    return;
  }
  all('#rows .row[data-open]').forEach(shut);
  row.setAttribute('data-open', 'true');
  one('.expand', row).setAttribute('aria-expanded', 'true');
  const answer = await get(part('event/' + encodeURIComponent(row.dataset.position)));
  if (!row.hasAttribute('data-open')) return;
  const page = parse(await answer.text());
  const event = one('.event', page) || one('.remedy', page);
  row.after(make('tr', { class: 'detail' }, make('td', { colspan: String(row.children.length) }, document.adoptNode(event))));
  remember(row.dataset.position);
}

async function older(link) {
  const answer = await get(link.href);
  if (!answer.ok) return;
  const page = parse(await answer.text());
  one('#rows').append(...all('#rows > tr', page).map(tr => document.adoptNode(tr)));
  const next = one('.older', page);
  if (next) link.closest('.older').replaceWith(document.adoptNode(next));
  table.dated();
  shown();
}

function tab(button) {
  const event = button.closest('.event');
  for (const other of all('[role="tab"]', event)) {
    const on = other === button;
    other.setAttribute('aria-selected', String(on));
    other.tabIndex = on ? 0 : -1;
    one(`[data-panel="${other.dataset.tab}"]`, event).hidden = !on;
  }
  button.focus();
}

async function context(event, button, lines) {
  const box = one('.context', event);
  if (!box.hidden && !lines) {
    box.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    return;
  }
  const answer = await get(part('context/' + encodeURIComponent(event.dataset.position), lines ? { lines } : {}));
  const page = parse(await answer.text());
  box.replaceChildren(...[...page.body.childNodes].map(n => document.adoptNode(n)));
  box.hidden = false;
  one('[data-act="context"]', event).setAttribute('aria-expanded', 'true');
  const list = one('.lines', box);
  const here = one('.here', box);
  if (here) list.scrollTop = here.offsetTop - list.offsetTop - (list.clientHeight - here.offsetHeight) / 2;
  box.scrollIntoView({ block: 'nearest' });
}

async function copyRaw(event, button) {
  const answer = await fetch('/search/raw/' + encodeURIComponent(event.dataset.position));
  await copy(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer()));
  toast(button.dataset.done);
}

function act(button) {
  const event = button.closest('.event');
  switch (button.dataset.act) {
    case 'context': context(event, button); break;
    case 'wider': context(event, button, button.dataset.lines); break;
    case 'copy': copyRaw(event, button); break;
    case 'link': copy(button.href).then(() => toast(button.dataset.done)); break;
  }
}

/* Keys */
const rows = () => all('#answer .row');
const present = () => {
  const at = document.activeElement;
  return rowOf(at) || (at.closest?.('.detail')?.previousElementSibling) || one('#rows .row[data-open]');
};
const focusRow = row => {
  (one('.expand', row) || one('.v', row)).focus();
  row.scrollIntoView({ block: 'nearest' });
};

function move(by) {
  const list = rows();
  const at = list.indexOf(present());
  const next = at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by));
  if (list[next]) focusRow(list[next]);
}

function cells(by) {
  const row = present();
  if (!row) return;
  const stops = [one('.expand', row), ...all('.v', row)].filter(Boolean);
  const at = stops.indexOf(document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, at + by))].focus();
}

const opened = () => one('#answer .event');

export const table = {
  start() {
    const answer = one('#answer');
    answer.addEventListener('click', event => {
      const expand = event.target.closest('.expand');
      const link = event.target.closest('#older');
      const button = event.target.closest('[data-act]');
      const chosen = event.target.closest('[role="tab"]');
      if (event.ctrlKey || event.metaKey) return;
      if (expand || link || button) event.preventDefault();
      if (expand) toggle(rowOf(expand));
      else if (link) older(link);
      else if (button) act(button);
      else if (chosen) tab(chosen);
      else if (rowOf(event.target) && one('.expand', rowOf(event.target)) && !event.target.closest('a, button') && String(getSelection()) === '') {
        toggle(rowOf(event.target));
      }
    });
    answer.addEventListener('keydown', event => {
      const chosen = event.target.closest('[role="tab"]');
      if (chosen && /^Arrow(Left|Right)$/.test(event.key)) {
        const tabs = all('[role="tab"]', chosen.parentNode);
        tab(tabs[(tabs.indexOf(chosen) + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length]);
        event.preventDefault();
      }
    });
  },

  /** Answers whether the key belonged to the table. */
  key(event) {
    switch (event.key) {
      case 'j': move(1); return true;
      case 'k': move(-1); return true;
      case 'ArrowRight': case 'ArrowLeft':
        if (!rowOf(document.activeElement)) return false;
        cells(event.key === 'ArrowRight' ? 1 : -1);
        return true;
      case 'Home': if (!rowOf(document.activeElement)) return false; move(-1e6); return true;
      case 'End': if (!rowOf(document.activeElement)) return false; move(1e6); return true;
      case 'm': {
        const value = document.activeElement.closest?.('.v') || (present() && one('.v', present()));
        if (value) menu.open(value);
        return true;
      }
      case 'x': if (present()?.dataset.position) compare.toggle(present().dataset.position); return true;
      case 'l': if (opened()) one('[data-act="context"]', opened()).click(); return true;
      case 'y': if (opened()) one('[data-act="copy"]', opened())?.click(); return true;
      case 'Escape': {
        const row = one('#rows .row[data-open]');
        if (!row) return false;
        toggle(row);
        focusRow(row);
        return true;
      }
      default: return false;
    }
  },

  /** Days beside the times need a wider column. */
  dated() {
    one('#events')?.classList.toggle('dated', Boolean(one('#rows .day')));
  },

  /** Marks a value inside the raw line of the opened event, or takes the marks away. */
  mark(value) {
    for (const hit of all('.rawline .hit')) hit.replaceWith(...hit.childNodes);
    const raw = value && one('.rawline bdi', value.closest('.event') || document.createElement('p'));
    if (!raw || value.dataset.value.length < 2) return;
    raw.normalize();
    for (const node of [...raw.childNodes].filter(n => n.nodeType === Node.TEXT_NODE)) {
      const at = node.data.indexOf(value.dataset.value);
      if (at >= 0) {
        const rest = node.splitText(at);
        rest.splitText(value.dataset.value.length);
        const hit = make('mark', { class: 'hit' });
        rest.replaceWith(hit);
        hit.append(rest);
      }
    }
  },
};
