// The log of a run as a terminal would show it, over the response pane. The answer itself, as the API gives it, stands behind: one switch.

import { draw, parse } from './colours.js';

/** Lines that are kept; older ones are dropped. */
const KEPT = 2000;

const two = (part) => String(part).padStart(2, '0');

/** `09:41:07.123`, in the time of whoever looks. */
function timeOf(at) {
  if (!at) return '';
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

const make = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

export function createLogView() {
  const styles = new Map(); // of each step: a colour may begin in one line and end in another
  let view;
  let list;
  let steps;

  function open() {
    const pane = document.querySelector('.result-window');
    if (pane === null) return false;
    styles.clear();
    steps = new Set();
    view = make('div', 'log-view');
    list = make('ol', 'log-lines');
    const toggle = make('button', 'log-toggle', 'JSON');
    toggle.type = 'button';
    toggle.title = 'The answer as the API gives it';
    toggle.addEventListener('click', () => {
      toggle.textContent = view.classList.toggle('aside') ? 'Log' : 'JSON';
    });
    view.append(list, toggle);
    pane.append(view);
    return true;
  }

  function line(className, ...children) {
    const item = make('li', className);
    item.append(...children);
    list.append(item);
    if (list.children.length > KEPT) list.firstElementChild.remove();
  }

  function addLines(step, lines) {
    steps.add(step);
    if (!styles.has(step)) styles.set(step, {});
    for (const { at, text = '', cut } of lines) {
      const words = make('span', 'log-text');
      words.append(...parse(text, styles.get(step)).map(draw));
      if (cut) words.append(make('span', 'log-note', ' (cut)'));
      line('', make('time', 'log-time', timeOf(at)), make('span', 'log-step', step), words);
    }
  }

  function addResult({ data, errors }) {
    for (const item of Object.values(data ?? {})) {
      if (Array.isArray(item?.lines)) addLines(item.stepPath ?? '', item.lines);
      else if (item?.gapReason) line('log-note', `${item.missingLines ?? 'Some'} lines are missing here: ${item.gapReason}`);
      else if (item?.endReason) line('log-note', `The log ends here: ${item.endReason}`);
    }
    for (const { message } of errors ?? []) line('log-note', message);
  }

  return {
    /** Shows further results of a stream. */
    add(results) {
      if (view === undefined && !open()) return;
      const wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40; // whoever has scrolled up is reading
      for (const result of results) addResult(result);
      view.classList.toggle('one-step', steps.size < 2);
      if (wasAtEnd) list.scrollTop = list.scrollHeight;
    },
    /** Behind it, the end of the answer is in sight too. */
    follow() {
      const editor = globalThis.monaco?.editor.getEditors().find((one) => one.getDomNode()?.closest('.result-window'));
      setTimeout(() => editor?.revealLine(editor.getModel()?.getLineCount() ?? 1), 0);
    },
    close() {
      view?.remove();
      view = undefined;
    },
  };
}
