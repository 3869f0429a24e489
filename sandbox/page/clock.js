/** The time of the sandbox's world, carried forward between two answers of the server at the world's own speed. */

import * as api from './api.js';
import { announce, on } from './signals.js';

const TICK = 100; // milliseconds: looks smooth at any speed, and costs next to nothing
const RESYNC = 2000; // milliseconds; `next` changes without an event, so it is asked for
let base = { now: Date.now(), speed: 1, next: null, taken: performance.now() };
let known = false;

/** The world's time now, in milliseconds since 1970 (UTC). */
export const worldNow = () => base.now + (performance.now() - base.taken) * base.speed;

/** World seconds a real second; 0 stands still. */
export const speed = () => base.speed;

/** What the service under test will do next, `{at, zh, en}`, or null. */
export const nextEvent = () => base.next;

/** Whether the server has told the time yet. */
export const isKnown = () => known;

/** Takes an answer of the clock calls; announces `clock-changed`. */
export function setClock(answer) {
  const told = Date.parse(answer.now);
  const guess = worldNow();
  // Half a second of the way there and back must not make the shown time step backwards.
  const jitter = known && answer.speed === base.speed && told < guess && guess - told < 500 * Math.max(1, base.speed);
  base = { now: jitter ? guess : told, speed: answer.speed, next: answer.next ?? null, taken: performance.now() };
  known = true;
  announce('clock-changed');
}

async function ask() {
  try {
    setClock(await api.getClock());
  } catch (error) {
    if (!(error instanceof api.ApiError)) throw error;
  }
}

/** Keeps the clock in step with the sandbox from now on, and announces `tick` for all who show it. */
export async function keepTime() {
  on('clock', ask);
  setInterval(() => document.hidden || announce('tick'), TICK);
  setInterval(() => document.hidden || ask(), RESYNC);
  document.addEventListener('visibilitychange', () => document.hidden || ask());
  await ask();
}
