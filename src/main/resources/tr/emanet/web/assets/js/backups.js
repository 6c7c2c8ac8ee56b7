import { all, one, parse } from './dom.js';

/** The backup page: what runs moves by itself, and the form shows what belongs to the choice. */

/** What is asked for again; a page that answered a form cannot be, what it shows can. */
const shown = () => (one('tr[aria-current="true"] a[href]') ?? one('.tabs [aria-current="page"]')).getAttribute('href');

let asked = location.pathname + location.search;

const moving = () => all('[data-running="true"]').length > 0;

async function fresh() {
  if (document.hidden || String(getSelection()) !== '') return;
  try {
    const answer = await fetch(asked, { headers: { 'X-Emanet-Background': '1', Accept: 'text/html' } });
    if (answer.status === 405) asked = shown();
    if (!answer.ok || answer.redirected || String(getSelection()) !== '') return;
    const page = parse(await answer.text());
    for (const part of ['#backup-jobs', '#backup-restores', '#backup-runs', '#backup-now', '#backup-acts', '#backup-frozen', '#restore-badge', '#restore-since', '#restore-steps', '#restore-middle', '#restore-percent', '#restore-left', '#restore-live', '#restore-side']) {
      const now = one(part);
      const then = one(part, page);
      if (!now || !then || now.innerHTML === then.innerHTML) continue;
      if (now.contains(document.activeElement) || one('details[open]', now)) continue;
      now.replaceWith(document.adoptNode(then));
    }
  } catch {
    one('#rate').textContent = '–';
  }
}

setInterval(() => {
  if (moving()) fresh();
}, 1000);

const when = one('#backup-when');

function fit() {
  for (const field of all('[data-when]')) {
    field.hidden = !field.dataset.when.split(' ').includes(when.value);
  }
}

if (when) {
  when.addEventListener('change', fit);
  fit();
}

/** The form's own buttons (a source more or less, a server's key) without losing what was typed. */
async function pressed(event) {
  const button = event.submitter;
  if (!button || button.name !== 'act') return;
  event.preventDefault();
  const form = event.target;
  button.disabled = true;
  try {
    const fields = new URLSearchParams(new FormData(form));
    fields.set('act', button.value);
    const answer = await fetch(form.action, { method: 'POST', body: fields });
    const page = parse(await answer.text());
    const then = one('#backup-sources', page);
    if (!answer.ok || !then) throw new Error('no form');
    const secrets = all('[name$=".password"]', form).map((field) => [field.name, field.value]);
    one('#backup-sources').replaceWith(document.adoptNode(then));
    for (const [name, value] of secrets) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    const says = one('.backup-side > .problem', page);
    one('.backup-side > .problem')?.remove();
    if (says) form.before(document.adoptNode(says));
    const last = all('#backup-sources fieldset').pop();
    if (button.value === 'add' && last) one('input:not([type="hidden"]), select', last)?.focus();
    else one('#backup-add').focus();
  } catch {
    button.disabled = false;
    button.name = 'act';
    form.removeEventListener('submit', pressed);
    form.requestSubmit(button);
  }
}

one('.backup-form')?.addEventListener('submit', pressed);
