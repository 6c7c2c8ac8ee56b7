import { all, one, typing } from './dom.js';

/** Clock, key map, jump and the two-key way to pages: what holds on every page. */

const clock = one('.clock b');
if (clock) {
  const offset = Number(one('.clock').dataset.offset) * 1000;
  const two = n => String(n).padStart(2, '0');
  setInterval(() => {
    const now = new Date(Date.now() + offset);
    clock.textContent = `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}`;
  }, 1000);
}

const keys = one('#keys');
function showKeys() {
  all('details.drop[open]').forEach(d => { d.open = false; });
  keys.showModal();
}
all('[data-keys]').forEach(a => a.addEventListener('click', e => { e.preventDefault(); showKeys(); }));

document.addEventListener('click', event => {
  for (const open of all('details.drop[open]')) {
    if (!open.contains(event.target)) open.open = false;
  }
});

let going = 0;
document.addEventListener('keydown', event => {
  if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key === 'k') {
    const jump = one('#jump');
    if (jump && jump.offsetParent) {
      event.preventDefault();
      jump.focus();
      jump.select();
    }
    return;
  }
  if (event.key === 'Escape') {
    const open = one('details.drop[open]');
    if (open) {
      open.open = false;
      one('summary', open).focus();
      event.preventDefault();
    } else if (event.target.id === 'jump') {
      event.target.blur();
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event) || one('dialog[open]') || one('[role="menu"]')) return;
  if (event.key === '?') {
    event.preventDefault();
    showKeys();
  } else if (Date.now() - going < 1200) {
    going = 0;
    const link = one(`.rail a[data-letter="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      event.stopImmediatePropagation();
      link.click();
    }
  } else if (event.key === 'g') {
    going = Date.now();
  }
});
