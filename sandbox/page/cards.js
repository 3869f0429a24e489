/** A message that is no bubble: a service account's template message, an application's card with its buttons. */

import { el } from './dom.js';

/** The card of a message; `choices` are its buttons, or null. What replaced them stands there in grey. */
export function cardOf({ card }, choices) {
  return el('div', { class: `bubble card card-${card.kind}` },
    card.kind === 'template' ? el('p', { class: 'card-kind', word: 'card.template' }) : null,
    el('b', { class: 'card-title' }, card.title),
    card.lines.length ? el('p', { class: 'card-lines' }, card.lines.join('\n')) : null,
    choices,
    card.done ? el('p', { class: 'card-done' }, card.done) : null);
}
