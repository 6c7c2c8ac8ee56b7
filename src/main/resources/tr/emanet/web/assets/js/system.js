import { all, copy, one, parse, toast } from './dom.js';

/** The system page: copies device lines, brings fresh figures every five seconds. */

document.documentElement.classList.add('js');

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (button) {
    await copy(one('pre', button.parentNode).textContent);
    toast(button.dataset.done);
  }
});

/** Nothing changes under a selection or a keyboard focus. */
const disturbed = () => document.hidden || String(getSelection()) !== '' || one('#system').contains(document.activeElement);

setInterval(async () => {
  if (disturbed()) return;
  try {
    const answer = await fetch(location.href, { headers: { 'X-Emanet-Background': '1' } });
    if (!answer.ok || answer.redirected || disturbed()) return;
    const page = parse(await answer.text());
    const fresh = one('#system', page);
    const devices = one('#devices', fresh);
    if (one('#devices').open) devices.open = true;
    const scrolled = all('.scroll-x').map(box => box.scrollLeft);
    one('#system').replaceWith(document.adoptNode(fresh));
    all('.scroll-x').forEach((box, i) => { box.scrollLeft = scrolled[i] ?? 0; });
    one('#rate').textContent = one('#rate', page).textContent;
  } catch {
    one('#rate').textContent = '–';
  }
}, 5000);
