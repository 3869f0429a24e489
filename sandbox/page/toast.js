/** Short messages that pass, and calls whose failure becomes one. */

import { ApiError } from './api.js';
import { el } from './dom.js';
import { t } from './words.js';

const SHOWN = 4500; // milliseconds

/** Shows `text` for a few seconds at the foot of the page; `kind` is `plain` or `bad`. */
export function toast(text, kind = 'plain') {
  const note = el('p', { class: `toast ${kind}` }, text);
  const shelf = document.getElementById('toasts');
  shelf.append(note);
  while (shelf.childElementCount > 3) shelf.firstElementChild.remove();
  setTimeout(() => note.remove(), SHOWN);
}

/**
 * Runs `work`; a failed call is told with the words of `key` and the reason, in the reader's language. Answers
 * whether it went well.
 */
export async function attempt(key, work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(`${t(key)}${t('toast.join')}${t(`reason.${error.reason}`)}`, 'bad');
    return false;
  }
}
