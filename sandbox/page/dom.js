/** Elements are built here and nowhere from markup: whatever a person is called, it stays text. */

import { t } from './words.js';

const WORDED = { word: 'textContent', wordLabel: 'aria-label', wordTitle: 'title', wordPlaceholder: 'placeholder' };

/**
 * Builds an element. Attributes beginning with `on` are listeners; `word`, `wordLabel`, `wordTitle` and
 * `wordPlaceholder` take a key of the word table and follow the language; false, null and undefined are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name in WORDED) speak(node, name, value);
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A button that submits nothing by itself. */
export const pushButton = (attributes, ...children) => el('button', { type: 'button', ...attributes }, ...children);

function speak(node, kind, key) {
  node.dataset[kind] = key;
  if (kind === 'word') node.textContent = t(key);
  else node.setAttribute(WORDED[kind], t(key));
}

/** Changes what `node` says to another key of the word table. */
export function reword(node, kind, key) {
  if (node.dataset[kind] !== key) speak(node, kind, key);
}

/** Says everything below `root` again, in the language of now. */
export function translate(root) {
  for (const kind of Object.keys(WORDED)) {
    const attribute = `data-${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const node of root.querySelectorAll(`[${attribute}]`)) speak(node, kind, node.dataset[kind]);
  }
}

/** Sets the text of `node` if it differs: an untouched node costs no layout and is not read aloud again. */
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
