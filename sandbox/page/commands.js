/** The bot's commands: offered behind a button, and while a message begins with a slash. */

import { el, pushButton } from './dom.js';

/** A panel of commands above the text field. `choose(command)` gets the whole text, slash included. */
export function commandPanel(panelId, choose) {
  const node = el('div', {
    class: 'commands', id: panelId, role: 'listbox', wordLabel: 'write.commands', hidden: true,
  });
  let offered = [];
  let current = 0;

  function show(commands) {
    offered = commands;
    current = 0;
    node.hidden = commands.length === 0;
    if (node.hidden) document.removeEventListener('pointerdown', outside, true);
    else document.addEventListener('pointerdown', outside, true);
    node.replaceChildren(...commands.map((command, index) => pushButton({
      role: 'option', id: `${panelId}-${index}`, tabindex: '-1',
      onpointerdown: (event) => event.preventDefault(), // the text field keeps the focus
      onclick: () => take(index),
    }, el('b', {}, `/${command.command}`), el('span', {}, command.description ?? ''))));
    mark();
  }

  function outside(event) {
    if (!node.parentElement?.contains(event.target)) hide();
  }

  function mark() {
    [...node.children].forEach((option, index) => option.setAttribute('aria-selected', String(index === current)));
    node.children[current]?.scrollIntoView({ block: 'nearest' });
  }

  function take(index) {
    const { command } = offered[index];
    hide();
    choose(`/${command}`);
  }

  function hide() {
    show([]);
  }

  /** Offers the commands that fit what has been typed so far; a whole first word or no slash offers none. */
  function complete(text, commands) {
    const typed = /^\/(\w*)$/.exec(text)?.[1];
    if (typed === undefined) hide();
    else show(commands.filter(({ command }) => command.startsWith(typed.toLowerCase())));
  }

  /** Handles a key of the text field while commands are offered; answers whether it was used up. */
  function key(event) {
    if (node.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) current = (current + step + offered.length) % offered.length;
    else if (event.key === 'Enter' || event.key === 'Tab') take(current);
    else if (event.key === 'Escape') hide();
    else return false;
    event.preventDefault();
    mark();
    return true;
  }

  return { node, show, hide, complete, key, active: () => (node.hidden ? null : `${panelId}-${current}`) };
}
