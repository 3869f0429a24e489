/** What can be sent beside words: a picture, a file, a number, a voice, a place; and a code that is scanned. */

import * as api from './api.js';
import { askLine } from './dialogs.js';
import { faceOf } from './faces.js';
import { t } from './words.js';
import { botName } from './world.js';

const VOICE_SECONDS = 3;
const TOWN = { latitude: 40.6205, longitude: 109.8243 }; // the village of the demo
const CODE = '[A-Za-z0-9_\\-]{0,64}'; // what a code may hold

/** The entries of the menu in the chat with `bot`. `deliver(call)` sends; `tray` holds what still gets its words. */
export function attachments(id, bot, { tray, deliver }) {
  const entries = {
    photo: { word: 'write.photo', icon: 'photo', run: () => tray.pick('photo') },
    document: { word: 'write.document', icon: 'file', run: () => tray.pick('document') },
    contact: { word: 'write.contact', icon: 'contact', run: share },
    voice: { word: 'write.voice', icon: 'mic', run: () => deliver(() => api.sendVoice(id, bot, VOICE_SECONDS)) },
    place: { word: 'write.place', icon: 'place', run: where },
    scan: { word: 'write.scan', icon: 'scan', run: scan },
  };

  function share() {
    // A number that looks like one, the same for the same phone, and of nobody: 138-0000 is kept for examples.
    const value = `+861380000${String(id % 10_000).padStart(4, '0')}`;
    askLine({
      title: t('contact.title', { bot: botName(bot) }), label: 'contact.number', agree: 'contact.share', value,
      type: 'tel', required: true, pattern: '\\+?[0-9 \\-]{5,20}',
    }, (number) => deliver(() => api.sendContact(id, bot, number)));
  }

  function where() {
    askLine({
      title: t('place.title', { bot: botName(bot) }), label: 'place.label', agree: 'place.send', value: t('place.here'),
    }, (label) => deliver(() => api.sendLocation(id, bot, { ...TOWN, label })));
  }

  function scan() {
    askLine({
      title: t('scan.title', { bot: botName(bot) }), label: 'scan.code', agree: 'scan.go', pattern: CODE,
    }, (code) => deliver(() => api.start(id, bot, code)));
  }

  return faceOf(bot).attach.map((name) => entries[name]);
}
