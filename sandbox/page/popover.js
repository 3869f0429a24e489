/** Small menus that open beside their button: closed by Escape, a choice, or a click elsewhere; walked with arrows. */

import { el, pushButton } from './dom.js';
import { icon, iconButton } from './icons.js';

/**
 * A button with a menu. `word` and `face` are its name and its icon; `side` is where the menu opens, `up` or `down`;
 * `items()` answers `[{word or text, icon?, run, danger?}]` at the moment of opening.
 */
export const menuButton = (word, face, side, items) => withMenu(iconButton(word, face), side, items);

/** Puts a menu on a button; answers what holds them both. */
export function withMenu(button, side, items) {
  const node = el('div', { class: `pop pop-${side}` }, button);
  let menu = null;
  button.setAttribute('aria-haspopup', 'menu');
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', toggle);

  function toggle() {
    if (menu) close();
    else open();
  }

  function open() {
    menu = el('div', { class: 'menu', role: 'menu', onkeydown: walk }, ...items().map(entry));
    node.append(menu);
    button.setAttribute('aria-expanded', 'true');
    menu.firstElementChild?.focus();
    document.addEventListener('pointerdown', outside, true);
  }

  function close() {
    menu?.remove();
    menu = null;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
  }

  function outside(event) {
    if (!node.contains(event.target)) close();
  }

  function entry(item) {
    const run = () => {
      close();
      button.focus();
      item.run();
    };
    const attributes = { role: 'menuitem', tabindex: '-1', class: item.danger && 'danger', onclick: run };
    return pushButton(attributes, item.icon ? icon(item.icon) : null,
      item.word ? el('span', { word: item.word }) : el('span', {}, item.text));
  }

  function walk(event) {
    const entries = [...menu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      if (event.key === 'Escape') button.focus();
    } else if (step) {
      event.preventDefault();
      entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
    }
  }

  return node;
}
