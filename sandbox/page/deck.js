/** The phones side by side: which are open, in which order, and (on a small window) which one is in front. */

import { column } from './column.js';
import { el, pushButton, reword } from './dom.js';
import { iconButton } from './icons.js';
import { avatar } from './roles.js';
import { announce, on, oncePerFrame } from './signals.js';
import { allPhones, phoneOf } from './world.js';

const FIRST = 8; // more than fit on any desk; the rest are a click away in the list
const small = matchMedia('(max-width: 640px)');
const columns = new Map();
let shelf;
let empty;
let front = null;
let arranged = false; // by the visitor: from then on nothing opens by itself

/** Whether the phone stands on the deck. */
export const isOpen = (id) => columns.has(id);

/** Fills the deck's frame; phones are put on it by `openPhone`. */
export function drawDeck(deck) {
  shelf = el('div', { class: 'shelf', wordLabel: 'deck.label', role: 'group', tabindex: '-1' });
  const strip = el('div', { class: 'tabs-strip', role: 'tablist', wordLabel: 'deck.tabs' });
  const back = iconButton('deck.back', 'back', { onclick: showList });
  const tabs = el('div', { class: 'tabs' }, back, strip);
  empty = el('p', { class: 'deck-empty', word: 'deck.nobody' });
  deck.append(tabs, shelf, empty);
  const drawTabs = oncePerFrame(() => strip.replaceChildren(...[...columns.keys()].map(tab)));
  on('deck', drawTabs);
  on('deck-phone', drawTabs);
  on('phones', () => {
    for (const id of [...columns.keys()]) if (!phoneOf(id)) remove(id);
    if (!arranged) openShown();
    changed();
  });
  shelf.addEventListener('scroll', oncePerFrame(followScroll), { passive: true });
  small.addEventListener('change', () => front && bring(front));
}

/** Opens the phones that ask to be shown, in their order; on a small window the list stays in front. */
function openShown() {
  const shown = [...allPhones().values()].filter((phone) => phone.show).slice(0, FIRST);
  for (const phone of shown) place(String(phone.id));
}

/** Puts a phone on the deck (if it is not there yet) and brings it into view; `focus` moves the keyboard there. */
export function openPhone(id, { focus = false } = {}) {
  arranged = true;
  place(id);
  document.body.dataset.view = 'phones';
  changed();
  bring(id);
  // On a phone the keyboard would cover half of what one came to read.
  if (focus && !small.matches) columns.get(id).focus();
}

function place(id) {
  if (columns.has(id)) return;
  const made = column(id, () => closePhone(id));
  columns.set(id, { ...made, stop: on(`phone:${id}`, () => announce('deck-phone')) });
  shelf.append(made.node);
  announce(`open:${id}`);
}

function closePhone(id) {
  arranged = true;
  remove(id);
  if (columns.size === 0) showList();
  changed();
}

function remove(id) {
  const gone = columns.get(id);
  gone?.stop();
  gone?.close();
  columns.delete(id);
  announce(`open:${id}`);
}

function showList() {
  document.body.dataset.view = 'list';
}

function changed() {
  empty.hidden = columns.size > 0;
  reword(empty, 'word', allPhones().size ? 'deck.empty' : 'deck.nobody');
  if (!columns.has(front)) front = columns.keys().next().value ?? null;
  announce('deck');
}

function bring(id) {
  front = id;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches || small.matches;
  columns.get(id)?.node.scrollIntoView({ behavior: calm ? 'instant' : 'smooth', inline: 'nearest', block: 'nearest' });
  announce('deck');
}

function followScroll() {
  if (!small.matches || shelf.clientWidth === 0) return;
  const index = Math.round(shelf.scrollLeft / shelf.clientWidth);
  const id = [...columns.keys()][index];
  if (id && id !== front) {
    front = id;
    announce('deck');
  }
}

function tab(id) {
  const phone = phoneOf(id);
  const unread = Object.values(phone.chats ?? {}).reduce((sum, chat) => sum + chat.unread, 0);
  return pushButton({
    role: 'tab', class: 'tab', 'aria-selected': String(id === front), onclick: () => bring(id),
  }, avatar(phone), el('span', {}, phone.name), unread ? el('mark', {}, String(unread)) : null);
}
