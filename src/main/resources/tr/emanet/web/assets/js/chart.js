import { all, one } from './dom.js';
import { go, here, number, text, words } from './search.js';

/** The chart: drag to zoom, or arrows, Shift arrows, Enter; Backspace goes back. */

let bars = [];
let from = -1;
let to = -1;

function select(a, b, talk) {
  from = Math.max(0, Math.min(a, b));
  to = Math.min(bars.length - 1, Math.max(a, b));
  const step = 100 / bars.length;
  const brush = one('#brush');
  brush.setAttribute('x', from * step + '%');
  brush.setAttribute('width', (to - from + 1) * step + '%');
  tell(talk);
}

function label() {
  const first = bars[from].dataset;
  if (from === to) return first.label;
  const count = bars.slice(from, to + 1).reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
  const end = bars[to].dataset.label;
  return first.label.split(' – ')[0] + ' – ' + end.split(' – ')[1].split(' · ')[0] + ' · ' + text(words.events, number(count));
}

function tell(zoom) {
  const plot = one('#plot');
  const bubble = one('#bubble');
  const said = label();
  bubble.textContent = zoom ? said + ' · ' + words.zoom : said;
  bubble.hidden = false;
  const middle = plot.clientWidth * (from + to + 1) / 2 / bars.length;
  const half = bubble.offsetWidth / 2;
  bubble.style.left = Math.round(Math.max(0, Math.min(plot.clientWidth - 2 * half, middle - half))) + 'px';
  plot.setAttribute('aria-valuenow', String(to));
  plot.setAttribute('aria-valuetext', said);
}

function clear() {
  from = to = -1;
  one('#brush')?.setAttribute('width', '0');
  const bubble = one('#bubble');
  if (bubble) bubble.hidden = true;
}

function zoom() {
  const url = here();
  url.searchParams.set('from', bars[from].dataset.start);
  url.searchParams.set('to', bars[to].dataset.end);
  url.searchParams.delete('after');
  url.searchParams.delete('open');
  clear();
  go(url);
}

const index = (plot, event) => {
  const x = (event.clientX - plot.getBoundingClientRect().left) / plot.clientWidth;
  return Math.max(0, Math.min(bars.length - 1, Math.floor(x * bars.length)));
};

function pointer(plot) {
  let start = -1;
  let startX = 0;
  plot.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !bars.length) return;
    start = index(plot, event);
    startX = event.clientX;
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener('pointermove', event => {
    if (!bars.length) return;
    const now = index(plot, event);
    if (start >= 0 && Math.abs(event.clientX - startX) > 3) {
      select(start, now, false);
    } else if (start < 0 && document.activeElement !== plot) {
      select(now, now, false);
      one('#brush').setAttribute('width', '0');
    }
  });
  plot.addEventListener('pointerup', event => {
    const dragged = start >= 0 && Math.abs(event.clientX - startX) > 3;
    start = -1;
    if (dragged) zoom();
  });
  plot.addEventListener('pointercancel', () => { start = -1; clear(); });
  plot.addEventListener('pointerleave', () => { if (start < 0 && document.activeElement !== plot) clear(); });
}

function keyboard(plot) {
  let anchor = -1;
  plot.addEventListener('keydown', event => {
    if (!bars.length) return;
    const at = to < 0 ? bars.length - 1 : to;
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -8, PageDown: 8, Home: -bars.length, End: bars.length }[event.key];
    if (by !== undefined) {
      const lead = event.shiftKey && anchor >= 0 && to >= 0 ? (anchor === to ? from : to) : at;
      const next = Math.max(0, Math.min(bars.length - 1, to < 0 ? at : lead + by));
      if (!event.shiftKey || anchor < 0) anchor = event.shiftKey ? at : next;
      select(anchor, next, true);
    } else if (event.key === 'Enter' && to >= 0) {
      zoom();
    } else if (event.key === 'Backspace') {
      history.back();
    } else if (event.key === 'Escape' && to >= 0) {
      clear();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  plot.addEventListener('blur', clear);
}

export const chart = {
  /** A new chart stands in the page. */
  ready() {
    const plot = one('#plot');
    if (!plot) return;
    bars = all('.bars g', plot);
    from = to = -1;
    pointer(plot);
    keyboard(plot);
  },
};
