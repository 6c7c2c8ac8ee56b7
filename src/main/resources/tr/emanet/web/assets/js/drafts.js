import { all, one } from './dom.js';

/** What a person has written but not sent: it outlives an exchange of the mark-up around it. */

const FIELDS = 'input:not([type="hidden"]), textarea, select';
const fields = root => all(FIELDS, root);

const tickable = field => field.type === 'checkbox' || field.type === 'radio';

function changed(field) {
  if (tickable(field)) return field.checked !== field.defaultChecked;
  if (field.type === 'file') return field.files.length > 0;
  if (field.tagName !== 'SELECT') return field.value !== field.defaultValue;
  const chosen = [...field.options].findIndex(option => option.defaultSelected);
  return field.selectedIndex !== Math.max(0, chosen);
}

/** The same field of two answers: its id, else its form and name, and the value of a box. */
const key = field => field.id || [
  field.form?.id || field.form?.getAttribute('action') || '', field.name, tickable(field) ? field.value : '',
].join('|');

/** Whether a text waits to be sent in there. */
export const unsent = root => all('textarea', root).some(area => area.value.trim() !== area.defaultValue.trim());

/** All texts in there; two that are equal mean that nobody has typed between. */
export const texts = root => JSON.stringify(all('textarea', root).map(area => area.value));

function spot(root) {
  const at = document.activeElement;
  if (!at || at === document.body || !root.contains(at)) return null;
  let range = null;
  try {
    if (typeof at.selectionStart === 'number') range = [at.selectionStart, at.selectionEnd, at.selectionDirection];
  } catch {
    range = null;
  }
  return { id: at.id, open: at.dataset.open, field: at.matches(FIELDS) ? key(at) : '', range, top: at.scrollTop };
}

/**
 * Remembers what is written, where the caret is and which folds are open; the answer puts all of it
 * into fresh mark-up, where its place is still there.
 *
 * @param stays says of a field whether it belongs to what stays on the page
 */
export function keep(root, stays) {
  const kept = fields(root).filter(field => changed(field) && stays(field));
  const at = spot(root);
  return fresh => {
    const places = new Map(fields(fresh).map(field => [key(field), field]));
    for (const old of kept) {
      const field = places.get(key(old));
      if (!field || field.type !== old.type) continue;
      if (old.type === 'file') field.replaceWith(old);
      else if (tickable(old)) field.checked = old.checked;
      else field.value = old.value;
      unfoldLike(old, field);
    }
    if (at) restore(at, fresh, places, fields(root));
  };
}

/** Folds that were open around the old field are open around the new one. */
function unfoldLike(old, field) {
  let was = old.closest('details');
  for (let fold = field.closest('details'); fold && was; fold = fold.parentElement?.closest('details')) {
    fold.open = was.open;
    was = was.parentElement?.closest('details');
  }
}

function restore(at, fresh, places, before) {
  const field = at.field ? places.get(at.field) : null;
  const old = at.field ? before.find(one => key(one) === at.field) : null;
  if (field && old) unfoldLike(old, field);
  const target = field || at.id && one('#' + CSS.escape(at.id), fresh)
    || at.open && one(`[data-open="${CSS.escape(at.open)}"]`, fresh);
  if (!target) return;
  target.focus({ preventScroll: true });
  target.scrollTop = at.top;
  if (at.range) target.setSelectionRange(...at.range);
}
