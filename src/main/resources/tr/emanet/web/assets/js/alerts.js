import { beside, unfold } from './beside.js';
import { one } from './dom.js';
import { waiting } from './waiting.js';

/** The inbox: acts by key, and the number at the rail. */

const QUIET = 30_000;
let alarmed = 0;

const page = beside({
  root: '#inbox',
  row: '.alert-row',
  what: '.alert-what',
  keys: {
    a: acknowledge,
    c: () => unfold('#act-close'),
    t: () => unfold('#act-assign'),
    m: () => one('#act-measure') ? one('#act-measure textarea').focus() : false,
    x: () => page.current() ? one('.mark-box input', page.current()).click() : false,
  },
  after(answer) {
    const fresh = one('#rail-alerts', answer);
    const old = one('#rail-alerts');
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  },
});

function acknowledge() {
  const form = one('.mark-box input:checked') ? one('#marked') : one('#act-acknowledge');
  if (!form) return false;
  page.post(form);
  return true;
}

waiting({
  root: '#inbox',
  row: '.alert-row',
  path: '/alerts/list',
  every: 2000,
  parts: ['.sev', '.alert-line', '.trend', '.alert-count', '.alert-seen', '.alert-state'],
  page,
  arrived(fresh, more) {
    const count = one('#rail-alerts');
    if (count) {
      const unseen = Number(fresh.dataset.unseen);
      one('b', count).textContent = String(unseen);
      count.hidden = unseen === 0;
    }
    if (more.some(row => row.dataset.severity === 'critical') && Date.now() - alarmed > QUIET) {
      alarmed = Date.now();
      one('#alarm').textContent = one('#inbox').dataset.critical;
    }
  },
});
