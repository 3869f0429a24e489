/** Who drives a phone: the simulation, or the visitor of the page. Touching a simulated phone takes it over. */

import * as api from './api.js';
import { el, pushButton, reword } from './dom.js';
import { attempt, toast } from './toast.js';
import { t } from './words.js';
import { keepPhone, phoneOf } from './world.js';

const underWay = new Map();

async function drive(id, driver, word) {
  const phone = phoneOf(id);
  keepPhone(await api.putPhone(id, { driver }));
  toast(t(word, { name: phone.name }));
}

/** Makes the visitor the driver, saying so; does nothing when that is so already. Throws ApiError. */
export async function takeOver(id) {
  if (phoneOf(id)?.driver !== 'auto') return;
  // Every key typed asks; the first is the one that takes.
  if (!underWay.has(id)) underWay.set(id, drive(id, 'visitor', 'driver.taken').finally(() => underWay.delete(id)));
  await underWay.get(id);
}

const handBack = (id) => drive(id, 'auto', 'driver.given');

/** The chip and the button that show and change the driver; `draw(phone)` brings them up to date. */
export function driverControl(id) {
  const chip = el('span', { class: 'chip' }, el('i', { class: 'pulse' }), el('span', { word: 'driver.auto' }));
  const button = pushButton({
    class: 'driver-button', word: 'driver.take',
    onclick: () => attempt('failed.phone', () => (phoneOf(id).driver === 'auto' ? takeOver(id) : handBack(id))),
  });
  const node = el('div', { class: 'driver' }, chip, button);
  const draw = (phone) => {
    const isAuto = phone.driver === 'auto';
    node.dataset.driver = phone.driver;
    reword(chip.lastChild, 'word', isAuto ? 'driver.auto' : 'driver.visitor');
    reword(button, 'word', isAuto ? 'driver.take' : 'driver.give');
  };
  return { node, draw };
}
