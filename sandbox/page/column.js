/** One phone on the deck: the chat with one bot in its case, and what has to happen while it is looked at. */

import * as api from './api.js';
import { phoneCase } from './case.js';
import { chatLog } from './chat.js';
import { composer } from './composer.js';
import { banner, footMode } from './foot.js';
import { presses } from './presses.js';
import { on, oncePerFrame } from './signals.js';
import { attempt } from './toast.js';
import { t } from './words.js';
import { botName, chatOf, closeChat, openChat, phoneOf, usualBot } from './world.js';

const READ_AFTER = 500; // milliseconds a message is in view before it counts as read
const TYPING_SHOWN = 5000;

/** Builds the column of a phone. `leave()` is called when its owner closes it. */
export function column(id, leave) {
  const parts = phoneCase(id, { botOf: () => bot, pick, leave });
  let bot = null;
  let picked = null;
  let chat = null;
  let foot = { mode: null, node: parts.foot };
  let reading = null;
  let typing = null;

  function choose(username) {
    if (username === bot) return;
    leaveChat();
    bot = username;
    if (bot) enterChat();
    draw();
  }

  function pick(username) {
    picked = username;
    choose(username);
  }

  function enterChat() {
    const touch = presses(id, parts.screen, () => bot);
    const log = chatLog(id, bot, { press: touch.press, seen: readSoon });
    const hear = on(`event:${id}:${bot}`, (event) => {
      if (event.kind === 'answered') touch.answered(event);
      else if (event.kind === 'pressed') touch.pressed(event);
      else if (event.kind === 'typing') showTyping(true);
      else if (event.kind === 'bot_sent') showTyping(false);
    });
    chat = { log: log.log, atEnd: log.atEnd, stops: [log.stop, hear] };
    parts.screen.replaceChildren(log.node);
    attempt('failed.load', () => openChat(id, bot));
  }

  function leaveChat() {
    if (!bot) return;
    chat.stops.forEach((stop) => stop());
    closeChat(id, bot);
    foot.stop?.();
    foot = { mode: null, node: foot.node };
  }

  function showTyping(yes) {
    clearTimeout(typing);
    parts.strip.classList.toggle('typing', yes);
    if (yes) typing = setTimeout(() => showTyping(false), TYPING_SHOWN);
  }

  function readSoon() {
    if (reading || !isLookedAt()) return;
    reading = setTimeout(() => {
      reading = null;
      if (isLookedAt()) attempt('failed.phone', () => api.markRead(id, bot));
    }, READ_AFTER);
  }

  function isLookedAt() {
    const phone = phoneOf(id);
    if (!phone || !chat?.atEnd() || chatOf(phone, bot).unread === 0 || document.hidden) return false;
    const { left, width } = parts.node.getBoundingClientRect();
    const middle = left + width / 2;
    return parts.node.checkVisibility({ visibilityProperty: true }) && middle > 0 && middle < innerWidth;
  }

  function draw() {
    const phone = phoneOf(id);
    if (!phone) return;
    const wanted = picked ?? usualBot(phone);
    const settled = bot && chatOf(phone, bot).started;
    if (wanted !== bot && !settled) {
      choose(wanted);
      return;
    }
    parts.draw(phone, bot);
    const mode = footMode(phone, bot);
    if (mode !== foot.mode) changeFoot(mode);
    if (chat) chat.log.setAttribute('aria-label', t('chat.log', { bot: botName(bot) }));
  }

  function changeFoot(mode) {
    foot.stop?.();
    const made = mode === 'write' ? composer(id, bot) : banner(mode, id, bot);
    foot.node.replaceWith(made.node);
    foot = { mode, ...made };
  }

  const drawSoon = oncePerFrame(draw);
  const watcher = new IntersectionObserver(readSoon, { threshold: 0.5 });
  watcher.observe(parts.node);
  document.addEventListener('visibilitychange', readSoon);
  const stops = [
    ...[`phone:${id}`, 'phones', 'bots', 'language'].map((topic) => on(topic, drawSoon)),
    on('deck', readSoon),
    () => document.removeEventListener('visibilitychange', readSoon),
  ];
  draw();
  return {
    node: parts.node,
    focus: () => (foot.focus ?? (() => parts.node.focus()))(),
    close() {
      [...stops, parts.stop].forEach((stop) => stop());
      watcher.disconnect();
      clearTimeout(reading);
      leaveChat();
      parts.node.remove();
    },
  };
}
