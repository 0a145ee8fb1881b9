// The colours of terminals (ANSI, "SGR"), as programs write them into their logs. Whatever else terminals are told is left out.

/** Begins, in a text, what only a terminal understands: CSI and OSC sequences, and other escapes of two characters. */
// oxlint-disable-next-line no-control-regex -- that is what they are
const ESCAPES = /\u001b(?:\[([0-9;:]*)([ -/]*[@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_a-z])/g;

const BASE = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

const level = (step) => (step === 0 ? 0 : 55 + step * 40);

/** 256 colours: 16 named ones, a cube of 6 by 6 by 6, 24 greys. */
function indexed(n) {
  if (n < 16) return { name: BASE[n % 8], bright: n >= 8 };
  if (n >= 232)
    return {
      css: `rgb(${Array(3)
        .fill(8 + (n - 232) * 10)
        .join(' ')})`,
    };
  const at = n - 16;
  return { css: `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map(level).join(' ')})` };
}

/** `38;5;n` and `38;2;r;g;b`, and the same for the background. Takes what belongs to it off the codes. */
function extended(codes) {
  const kind = codes.shift();
  if (kind === 5) return indexed(Math.min(255, codes.shift() ?? 0));
  if (kind === 2) return { css: `rgb(${[0, 1, 2].map(() => Math.min(255, codes.shift() ?? 0)).join(' ')})` };
  return undefined;
}

function change(style, codes) {
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 0) for (const key of Object.keys(style)) delete style[key];
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.underline = false;
    else if (code >= 30 && code <= 37) style.text = indexed(code - 30);
    else if (code === 38) style.text = extended(codes);
    else if (code === 39) style.text = undefined;
    else if (code >= 40 && code <= 47) style.ground = indexed(code - 40);
    else if (code === 48) style.ground = extended(codes);
    else if (code === 49) style.ground = undefined;
    else if (code >= 90 && code <= 97) style.text = indexed(code - 82);
    else if (code >= 100 && code <= 107) style.ground = indexed(code - 92);
  }
}

/** A line's parts as `{ text, style }`. `style` goes on from line to line, and is changed. */
export function parse(line, style) {
  const parts = [];
  let at = 0;
  const add = (text) => text !== '' && parts.push({ text, style: { ...style } });
  // What is written over what was there, as a progress bar does, is what a terminal shows in the end.
  const text = line.replace(/\r+$/, '').replace(/^.*\r/, '');
  for (const { 0: escape, 1: codes, 2: what, index } of text.matchAll(ESCAPES)) {
    add(text.slice(at, index));
    at = index + escape.length;
    if (what === 'm') change(style, codes === '' ? [0] : codes.split(/[;:]/).map(Number));
  }
  add(text.slice(at));
  return parts;
}

/** An element that shows a part. Text only ever becomes text. */
export function draw({ text, style }) {
  const span = document.createElement('span');
  span.textContent = text;
  for (const name of ['bold', 'dim', 'italic', 'underline']) if (style[name]) span.classList.add(name);
  for (const [kind, property] of [
    ['text', 'color'],
    ['ground', 'backgroundColor'],
  ]) {
    const colour = style[kind];
    if (colour?.css) span.style[property] = colour.css;
    else if (colour?.name) span.classList.add(`${kind}-${colour.bright ? 'bright-' : ''}${colour.name}`);
  }
  return span;
}
