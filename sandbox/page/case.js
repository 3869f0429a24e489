/** The case of one phone: its status line, whose it is, which bot it talks to, who drives it, and its menu. */

import * as api from './api.js';
import { budgetLine } from './budget.js';
import { isKnown, worldNow } from './clock.js';
import { el, put, reword } from './dom.js';
import { driverControl } from './driver.js';
import { channelOf, wordFor } from './faces.js';
import { hourMinute } from './moments.js';
import { menuButton } from './popover.js';
import { avatar, noteOf, roleOf } from './roles.js';
import { on } from './signals.js';
import { attempt } from './toast.js';
import { allBots, botName as nameOf, chatOf, keepPhone, phoneOf } from './world.js';

/**
 * Builds the case of a phone: `screen` and `foot` are filled by others, `draw(phone, bot)` shows what is known of its
 * owner. `botOf()` is the bot being talked to, `pick(username)` and `leave()` are what the owner may do.
 */
export function phoneCase(id, { botOf, pick, leave }) {
  const [time, name, note] = ['time', 'b', 'small'].map((tag) => el(tag));
  const face = el('span', { class: 'face' });
  const bots = el('select', { class: 'bots', wordLabel: 'phone.bot', onchange: () => pick(bots.value) });
  const botName = el('span', { class: 'bot-name' });
  const driver = driverControl(id);
  const screen = el('div', { class: 'screen' });
  const budget = budgetLine();
  const channel = el('small', { class: 'channel', word: 'channel.telegram' });
  const foot = el('div');
  const botLine = el('span', { class: 'bot-line' },
    el('i', { class: 'bot-face', 'aria-hidden': 'true' }), botName, bots, channel,
    el('em', { class: 'typing-word', word: 'phone.typing' }));
  const strip = el('div', { class: 'strip' }, botLine, driver.node);
  const signal = el('span', { class: 'signal' }, ...['i', 'i', 'i', 'i', 'b'].map((bar) => el(bar)));
  const menu = menuButton('phone.menu', 'more', 'down', () => phoneMenu(id, botOf(), leave));
  const node = el('section', { class: 'phone', 'data-phone': id, tabindex: '-1' },
    el('div', { class: 'status', 'aria-hidden': 'true' }, time, el('i', { class: 'island' }), signal),
    el('header', { class: 'phone-head' }, face, el('div', { class: 'phone-who' }, name, note), menu),
    strip, budget.node, screen, foot);
  const tick = () => put(time, isKnown() ? hourMinute(worldNow()) : '');
  tick();

  function draw(phone, bot) {
    face.replaceChildren(avatar(phone));
    put(name, phone.name);
    put(note, noteOf(phone));
    node.setAttribute('aria-label', `${phone.name} · ${noteOf(phone)}`);
    Object.assign(node.dataset, { role: roleOf(phone), driver: phone.driver, channel: channelOf(bot) });
    reword(channel, 'word', `channel.${channelOf(bot)}`);
    const usernames = Object.keys(phone.chats ?? {}).filter((username) => allBots().has(username));
    put(botName, nameOf(bot));
    bots.hidden = usernames.length < 2;
    botName.hidden = !bots.hidden;
    if (!bots.hidden) {
      bots.replaceChildren(...usernames.map((username) => el('option', { value: username }, nameOf(username))));
      bots.value = bot;
    }
    driver.draw(phone);
    budget.draw(phone, bot);
  }

  const stops = [on('tick', tick), on('tick', () => phoneOf(id) && budget.draw(phoneOf(id), botOf()))];
  return { node, screen, foot, strip, draw, stop: () => stops.forEach((stop) => stop()) };
}

function phoneMenu(id, bot, leave) {
  const phone = phoneOf(id);
  const chat = chatOf(phone, bot);
  const act = (call) => () => attempt('failed.phone', async () => {
    const answer = await call();
    if (answer?.chats) keepPhone(answer);
  });
  const blocking = chat.blocked
    ? { word: wordFor('phone.unblock', bot), run: act(() => api.unblock(id, bot)) }
    : { word: wordFor('phone.block', bot), run: act(() => api.block(id, bot)), danger: true };
  return [
    bot && { word: 'phone.read', run: act(() => api.markRead(id, bot)) },
    bot && !phone.deactivated && blocking,
    !phone.deactivated && { word: 'phone.deactivate', run: act(() => api.deactivate(id)), danger: true },
    { word: 'phone.close', run: leave },
  ].filter(Boolean);
}
