/** The list of all phones: grouped by role, searchable, with what came last and what is unread. */

import { worldNow } from './clock.js';
import { isOpen, openPhone } from './deck.js';
import { el, pushButton, put } from './dom.js';
import { channelOf, severalChannels } from './faces.js';
import { icon } from './icons.js';
import * as moments from './moments.js';
import { ROLES, avatar, noteOf, roleName, roleOf } from './roles.js';
import { on, oncePerFrame } from './signals.js';
import { t } from './words.js';
import { allPhones, phoneOf, usualBot } from './world.js';

/** Fills the side with the list. */
export function drawList(side) {
  const rows = new Map();
  const search = el('input', {
    type: 'search', class: 'list-search', wordPlaceholder: 'list.search', wordLabel: 'list.search', autocomplete: 'off',
    oninput: () => filter(),
  });
  const count = el('span', { class: 'list-count' });
  const none = el('p', { class: 'list-none', word: 'list.none', hidden: true });
  const groups = el('div', { class: 'list-groups' });
  side.append(
    el('div', { class: 'list-head' },
      el('h2', {}, el('span', { word: 'list.title' }), count),
      el('label', { class: 'list-find' }, icon('search'), search)),
    groups, none);

  const draw = oncePerFrame(() => {
    const byRole = grouped(allPhones().values());
    for (const id of [...rows.keys()]) if (!phoneOf(id)) drop(id);
    const present = [...ROLES, 'other'].filter((role) => byRole.has(role));
    groups.replaceChildren(...present.map((role) => group(role, byRole.get(role))));
    put(count, String(allPhones().size));
    filter();
  });

  function drop(id) {
    rows.get(id).stop();
    rows.delete(id);
  }

  function group(role, phones) {
    return el('section', { class: 'group', 'data-role': role },
      el('h3', {}, el('span', { word: `role.${role}` }), el('small', {}, String(phones.length))),
      el('ul', {}, ...phones.map((phone) => rowOf(String(phone.id)).node)));
  }

  function rowOf(id) {
    if (!rows.has(id)) rows.set(id, row(id));
    rows.get(id).draw();
    return rows.get(id);
  }

  function filter() {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    for (const [id, { node }] of rows) {
      node.hidden = wanted !== '' && !haystack(phoneOf(id)).includes(wanted);
      if (!node.hidden) found += 1;
    }
    for (const section of groups.children) section.hidden = !section.querySelector('li:not([hidden])');
    none.hidden = found > 0 || wanted === '';
  }

  on('phones', draw);
  on('language', draw);
}

function grouped(phones) {
  const groups = new Map();
  for (const phone of phones) {
    const role = roleOf(phone);
    groups.set(role, [...(groups.get(role) ?? []), phone]);
  }
  return groups;
}

const haystack = (phone) => `${phone.name} ${phone.note ?? ''} ${roleName(roleOf(phone))}`.toLowerCase();

function newest(phone) {
  const lasts = Object.values(phone.chats).map((chat) => chat.last).filter((message) => message && !message.deleted);
  return lasts.sort((a, b) => Date.parse(b.date) - Date.parse(a.date))[0] ?? null;
}

function summary(message) {
  if (!message) return t('list.empty');
  if (message.text) return message.text.replace(/\s+/g, ' ').slice(0, 80);
  if (message.photo) return `🖼 ${t('chat.photo')}`;
  if (message.voice) return `🎤 ${t('chat.voice')} ${message.voice.seconds}″`;
  if (message.location) return `📍 ${message.location.label || t('chat.place')}`;
  return message.contact ? `👤 ${message.contact.phone_number}` : `📄 ${message.document?.name ?? t('chat.file')}`;
}

/** One phone of the list: its element, `draw` to bring it up to date, `stop` when it is gone. */
function row(id) {
  const [name, note, last, time, badge] = ['b', 'small', 'span', 'time', 'mark'].map((tag) => el(tag));
  const face = el('span', { class: 'face' });
  const button = pushButton({ class: 'row-button', onclick: () => openPhone(id, { focus: true }) },
    face,
    el('span', { class: 'row-lines' },
      el('span', { class: 'row-line' }, name, note, time),
      el('span', { class: 'row-line' }, last, badge)));
  const node = el('li', { class: 'list-row', 'data-phone': id }, button);
  let drawnFace = '';

  function draw() {
    const phone = phoneOf(id);
    if (!phone) return;
    const message = newest(phone);
    const unread = Object.values(phone.chats ?? {}).reduce((sum, chat) => sum + chat.unread, 0);
    const look = `${phone.name} ${phone.role}`;
    if (look !== drawnFace) face.replaceChildren(avatar(phone));
    drawnFace = look;
    put(name, phone.name);
    put(note, noteOf(phone));
    node.dataset.of = severalChannels() ? channelOf(usualBot(phone)) : '';
    put(last, summary(message));
    put(time, message ? moments.shortly(Date.parse(message.date), worldNow()) : '');
    put(badge, unread ? String(unread > 99 ? '99+' : unread) : '');
    button.title = `${phone.name} · ${noteOf(phone)}`;
    node.classList.toggle('open', isOpen(id));
    node.classList.toggle('visitor', phone.driver === 'visitor');
    node.classList.toggle('gone', Boolean(phone.deactivated));
  }

  const later = oncePerFrame(draw);
  const stops = [on(`phone:${id}`, later), on(`open:${id}`, later), on('bots', later)];
  return { node, draw, stop: () => stops.forEach((stop) => stop()) };
}
