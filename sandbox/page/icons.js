/** The page's line icons, drawn on a square of 24. */

import { pushButton } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  more: 'M12 5.2v.01M12 12v.01M12 18.8v.01',
  clip: 'M20 11.5 12 19.4a5 5 0 0 1-7.1-7.1l8.3-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5',
  send: 'M4.5 12 3.6 4.4c-.1-.8.7-1.4 1.4-1l15 7.7c.8.4.8 1.4 0 1.8l-15 7.7c-.7.4-1.5-.2-1.4-1L4.5 12zm0 0h7',
  photo: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2zm-2 13 5-5 4 4 3-3 6 5M15.5 8.5v.01',
  file: 'M14 3H7a2 2 0 0 0-2 2v14c0 1.1.9 2 2 2h10a2 2 0 0 0 2-2V8l-5-5zm0 0v5h5',
  contact: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 8c0-3.6 3.6-5.5 8-5.5s8 1.9 8 5.5',
  mic: 'M12 14.5a3 3 0 0 0 3-3V6.500a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zm-6.500-3.500a6.500 6.500 0 0 0 13 0M12 17.500v3.500',
  place: 'M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21zm0-9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  scan: 'M4 8.500V5a1 1 0 0 1 1-1h3.500M15.500 4H19a1 1 0 0 1 1 1v3.500M20 15.500V19a1 1 0 0 1-1 1h-3.500'
    + 'M8.500 20H5a1 1 0 0 1-1-1v-3.500M7 12h10',
  keyboard: 'M4 6h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8c0-1.1.9-2 2-2zm2.5 4v.01M10 10v.01M14 10v.01'
    + 'M17.5 10v.01M8 14h8',
  close: 'm6 6 12 12M18 6 6 18',
  back: 'm14.5 5-7 7 7 7',
  search: 'M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 5 5',
  side: 'M5 4h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2zm4.5 0v16',
  sun: 'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19'
    + 'M5 19l1.4-1.4M17.6 6.4 19 5',
  moon: 'M20 14.2A8.300 8.300 0 0 1 9.800 4a8.300 8.300 0 1 0 10.200 10.200z',
  pause: 'M8 5v14M16 5v14',
  skip: 'm5 5 9 7-9 7V5zm14 0v14',
  down: 'm6 9.500 6 6 6-6',
  board: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
};

/** One of the page's line icons; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** A quiet button with an icon; `word` names it, for the eye and for the ear. */
export const iconButton = (word, name, attributes = {}) =>
  pushButton({ class: 'quiet', wordLabel: word, wordTitle: word, ...attributes }, icon(name));
