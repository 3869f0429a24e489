/** What stands where one would write, when one cannot write yet or no more: START, blocked, deactivated. */

import * as api from './api.js';
import { takeOver } from './driver.js';
import { el, pushButton } from './dom.js';
import { wordFor } from './faces.js';
import { on } from './signals.js';
import { attempt } from './toast.js';
import { t } from './words.js';
import { botName, chatOf, keepPhone } from './world.js';

/** What the foot of a phone shows: `nobot`, `deactivated`, `blocked`, `start` or `write`. */
export function footMode(phone, bot) {
  if (phone.deactivated) return 'deactivated';
  if (!bot) return 'nobot';
  const chat = chatOf(phone, bot);
  if (chat.blocked) return 'blocked';
  return chat.started ? 'write' : 'start';
}

/** The foot for every mode but `write`. */
export function banner(mode, id, bot) {
  if (mode === 'start') return startBanner(id, bot);
  const unblock = () => attempt('failed.phone', async () => {
    await takeOver(id);
    keepPhone(await api.unblock(id, bot));
  });
  const remedy = mode === 'blocked' && pushButton({
    class: 'primary', word: wordFor('phone.unblock', bot), onclick: unblock,
  });
  return { node: el('footer', { class: `foot notice ${mode}` }, el('p', { word: wordFor(`phone.${mode}`, bot) }), remedy) };
}

function startBanner(id, bot) {
  const hint = el('p');
  const draw = () => { hint.textContent = t(wordFor('phone.hello', bot), { bot: botName(bot) }); };
  const press = () => attempt('failed.send', async () => {
    await takeOver(id);
    await api.start(id, bot);
  });
  const button = pushButton({ class: 'primary start', word: wordFor('phone.start', bot), onclick: press });
  draw();
  const node = el('footer', { class: 'foot notice' }, hint, button);
  return { node, focus: () => button.focus(), stop: on('language', draw) };
}
