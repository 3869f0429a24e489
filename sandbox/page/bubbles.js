/** One message as it is drawn: a bubble or a card, its time at the corner, its choices inside or below. */

import { cardOf } from './cards.js';
import { enlarge } from './dialogs.js';
import { el, pushButton } from './dom.js';
import { faceOf } from './faces.js';
import { icon } from './icons.js';
import { hourMinute } from './moments.js';
import { avatar } from './roles.js';
import { formatted, safeUrl } from './safehtml.js';
import { t } from './words.js';
import { phoneOf } from './world.js';

/** The row of one message. `press(message, button, node)` is called for a button that answers the bot. */
export function bubbleRow(message, { first, last, press }) {
  const face = faceOf(message.bot);
  const classes = [
    'row', `from-${message.from}`, first && 'first', last && 'last', message.photo && 'with-photo',
    face.beside && 'beside',
  ];
  const choices = message.buttons?.length ? buttonGrid(message, press) : null;
  const inside = face.choices === 'inside' ? choices : null;
  const bubble = message.card ? cardOf(message, inside)
    : el('div', { class: 'bubble' }, ...contents(message), corner(message), inside);
  return el('div', { class: classes.filter(Boolean).join(' '), 'data-message': message.id },
    face.beside ? pictureOf(message) : null, bubble, inside ? null : choices);
}

/** Something that happened in a chat and is nobody's words. */
export const noteRow = (message, word) =>
  el('p', { class: 'day', 'data-message': message.id }, el('span', { word }));

function pictureOf(message) {
  if (message.from === 'bot') return el('i', { class: 'picture bot-face', 'aria-hidden': 'true' });
  const face = avatar(phoneOf(message.phone));
  face.classList.add('picture');
  return face;
}

function contents(message) {
  return [
    message.photo && photo(message),
    message.document && file(message.document),
    message.voice && voice(message.voice),
    message.location && place(message.location),
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

/** An icon with a name and something smaller below it; a link when there is something to fetch. */
function fileLike(symbol, name, below, { url, download } = {}) {
  const lines = [
    el('span', { class: 'file-face' }, icon(symbol)),
    el('span', { class: 'file-lines' }, el('b', {}, name), below ? el('small', {}, below) : null),
  ];
  return url ? el('a', { class: 'file', href: url, download }, ...lines) : el('div', { class: 'file' }, ...lines);
}

const file = (document) => fileLike('file', document.name ?? t('chat.file'), document.size ? size(document.size) : '',
  { url: safeUrl(document.url), download: document.name ?? '' });

const voice = ({ url, seconds }) =>
  fileLike('mic', t('chat.voice'), `${seconds}″`, { url: safeUrl(url), download: 'voice.amr' });

const place = ({ latitude, longitude, label }) =>
  fileLike('place', label || t('chat.place'), `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`);

const contact = ({ name, phone_number: number }) => fileLike('contact', name, number);

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
