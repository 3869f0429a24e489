/** What a service account may still send to somebody, and until when: a line above the chat. */

import { worldNow } from './clock.js';
import { el, put } from './dom.js';
import { upcoming } from './moments.js';
import { t } from './words.js';
import { chatOf } from './world.js';

/** The line; `draw(phone, bot)` brings it up to date. Where nobody counts, or nobody follows, there is none. */
export function budgetLine() {
  const node = el('p', { class: 'budget', hidden: true });

  function draw(phone, bot) {
    const { window, started, blocked } = chatOf(phone, bot);
    node.hidden = !window || !started || blocked;
    if (node.hidden) return;
    const shuts = Date.parse(window.until ?? '');
    const isOpen = shuts > worldNow();
    node.classList.toggle('shut', !isOpen || window.left === 0);
    if (!isOpen) put(node, t('budget.shut'));
    else if (window.left === 0) put(node, t('budget.spent'));
    else put(node, t('budget.left', { n: window.left, until: upcoming(shuts, worldNow()) }));
  }

  return { node, draw };
}
