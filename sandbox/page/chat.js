/** The messages of one chat: in order, grouped, with the days between them, and the scrolling of a messenger. */

import { bubbleRow, noteRow } from './bubbles.js';
import { worldNow } from './clock.js';
import { el, pushButton, put } from './dom.js';
import { faceOf } from './faces.js';
import { icon } from './icons.js';
import { dayKey, dayName, hourMinute } from './moments.js';
import { on, oncePerFrame } from './signals.js';
import { spoken, t } from './words.js';
import { chatOf, messagesOf, phoneOf } from './world.js';

const PAGE = 80; // messages drawn at first, and more with every "earlier"
const NEAR = 48; // pixels from the end that still count as being at the end
const TOGETHER = 5 * 60 * 1000; // milliseconds between two bubbles of one group, or two lines with the time
const GREETING = /^\/start\b/;

/** The log of the chat with `bot`. `press` is for the buttons; `seen()` is called when the newest message is shown. */
export function chatLog(id, bot, { press, seen }) {
  const log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0', onscroll: scrolled });
  const pill = pushButton({ class: 'pill', hidden: true, onclick: () => toEnd(true) }, icon('down'), el('span'));
  const cache = new Map();
  const unreadAtFirst = chatOf(phoneOf(id), bot).unread;
  let shown = PAGE;
  let stuck = true;
  let newest = null;
  let fresh = 0;
  let divider = null;

  function scrolled() {
    stuck = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    if (stuck) fresh = 0;
    drawPill();
    if (stuck) seen();
  }

  function toEnd(smoothly) {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    log.scrollTo({ top: log.scrollHeight, behavior: smoothly && !calm ? 'smooth' : 'instant' });
  }

  function drawPill() {
    pill.hidden = stuck;
    put(pill.lastChild, fresh ? t('chat.new', { n: fresh }) : '');
    pill.setAttribute('aria-label', fresh ? pill.textContent : t('chat.bottom'));
  }

  function noteNew(messages) {
    const last = messages.at(-1);
    if (newest === null) {
      divider = firstUnread(messages, unreadAtFirst);
    } else {
      const arrived = messages.filter((message) => message.id > newest);
      if (arrived.some((message) => message.from === 'user')) {
        stuck = true;
        divider = null;
      } else if (!stuck) fresh += arrived.length;
    }
    newest = last?.id ?? newest ?? 0;
  }

  function entries(messages) {
    const made = [];
    if (messages.length > shown) made.push({ key: 'earlier', sign: spoken(), make: earlier });
    const visible = messages.slice(-shown);
    visible.forEach((message, index) => {
      const before = visible[index - 1];
      if (faceOf(bot).between ? isApart(before, message) : isAnotherDay(before, message)) made.push(separator(message));
      if (message.id === divider) made.push({ key: 'unread', sign: spoken(), make: unreadLine });
      const first = !together(before, message);
      const last = !together(message, visible[index + 1]);
      const sign = JSON.stringify([message, first, last, spoken()]);
      const make = () => (greets(message) ? greeting(message) : bubbleRow(message, { first, last, press }));
      made.push({ key: message.id, sign, edited: message.edited, make });
    });
    return made;
  }

  function separator(message) {
    const day = dayName(Date.parse(message.date), worldNow());
    const isToday = dayKey(message.date) === dayKey(worldNow());
    const text = !faceOf(bot).between ? day : `${isToday ? '' : `${day} `}${hourMinute(message.date)}`;
    const make = () => el('p', { class: 'day' }, el('span', {}, text));
    return { key: `day ${message.id}`, sign: text, make };
  }

  const earlier = () => pushButton({ class: 'earlier', word: 'chat.earlier', onclick: showEarlier });

  function showEarlier() {
    const fromEnd = log.scrollHeight - log.scrollTop;
    shown += PAGE;
    draw();
    log.scrollTop = log.scrollHeight - fromEnd;
  }

  function draw() {
    const messages = messagesOf(id, bot);
    const isFirst = newest === null;
    const before = newest;
    if (messages.length) noteNew(messages);
    arrange(log, cache, entries(messages), (key) => !isFirst && key > before);
    if (stuck) toEnd(false);
    drawPill();
    if (stuck && messages.length) seen();
  }

  const drawSoon = oncePerFrame(draw);
  const keepEnd = new ResizeObserver(() => stuck && toEnd(false));
  keepEnd.observe(log);
  // A photo grows when it has been fetched; `load` does not bubble, so it is caught on the way down.
  log.addEventListener('load', () => stuck && toEnd(false), true);
  const stops = [on(`chat:${id}:${bot}`, drawSoon), on('language', drawSoon), () => keepEnd.disconnect()];
  const stop = () => stops.forEach((end) => end());
  return { node: el('div', { class: 'log-frame' }, log, pill), log, atEnd: () => stuck, stop };
}

const unreadLine = () => el('p', { class: 'unread' }, el('span', { word: 'chat.unread' }));

const isAnotherDay = (one, other) => !one || dayKey(one.date) !== dayKey(other.date);

const isApart = (one, other) => isAnotherDay(one, other) || Date.parse(other.date) - Date.parse(one.date) >= TOGETHER;

const together = (one, other) =>
  Boolean(one && other) && one.from === other.from && !one.buttons?.length && !isApart(one, other);

// Whoever scans a code says nothing: what the sandbox keeps of it are Telegram's words.
const greets = (message) => message.from === 'user' && faceOf(message.bot).greets && GREETING.test(message.text);

const greeting = (message) =>
  noteRow(message, message.text.trim().includes(' ') ? 'chat.scanned' : 'chat.followed');

/** The id of the first of `count` unread messages; null when all are unread (a line above everything says nothing). */
function firstUnread(messages, count) {
  const answered = messages.findLastIndex((message) => message.from === 'user') + 1;
  const unread = messages.slice(answered).slice(-count);
  return count && unread.length < messages.length ? unread[0]?.id ?? null : null;
}

/** Makes `parent` hold exactly `wanted`, keeping elements whose sign is unchanged; `isNew(key)` ones come in softly. */
function arrange(parent, cache, wanted, isNew) {
  const keys = new Set(wanted.map((entry) => entry.key));
  for (const [key, { node }] of cache) {
    if (keys.has(key)) continue;
    node.remove();
    cache.delete(key);
  }
  wanted.forEach(({ key, sign, edited, make }, index) => {
    let kept = cache.get(key);
    if (kept?.sign !== sign) {
      const node = make();
      const hadFocus = kept?.node.contains(document.activeElement);
      if (kept) kept.node.replaceWith(node);
      if (hadFocus) parent.focus({ preventScroll: true });
      if (!kept && isNew(key)) node.classList.add('arrived');
      if (kept && kept.edited !== edited) node.classList.add('changed');
      kept = { node, sign, edited };
      cache.set(key, kept);
    }
    if (parent.children[index] !== kept.node) parent.insertBefore(kept.node, parent.children[index] ?? null);
  });
}
