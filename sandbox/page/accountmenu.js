/** The menu that an account has of its own, at the foot of every phone that follows it. */

import { el, pushButton } from './dom.js';
import { withMenu } from './popover.js';
import { on } from './signals.js';
import { allBots } from './world.js';

/** The menu of a chat; hidden while the account has none. `click(key)` is called for what is chosen. */
export function accountMenu(bot, click) {
  const node = el('nav', { class: 'account-menu', wordLabel: 'write.menu', hidden: true });
  let drawn = '[]';

  function entry({ name, key, sub_button: below }) {
    if (!below?.length) return pushButton({ onclick: () => click(key) }, name);
    const button = pushButton({ class: 'with-more' }, name);
    return withMenu(button, 'up', () => below.map((one) => ({ text: one.name, run: () => click(one.key) })));
  }

  function draw() {
    const buttons = allBots().get(bot)?.menu ?? [];
    const look = JSON.stringify(buttons);
    if (look === drawn) return;
    drawn = look;
    node.replaceChildren(...buttons.map(entry));
    node.hidden = buttons.length === 0;
  }

  draw();
  return { node, stop: on('bots', draw) };
}
