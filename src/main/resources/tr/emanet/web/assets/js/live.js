import { all, icon, make, one, parse, toast } from './dom.js';
import { part, shown, text, words, number } from './search.js';

/** Live tail: new rows wait behind one line at the top and come in when asked. */

const MAX_ROWS = 500;
let source = null;
let waiting = [];

function line() {
  const body = one('#rows');
  let row = one('.pending', body);
  if (!waiting.length) {
    row?.remove();
    return;
  }
  if (!row) {
    const button = make('button', { type: 'button', id: 'pending' });
    button.addEventListener('click', take);
    row = make('tr', { class: 'pending' }, make('td', { colspan: String(all('#events th').length) }, button));
    body.prepend(row);
  }
  one('button', row).textContent = text(words.pending, number(waiting.length));
}

function take() {
  const body = one('#rows');
  one('.pending', body)?.remove();
  body.prepend(...waiting);
  waiting = [];
  all('.row', body).slice(MAX_ROWS).forEach(old => {
    if (old.nextElementSibling?.classList.contains('detail')) old.nextElementSibling.remove();
    old.remove();
  });
  one('#answer').scrollTop = 0;
  one('.row .expand', body)?.focus();
  shown();
}

function face(on) {
  const button = one('#live');
  button.setAttribute('aria-pressed', String(on));
  button.replaceChildren(icon(on ? 'pause' : 'live'), make('span', {}, on ? words.pause : words.live));
}

function begin() {
  const events = one('#events');
  source = new EventSource(part('tail', events ? { newest: events.dataset.newest } : {}));
  source.addEventListener('rows', event => {
    const page = parse('<table><tbody>' + event.data + '</tbody></table>');
    waiting = [...all('tr', page).map(tr => document.adoptNode(tr)), ...waiting].slice(0, MAX_ROWS);
    if (events) events.dataset.newest = event.lastEventId;
    if (!one('#rows')) location.reload();
    else line();
  });
  source.addEventListener('partial', event => {
    const note = one('#live-partial') || make('p', { id: 'live-partial', class: 'partial', role: 'status' });
    note.textContent = event.data;
    one('#answer').prepend(note);
  });
  source.addEventListener('error', () => {
    toast(words.lost);
    if (source && source.readyState === EventSource.CLOSED) live.stop();
  });
  face(true);
}

export const live = {
  start() {
    one('#live').addEventListener('click', live.toggle);
    addEventListener('pagehide', () => source?.close());
  },
  toggle() {
    if (source) live.stop();
    else begin();
  },
  /** Pauses: what waits stays, a next start goes on after it. */
  stop() {
    if (!source) return;
    source.close();
    source = null;
    waiting = waiting.filter(row => one('#rows')?.isConnected && row);
    face(false);
  },
};
