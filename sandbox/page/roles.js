/** Roles of the field: their order from the city down, and how a person is drawn. */

import { el } from './dom.js';
import { inEveryLanguage, t } from './words.js';

/** From the few to the many, so that the leaders are not lost below a hundred residents. */
export const ROLES = [
  'city', 'district', 'street', 'community', 'grid_head', 'grid_worker',
  'medical', 'department', 'volunteer', 'gate', 'operator', 'resident',
];

/** The role of a phone as the page knows it; what it does not know is `other`. */
export const roleOf = (phone) => (ROLES.includes(phone.role) ? phone.role : 'other');

/** The role in the reader's language. */
export const roleName = (role) => t(`role.${role}`);

/** A round picture with the first letter (in Chinese: the family name) in the role's colour. */
export function avatar(phone) {
  const [first] = [...(phone.name || '?').trim()];
  const letter = (first ?? '?').toUpperCase();
  return el('span', { class: 'avatar', 'data-role': roleOf(phone), 'aria-hidden': 'true' }, letter);
}

/** What stands beside a name: the role in the reader's language, and the rest of the note. */
export function noteOf(phone) {
  const key = roleOf(phone);
  if (!phone.note || key === 'other') return phone.note || roleName(key);
  const [first, ...rest] = phone.note.split(' · ');
  const saysIt = inEveryLanguage(`role.${key}`).includes(first);
  return [roleName(key), ...(saysIt ? rest : [phone.note])].join(' · ');
}
