import { beside, unfold } from './beside.js';
import { one } from './dom.js';
import { waiting } from './waiting.js';

/** Notices and assets: lists with a panel beside them. */

const page = beside({
  root: '#inbox',
  row: '.ledger-row',
  what: '.ledger-what',
  keys: { c: () => unfold('#act-close'), t: () => unfold('#act-task') },
});

if (one('#listing')?.dataset.live) {
  waiting({
    root: '#inbox',
    row: '.ledger-row',
    path: one('#listing').dataset.live,
    every: 5000,
    parts: ['.unread-mark', '.alert-line', '.notice-what', '.alert-seen'],
    page,
  });
}
