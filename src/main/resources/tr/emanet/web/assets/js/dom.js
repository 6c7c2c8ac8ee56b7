/** The few things every module needs. Text goes in as textContent; mark-up comes from the server. */

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Makes an element; children may be strings, which become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

/** An icon of the sprite, copied from one that the page already shows. */
export function icon(name) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'i');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(ns, 'use');
  const any = document.querySelector('svg use').getAttribute('href');
  use.setAttribute('href', any.split('#')[0] + '#' + name);
  svg.append(use);
  return svg;
}

/** Mark-up that our own server escaped, as nodes. Scripts in it never run. */
export function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** Whether a key press belongs to a text field and not to the page. */
export function typing(event) {
  const at = event.target;
  return at instanceof HTMLElement
    && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
}

let timer = 0;

/** Says that a finished act happened; gone after eight seconds, never used for errors. */
export function toast(text) {
  let box = one('#toast');
  if (!box) {
    box = make('div', { id: 'toast', class: 'toast', role: 'status' });
    document.body.append(box);
  }
  box.textContent = text;
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { box.hidden = true; }, 8000);
}

/** Puts text on the clipboard; on plain http outside loopback browsers refuse the new way. */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = make('textarea', { class: 'sr' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
