/** Moments as people in Baotou read them: everything stored is UTC, everything shown is Asia/Shanghai. */

import { spoken, t } from './words.js';

const ZONE = 'Asia/Shanghai';
const formats = new Map();

function format(name, options) {
  const language = spoken() === 'zh' ? 'zh-CN' : 'en-GB';
  const key = `${language} ${name}`;
  // Building an Intl formatter is slow (tens of microseconds); a page of 150 phones asks for thousands.
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options }));
  return formats.get(key);
}

/** `18:02` */
export const hourMinute = (date) =>
  format('hm', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(date));

/** The two digits of the seconds. Every zone of China has whole minutes, so this needs no time zone. */
export const seconds = (date) => String(new Date(date).getUTCSeconds()).padStart(2, '0');

/** `2020年2月5日` or `5 February 2020` */
export const fullDate = (date) =>
  format('full', { year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(date));

/** `星期三` or `Wednesday` */
export const weekday = (date) => format('weekday', { weekday: 'long' }).format(new Date(date));

/** A key for the local day, `05/02/2020`, the same for all moments of one day in Shanghai. */
export const dayKey = (date) =>
  format('day', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(date));

/** `2月5日` or `5 Feb` */
const shortDate = (date) => format('short', { month: 'short', day: 'numeric' }).format(new Date(date));

const DAY = 24 * 3600 * 1000;

/** How a separator names the day of `date` on the day of `now`: today, yesterday, or the date with its weekday. */
export function dayName(date, now) {
  if (dayKey(date) === dayKey(now)) return t('chat.today');
  if (dayKey(date) === dayKey(now - DAY)) return t('chat.yesterday');
  return `${shortDate(date)} ${weekday(date)}`;
}

/** The time for today, the date for any other day: what a list has room for. */
export const shortly = (date, now) => (dayKey(date) === dayKey(now) ? hourMinute(date) : shortDate(date));

/** When something will be, seen from `now`: `18:00`, `Tomorrow 08:00`, or `7 Feb 08:00`. */
export function upcoming(date, now) {
  if (dayKey(date) === dayKey(now)) return hourMinute(date);
  const day = dayKey(date) === dayKey(now + DAY) ? t('clock.tomorrow') : shortDate(date);
  return `${day} ${hourMinute(date)}`;
}
