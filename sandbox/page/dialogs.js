/** What stands in front of everything else: an enlarged photo, an alert of the bot, a line to fill in. */

import { el, pushButton } from './dom.js';
import { iconButton } from './icons.js';
import { t } from './words.js';

function show(dialog) {
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

/** Shows a photo as large as the window allows. */
export function enlarge(url, caption) {
  const dialog = el('dialog', { class: 'viewer', 'aria-label': caption || t('chat.photo') });
  dialog.append(
    iconButton('close', 'close', { class: 'viewer-close', onclick: () => dialog.close() }),
    el('img', { src: url, alt: caption || t('chat.photo'), onclick: () => dialog.close() }),
    caption ? el('p', {}, caption) : '');
  show(dialog);
}

/** Shows an answer of the bot that wants to be read (Telegram's `show_alert`). */
export function alertBox(title, text) {
  const dialog = el('dialog', { class: 'box', 'aria-label': title });
  dialog.append(el('h2', {}, title), el('p', {}, text),
    el('div', { class: 'box-buttons' },
      pushButton({ class: 'primary', word: 'ok', onclick: () => dialog.close() })));
  show(dialog);
}

/**
 * Asks for one line. `title` is text, `label` and `agree` are words, the rest are attributes of the field;
 * `take(line)` is called when the reader agrees.
 */
export function askLine({ title, label, agree, ...attributes }, take) {
  const field = el('input', { autocomplete: 'off', ...attributes });
  const dialog = el('dialog', { class: 'box', 'aria-label': title });
  const form = el('form', {
    onsubmit: (event) => {
      event.preventDefault();
      dialog.close();
      take(field.value.trim());
    },
  }, el('h2', {}, title),
  el('label', {}, el('span', { word: label }), field),
  el('div', { class: 'box-buttons' },
    pushButton({ word: 'cancel', onclick: () => dialog.close() }),
    el('button', { type: 'submit', class: 'primary', word: agree })));
  dialog.append(form);
  show(dialog);
  field.select();
}
