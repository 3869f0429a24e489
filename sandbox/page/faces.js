/** What each messenger shapes otherwise. Its colours are in tokens.css, under `data-channel`. */

import { allBots } from './world.js';
import { WORDS } from './words.js';

/**
 * `choices`: below the bubble, or inside it. `beside`: everybody's picture stands beside their words. `between`: the
 * time stands between messages, not in them. `answers`: a press is answered by itself. `greets`: whoever scans a code is
 * not shown as writing. `attach`: what can be sent beside words.
 */
const FACES = {
  telegram: {
    choices: 'below', beside: false, between: false, answers: true, greets: false,
    attach: ['photo', 'document', 'contact'],
  },
  wechat: {
    choices: 'inside', beside: true, between: true, answers: false, greets: true,
    attach: ['photo', 'voice', 'place', 'scan'],
  },
  wecom: {
    choices: 'inside', beside: true, between: true, answers: false, greets: false,
    attach: ['photo', 'document', 'voice', 'place'],
  },
};

/** The messenger of a bot: `telegram`, `wechat` or `wecom`. */
export const channelOf = (bot) => allBots().get(bot)?.channel ?? 'telegram';

/** How the messenger of a bot draws. */
export const faceOf = (bot) => FACES[channelOf(bot)] ?? FACES.telegram;

/** The key of what the messenger of a bot calls it; the common one where it has no word of its own. */
export function wordFor(key, bot) {
  const own = `${key}.${channelOf(bot)}`;
  return own in WORDS ? own : key;
}

/** Whether there are bots of more than one messenger, so that it matters whose a phone is. */
export const severalChannels = () => new Set([...allBots().values()].map((bot) => bot.channel)).size > 1;
