/** The reply keyboard: the answers a bot offers in place of the phone's own keys. */

import { el, pushButton } from './dom.js';
import { iconButton } from './icons.js';
import { on, oncePerFrame } from './signals.js';
import { messagesOf } from './world.js';

/** The newest word of the bot on the keyboard counts: rows of answers, or none. */
function keyboardOf(id, bot) {
  const spoken = messagesOf(id, bot).findLast((message) => message.from === 'bot' && message.keyboard);
  return Array.isArray(spoken?.keyboard) ? spoken.keyboard : [];
}

/** The keyboard of a chat with the button that folds it. `say(text)` sends an answer. */
export function quickReplies(id, bot, say) {
  const node = el('div', { class: 'replies', role: 'group', wordLabel: 'write.keyboard', hidden: true });
  const toggle = iconButton('write.keyboard', 'keyboard', { hidden: true, onclick: fold });
  let folded = false;
  let drawn = '[]';

  function fold() {
    folded = !folded;
    node.hidden = folded;
    toggle.setAttribute('aria-expanded', String(!folded));
  }

  function draw() {
    const rows = keyboardOf(id, bot);
    const look = JSON.stringify(rows);
    if (look === drawn) return;
    drawn = look;
    folded = false;
    const key = (text) => pushButton({ onclick: () => say(text) }, text);
    node.replaceChildren(...rows.map((row) => el('div', {}, ...row.map(key))));
    node.hidden = toggle.hidden = rows.length === 0;
    toggle.setAttribute('aria-expanded', String(!node.hidden));
  }

  draw();
  return { node, toggle, stop: on(`chat:${id}:${bot}`, oncePerFrame(draw)) };
}
