/** The board keeps itself up to date, says so when it cannot, and remembers which areas are open. */
import { fold, remember } from './folding.js';
import { morph } from './morph.js';

const RETRY_SECONDS = 4;
const PATIENCE_SECONDS = 8;

const board = document.getElementById('board');
const stale = document.getElementById('stale');
const pause = Number(board.dataset.refresh);
let next = 0;
let underWay = false;

async function newest() {
  const answer = await fetch(location.href, {
    cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_SECONDS * 1000),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // A captive portal or a proxy's apology is an answer too, but not the board's.
  if (!page.getElementById('board')) throw new Error('not the board');
  return page;
}

function show(page) {
  document.title = page.title;
  morph(document.body, page.body);
  fold();
}

function trust(fresh) {
  stale.hidden = fresh;
  document.documentElement.toggleAttribute('data-stale', !fresh);
}

async function refresh() {
  if (underWay) return;
  underWay = true;
  clearTimeout(next);
  let fresh = true;
  try {
    show(await newest());
  } catch {
    fresh = false;
  }
  trust(fresh);
  underWay = false;
  next = setTimeout(refresh, (fresh ? pause : RETRY_SECONDS) * 1000);
}

remember();
fold();
next = setTimeout(refresh, pause * 1000);
// A phone that was in a pocket shows what is true now, not ten seconds later.
document.addEventListener('visibilitychange', () => document.hidden || refresh());
addEventListener('online', refresh);
addEventListener('offline', () => trust(false));
