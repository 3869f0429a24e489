/** The top bar: whose page this is, the world's clock with its controls, links, language, theme. */

import * as api from './api.js';
import { isKnown, nextEvent, setClock, speed, worldNow } from './clock.js';
import { el, pushButton, put, translate } from './dom.js';
import { icon, iconButton } from './icons.js';
import * as moments from './moments.js';
import { on } from './signals.js';
import { toggleTheme } from './theme.js';
import { attempt } from './toast.js';
import { speakIn, spoken, t } from './words.js';

const SPEEDS = [0, 1, 60, 600];
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** Fills the top bar. */
export function drawBar(bar) {
  bar.append(brand(), clock(), controls(), tools());
}

function brand() {
  const toggle = iconButton('list.toggle', 'side', {
    class: 'quiet side-toggle', 'aria-controls': 'list', 'aria-expanded': 'true',
    onclick: () => {
      const hidden = document.body.classList.toggle('list-hidden');
      toggle.setAttribute('aria-expanded', String(!hidden));
    },
  });
  return el('div', { class: 'brand' }, toggle,
    el('img', { src: '/static/mark.svg', alt: '', width: 34, height: 34 }),
    el('h1', {}, el('b', { lang: 'zh-CN' }, '网格通'),
      el('span', {}, 'gridbot', el('i', {}, '·'), el('em', {}, 'sandbox'))));
}

function clock() {
  const [time, second, date, day] = ['b', 'small', 'span', 'span'].map((tag) => el(tag));
  const draw = () => {
    if (!isKnown()) return;
    const now = worldNow();
    put(time, moments.hourMinute(now));
    put(second, calm.matches && speed() > 1 ? '' : moments.seconds(now));
    put(date, moments.fullDate(now));
    put(day, moments.weekday(now));
  };
  on('tick', draw);
  on('clock-changed', draw);
  on('language', draw);
  return el('div', { class: 'clock', id: 'clock', role: 'timer' },
    el('span', { class: 'clock-time' }, time, second), el('span', { class: 'clock-date' }, date, day));
}

const change = (call) => attempt('failed.clock', async () => setClock(await call()));

function controls() {
  return el('div', { class: 'controls' }, speeds(), skip());
}

function speeds() {
  const buttons = SPEEDS.map((value) => pushButton({
    'data-speed': value, onclick: () => change(() => api.putClock({ speed: value })),
  }, value === 0 ? icon('pause') : `${value}×`));
  const draw = () => {
    for (const [index, button] of buttons.entries()) {
      const value = SPEEDS[index];
      const label = value === 0 ? t('clock.stop') : t('clock.speed', { n: value });
      button.setAttribute('aria-pressed', String(isKnown() && speed() === value));
      button.setAttribute('aria-label', label);
      button.title = label;
    }
  };
  on('clock-changed', draw);
  on('language', draw);
  draw();
  return el('div', { class: 'segments', role: 'group', wordLabel: 'clock.speeds' }, ...buttons);
}

function skip() {
  const [at, what] = [el('b'), el('span')];
  const button = pushButton({
    class: 'skip', id: 'skip', wordTitle: 'clock.skip', onclick: () => change(api.skipClock),
  }, icon('skip'), at, what);
  const draw = () => {
    const next = nextEvent();
    button.disabled = !next;
    put(at, next ? moments.upcoming(Date.parse(next.at), worldNow()) : '');
    put(what, next ? next[spoken()] : t('clock.nothing'));
    const said = `${at.textContent} ${what.textContent}`.trim();
    button.setAttribute('aria-label', next ? `${t('clock.skip')}: ${said}` : said);
  };
  on('clock-changed', draw);
  on('language', draw);
  draw();
  return button;
}

function tools() {
  const links = el('nav', { class: 'links' });
  showLinks(links);
  const language = pushButton({
    class: 'quiet language', id: 'language', wordLabel: 'bar.language',
    onclick: () => speakIn(spoken() === 'zh' ? 'en' : 'zh'),
  }, el('span', { lang: 'zh-CN' }, '中文'), el('span', { lang: 'en' }, 'English'));
  on('language', () => translate(document));
  const theme = pushButton({
    class: 'quiet', id: 'theme', wordLabel: 'bar.theme', wordTitle: 'bar.theme', onclick: toggleTheme,
  }, icon('sun'), icon('moon'));
  return el('div', { class: 'tools' }, links, language, theme);
}

async function showLinks(nav) {
  let links;
  try {
    links = await api.getLinks();
  } catch (error) {
    // A sandbox that stands alone has no board to link to.
    if (error instanceof api.ApiError) return;
    throw error;
  }
  const draw = () => nav.replaceChildren(...links.map((link) =>
    el('a', { href: link.url, target: '_blank', rel: 'noopener', class: 'quiet' }, icon('board'), link[spoken()])));
  on('language', draw);
  draw();
}
