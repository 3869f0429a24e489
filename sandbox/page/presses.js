/** A button pressed: it waits for the bot, then flashes; what the bot answers is shown over the chat. */

import * as api from './api.js';
import { alertBox } from './dialogs.js';
import { el } from './dom.js';
import { takeOver } from './driver.js';
import { faceOf } from './faces.js';
import { attempt } from './toast.js';
import { t } from './words.js';
import { botName } from './world.js';

const PATIENCE = 15_000; // milliseconds
const FLASH = 1400;
const SHOWN = 3200;

/** The presses of one chat. `over` is the element answers are laid over; `bot()` the bot's username. */
export function presses(id, over, bot) {
  const waiting = new Set();
  const queries = new Map();

  function settle(button, mark) {
    waiting.delete(button);
    button.classList.remove('waiting');
    button.removeAttribute('aria-busy');
    if (!mark) return;
    button.classList.add(mark);
    setTimeout(() => button.classList.remove(mark), FLASH);
  }

  function whisper(text) {
    const note = el('p', { class: 'answer', role: 'status' }, text);
    over.append(note);
    setTimeout(() => note.remove(), SHOWN);
  }

  /** Presses a button of a message for the visitor. */
  async function press(message, { data }, button) {
    if (waiting.has(button)) return;
    waiting.add(button);
    button.classList.add('waiting');
    button.setAttribute('aria-busy', 'true');
    const done = await attempt('failed.press', async () => {
      await takeOver(id);
      await api.press(id, bot(), message.id, data);
    });
    if (!done) settle(button);
    else if (!faceOf(bot()).answers) settle(button, 'done');
    setTimeout(() => {
      if (!waiting.has(button)) return;
      settle(button);
      whisper(t('chat.silent'));
    }, PATIENCE);
  }

  /** Shows what the bot answered. */
  function answered({ callback_query_id: query, text, alert }) {
    const button = queries.get(query);
    queries.delete(query);
    if (button) settle(button, 'done');
    if (text && alert) alertBox(botName(bot()), text);
    else if (text) whisper(text);
  }

  /** Shows that a button was pressed, whoever did it: the simulation and other windows press too. */
  function pressed({ message_id: messageId, data, callback_query_id: query }) {
    const row = over.querySelector(`[data-message="${Number(messageId)}"]`);
    const button = [...(row?.querySelectorAll('button.inline') ?? [])].find((one) => one.dataset.answer === data);
    if (!button) return;
    queries.set(query, button);
    if (waiting.has(button)) return;
    button.classList.add('tapped');
    setTimeout(() => button.classList.remove('tapped'), FLASH);
  }

  return { press, answered, pressed };
}
