/** Starts the page: the words, the clock, the phones, and then everything that happens. */

import { ApiError, lastEvent } from './api.js';
import { drawBar } from './bar.js';
import { keepTime } from './clock.js';
import { drawDeck } from './deck.js';
import { drawList } from './list.js';
import { on } from './signals.js';
import { follow } from './stream.js';
import { dress } from './theme.js';
import { toast } from './toast.js';
import { spoken, t } from './words.js';
import { apply, refresh } from './world.js';

const RETRY = 2000; // milliseconds

function nameLanguage() {
  document.documentElement.lang = spoken() === 'zh' ? 'zh-CN' : 'en';
}

function showLink(up) {
  const wasDown = document.body.classList.contains('offline');
  document.body.classList.toggle('offline', !up);
  if (wasDown && up) toast(t('link.back'));
  if (!wasDown && !up) toast(t('link.broken'), 'bad');
}

async function begin() {
  try {
    // The number first, the state second: what happens in between comes again by the stream, and changes nothing.
    const last = await lastEvent();
    await refresh();
    follow(last, { onEvent: apply, onGap: refresh, onLink: showLink });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showLink(false);
    setTimeout(begin, RETRY);
  }
}

dress();
nameLanguage();
on('language', nameLanguage);
drawBar(document.getElementById('bar'));
drawList(document.getElementById('list'));
drawDeck(document.getElementById('deck'));
keepTime();
begin();
