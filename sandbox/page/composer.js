/** Where a message is written: text, commands, an attachment, a phone number, the bot's quick replies. */

import { accountMenu } from './accountmenu.js';
import * as api from './api.js';
import { attachments } from './attaching.js';
import { attachmentTray } from './attachment.js';
import { commandPanel } from './commands.js';
import { takeOver } from './driver.js';
import { el, reword } from './dom.js';
import { wordFor } from './faces.js';
import { iconButton } from './icons.js';
import { menuButton } from './popover.js';
import { quickReplies } from './replies.js';
import { on } from './signals.js';
import { attempt } from './toast.js';
import { t } from './words.js';
import { allBots, botName } from './world.js';

/** The composer of one chat: its element, `focus`, and `stop` when it goes. */
export function composer(id, bot) {
  const field = el('textarea', {
    rows: '1', wordPlaceholder: 'write.here', enterkeyhint: 'send', autocomplete: 'off', oninput: typed,
  });
  const panel = commandPanel(`commands-${id}`, command);
  const tray = attachmentTray(drawState);
  const replies = quickReplies(id, bot, (text) => deliver(() => api.sendText(id, bot, text)));
  const commandButton = iconButton('write.commands', 'menu', {
    'aria-controls': panel.node.id, onclick: () => (panel.node.hidden ? panel.show(commands()) : panel.hide()),
  });
  const attach = menuButton(wordFor('write.attach', bot), 'clip', 'up', () => attachments(id, bot, { tray, deliver }));
  const menu = accountMenu(bot, (key) => deliver(() => api.click(id, bot, key)));
  const sendButton = iconButton('write.send', 'send', { type: 'submit', class: 'send' });
  const form = el('form', { class: 'write', onsubmit: submit },
    commandButton, attach, el('div', { class: 'field' }, field, replies.toggle), sendButton);
  const node = el('footer', { class: 'foot', onpaste: pasted, onkeydown: key },
    panel.node, tray.node, form, replies.node, menu.node, ...tray.inputs);

  const commands = () => allBots().get(bot)?.commands ?? [];

  async function deliver(send) {
    return attempt('failed.send', async () => {
      await takeOver(id);
      await send();
    });
  }

  function command(text) {
    // The slash was only the way to the command; a draft that was there before stays.
    if (field.value.startsWith('/')) clear();
    return deliver(() => api.sendText(id, bot, text));
  }

  async function submit(event) {
    event.preventDefault();
    const text = field.value.trim();
    const held = tray.held();
    if (!text && !held) return;
    // Emptied at once, so that a second Enter does not send twice; given back if it did not go out.
    clear();
    const sent = await deliver(() => (held
      ? api.sendFile(id, bot, held.kind, held.file, text)
      : api.sendText(id, bot, text)));
    if (sent) return;
    field.value = text;
    if (held) tray.hold(held.kind, held.file);
    drawState();
  }

  function clear() {
    field.value = '';
    tray.drop();
    panel.hide();
    drawState();
  }

  function typed() {
    panel.complete(field.value, commands());
    drawState();
    if (field.value) attempt('failed.phone', () => takeOver(id));
  }

  function key(event) {
    // While an input method composes, Enter chooses a character and must not send.
    if (event.isComposing) return;
    const used = panel.key(event);
    drawState();
    if (used || event.target !== field || event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit();
  }

  function pasted(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    tray.hold(file.type.startsWith('image/') ? 'photo' : 'document', file);
  }

  function drawState() {
    reword(field, 'wordPlaceholder', tray?.held()?.kind === 'photo' ? 'write.caption' : 'write.here');
    sendButton.classList.toggle('ready', Boolean(field.value.trim() || tray.held()));
    field.setAttribute('aria-controls', panel.node.id);
    const active = panel.active();
    if (active) field.setAttribute('aria-activedescendant', active);
    else field.removeAttribute('aria-activedescendant');
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  function name() {
    field.setAttribute('aria-label', t('write.label', { bot: botName(bot) }));
    commandButton.hidden = commands().length === 0;
  }

  name();
  const stops = [on('language', name), on('bots', name), replies.stop, menu.stop];
  return { node, focus: () => field.focus({ preventScroll: true }), stop: () => stops.forEach((stop) => stop()) };
}
