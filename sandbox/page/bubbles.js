/** One message as a bubble: text, photo, document, its time at the corner, its buttons below. */

import { enlarge } from './dialogs.js';
import { el, pushButton } from './dom.js';
import { icon } from './icons.js';
import { hourMinute } from './moments.js';
import { formatted, safeUrl } from './safehtml.js';
import { t } from './words.js';

/** The row of one message. `press(message, button, node)` is called for a button that answers the bot. */
export function bubbleRow(message, { first, last, press }) {
  const classes = ['row', `from-${message.from}`, first && 'first', last && 'last', message.photo && 'with-photo'];
  return el('div', { class: classes.filter(Boolean).join(' '), 'data-message': message.id },
    el('div', { class: 'bubble' }, ...contents(message), corner(message)),
    message.buttons?.length ? buttonGrid(message, press) : null);
}

function contents(message) {
  return [
    message.photo && photo(message),
    message.document && file(message.document),
    message.contact && contact(message.contact),
    message.text && el('div', { class: 'text' },
      formatted(message.html), el('i', { class: 'corner-room' }, cornerText(message))),
  ];
}

const corner = (message) => el('span', { class: 'corner' },
  message.edited ? el('span', { class: 'edited' }, t('chat.edited')) : null,
  el('time', { datetime: message.date }, hourMinute(message.date)));

// An unseen copy of the corner at the end of the text keeps the last line clear of it.
const cornerText = (message) => `${message.edited ? `${t('chat.edited')} ` : ''}${hourMinute(message.date)}`;

function photo(message) {
  const url = safeUrl(message.photo);
  if (!url) return null;
  const open = () => enlarge(url, message.text);
  return pushButton({ class: 'photo', wordLabel: 'chat.enlarge', onclick: open },
    el('img', { src: url, alt: message.text || t('chat.photo'), loading: 'lazy' }));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function file(document) {
  const url = safeUrl(document.url);
  return el('a', { class: 'file', href: url, download: document.name ?? '' },
    el('span', { class: 'file-face' }, icon('file')),
    el('span', { class: 'file-lines' }, el('b', {}, document.name ?? t('chat.file')),
      document.size ? el('small', {}, size(document.size)) : null));
}

function contact({ name, phone_number: number }) {
  return el('div', { class: 'file' }, el('span', { class: 'file-face' }, icon('contact')),
    el('span', { class: 'file-lines' }, el('b', {}, name), el('small', {}, number)));
}

function buttonGrid(message, press) {
  const button = (one) => {
    const url = one.url && safeUrl(one.url);
    if (url) {
      return el('a', { class: 'inline', href: url, target: '_blank', rel: 'noopener noreferrer' },
        one.text, el('i', { 'aria-hidden': 'true' }, '↗'));
    }
    return pushButton({
      class: 'inline', 'data-answer': one.data, onclick: (event) => press(message, one, event.currentTarget),
    }, el('span', {}, one.text));
  };
  return el('div', { class: 'buttons' },
    ...message.buttons.map((row) => el('div', { class: 'button-row' }, ...row.map(button))));
}
