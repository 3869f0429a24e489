/**
 * What the page knows: bots, phones, and the messages of the chats that are open.
 *
 * Announces `phones` (the set or many of them changed), `phone:<id>`, `chat:<id>:<bot>` (messages changed), `bots`, and
 * `event:<id>:<bot>` with the event itself for what passes (a press, an answer, typing).
 */

import * as api from './api.js';
import { announce, oncePerFrame } from './signals.js';

const bots = new Map();
const phones = new Map();
const openChats = new Map();

const keyOf = (id, bot) => `${id}:${bot}`;
const emptyChat = () => ({ blocked: false, started: false, unread: 0, last: null });

/** All bots, by username. */
export const allBots = () => bots;

/** What a bot is called; its username while nothing more is known of it. */
export const botName = (username) => bots.get(username)?.name ?? username ?? '';

/** All phones, by id (a string), in the order the sandbox gave them. */
export const allPhones = () => phones;

/** The phone with this id, or undefined. */
export const phoneOf = (id) => phones.get(String(id));

/** A phone's side of its chat with a bot: blocked, started, unread, last. */
export const chatOf = (phone, bot) => phone.chats?.[bot] ?? emptyChat();

/** The chat a person would look at first: the one with the latest message, else one begun, else any bot. */
export function usualBot(phone) {
  const begun = Object.entries(phone.chats ?? {}).filter(([, chat]) => chat.started || chat.last);
  const when = ([, chat]) => (chat.last ? Date.parse(chat.last.date) : 0);
  return begun.sort((a, b) => when(b) - when(a))[0]?.[0] ?? bots.keys().next().value ?? null;
}

/** The messages of an open chat, oldest first, without the deleted ones. */
export function messagesOf(id, bot) {
  const chat = openChats.get(keyOf(id, bot));
  if (!chat) return [];
  return [...chat.messages.values()].filter((message) => !message.deleted).sort((a, b) => a.id - b.id);
}

/** Fetches everybody again: at the start, and when the stream has missed something. Throws ApiError. */
export async function refresh() {
  const [everyBot, everyPhone] = await Promise.all([api.getBots(), api.getPhones()]);
  bots.clear();
  phones.clear();
  for (const bot of everyBot) bots.set(bot.username, bot);
  for (const phone of everyPhone) phones.set(String(phone.id), phone);
  announce('bots');
  announce('phones');
  await Promise.all([...openChats.values()].map((chat) => load(chat)));
}

/** Begins to keep the messages of a chat; throws ApiError. */
export async function openChat(id, bot) {
  const key = keyOf(id, bot);
  const chat = openChats.get(key) ?? { id, bot, messages: new Map(), fetches: new Set(), users: 0 };
  chat.users += 1;
  openChats.set(key, chat);
  await load(chat);
}

/** Forgets the messages of a chat that nobody looks at any more. */
export function closeChat(id, bot) {
  const chat = openChats.get(keyOf(id, bot));
  if (chat && --chat.users === 0) openChats.delete(keyOf(id, bot));
}

async function load(chat) {
  // What arrives while we fetch is put on top afterwards, so that an older answer never hides a newer edit.
  const arrived = [];
  chat.fetches.add(arrived);
  try {
    const messages = await api.getMessages(chat.id, chat.bot);
    chat.messages = new Map([...messages, ...arrived].map((message) => [message.id, message]));
  } finally {
    chat.fetches.delete(arrived);
    announce(`chat:${keyOf(chat.id, chat.bot)}`);
  }
}

/** Replaces one phone (after a call that answers with it). */
export function keepPhone(phone) {
  const id = String(phone.id);
  const isNew = !phones.has(id);
  phones.set(id, phone);
  if (isNew) announce('phones');
  else announce(`phone:${id}`);
}

function keepMessage(message) {
  const key = keyOf(message.phone, message.bot);
  const chat = openChats.get(key);
  if (!chat) return;
  chat.messages.set(message.id, message);
  for (const arrived of chat.fetches) arrived.push(message);
  announce(`chat:${key}`);
}

function noteLast(event, message) {
  const phone = phoneOf(event.phone);
  if (!phone) return;
  const chat = (phone.chats[message.bot] ??= emptyChat());
  const isNewer = message.id > (chat.last?.id ?? 0);
  // A message the first fetch has already counted comes again by the stream: its id tells.
  if (isNewer && event.kind === 'bot_sent') chat.unread += 1;
  if (isNewer && event.kind === 'user_sent') chat.started = true;
  if (isNewer || message.id === chat.last?.id) chat.last = message;
  announce(`phone:${event.phone}`);
}

const stale = new Set();
const fetchStale = oncePerFrame(async () => {
  const ids = [...stale];
  stale.clear();
  try {
    // A whole town joining is one call, not one a person.
    const fresh = ids.length > 3 ? await api.getPhones() : await Promise.all(ids.map(api.getPhone));
    fresh.forEach(keepPhone);
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
  }
});

function fetchPhone(id) {
  stale.add(String(id));
  fetchStale();
}

async function fetchBots() {
  try {
    for (const bot of await api.getBots()) bots.set(bot.username, bot);
    announce('bots');
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
  }
}

function onRead(event) {
  const phone = phoneOf(event.phone);
  if (!phone) return;
  const chat = phone.chats[event.bot];
  if (chat) chat.unread = 0;
  announce(`phone:${event.phone}`);
}

const CHANGES_PHONE = new Set(['blocked', 'unblocked', 'deactivated', 'phone', 'bot_deleted', 'clicked']);

/** Whether an event changes what a service account may still send to a phone that is looked at. */
const isCounted = ({ phone, bot }) => openChats.has(keyOf(phone, bot)) && Boolean(phoneOf(phone)?.chats?.[bot]?.window);

/** Takes one event of the stream. Events may repeat what is known already; nothing is counted twice. */
export function apply(event) {
  if (event.message) {
    keepMessage(event.message);
    noteLast(event, event.message);
  }
  if (event.phone && (CHANGES_PHONE.has(event.kind) || isCounted(event))) fetchPhone(event.phone); // what happens in a group has no phone
  else if (event.kind === 'bot') fetchBots();
  else if (event.kind === 'read') onRead(event);
  else if (event.kind === 'clock') announce('clock', event);
  if (event.phone && event.bot) announce(`event:${keyOf(event.phone, event.bot)}`, event);
}
