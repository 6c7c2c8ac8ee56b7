import { make, one, parse, typing } from './dom.js';

/** The feeds: fresh figures every few seconds, and files that are sent in pieces. */

document.documentElement.classList.add('js');

const PIECE = 768 * 1024;
const LARGEST = 512 * 1024 * 1024;
let sending = false;

/** Nothing changes under a selection, a keyboard focus, an open question or a running upload. */
const disturbed = () => sending || document.hidden || String(getSelection()) !== ''
  || one('#feeds').contains(document.activeElement) || one('#question') || one('#feeds details[open]')
  || one('#import-form [type=file]')?.value || one('#feeds .remedy[role=alert]');

setInterval(async () => {
  if (disturbed()) return;
  try {
    const answer = await fetch(location.href, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (!answer.ok || answer.redirected || disturbed()) return;
    const page = parse(await answer.text());
    one('#feeds').replaceWith(document.adoptNode(one('#feeds', page)));
    one('#busy').replaceWith(document.adoptNode(one('#busy', page)));
  } catch {
    one('#rate').textContent = '–';
  }
}, 4000);

const token = () => one('form[action="/logout"] input[name="csrf"]').value;

/** A signature is a few kilobytes. */
async function base64(file) {
  return btoa([...new Uint8Array(await file.arrayBuffer())].map(b => String.fromCharCode(b)).join(''));
}

async function send(form) {
  const files = [...one('[type=file]', form).files];
  const list = files.find(file => !file.name.toLowerCase().endsWith('.p7s'));
  const said = one('#import-said');
  const bar = one('progress', form);
  if (!list) return;
  if (list.size > LARGEST) { said.textContent = form.dataset.large; return; }
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map(b => b.toString(16).padStart(2, '0')).join('');
  bar.hidden = false;
  said.textContent = form.dataset.sending;
  for (let at = 0; at < list.size; at += PIECE) {
    const answer = await fetch(`/indicators/feeds/upload/${id}?at=${at}`, {
      method: 'PUT', headers: { 'Content-Type': 'application/octet-stream', 'X-CSRF-Token': token() }, body: list.slice(at, at + PIECE),
    });
    if (!answer.ok) throw new Error('HTTP ' + answer.status);
    bar.value = Math.round(100 * Math.min(list.size, at + PIECE) / list.size);
  }
  said.textContent = form.dataset.reading;
  const last = make('form', { method: 'post', action: `/indicators/feeds/${one('[name=feed]', form).value}/import`, hidden: true });
  const beside = files.find(file => file !== list && file.name.toLowerCase().endsWith('.p7s'));
  const values = { csrf: one('[name=csrf]', form).value, file: id, name: list.name, signature: beside ? await base64(beside) : '' };
  for (const [name, value] of Object.entries(values)) last.append(make('input', { type: 'hidden', name, value }));
  document.body.append(last);
  last.submit();
}

document.addEventListener('submit', async event => {
  if (event.target.id !== 'import-form') return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    await send(event.target);
  } catch {
    one('#import-said').textContent = event.target.dataset.failed;
    sending = false;
  }
});

document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !typing(event) && !one('dialog[open]') && (one('#opened') || one('#question'))) location.assign('/indicators/feeds');
});
