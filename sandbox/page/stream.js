/** The live events: one connection, in order, none lost, none twice. */

import { ApiError, lastEvent } from './api.js';

const FIRST_WAIT = 500; // milliseconds
const LONGEST_WAIT = 8000;

/**
 * Follows the stream after event number `last`. `onEvent(event)` gets each once, in order. `onGap()` fetches everything
 * again: it is awaited when events may be missing, because the connection broke (the sandbox behind it may be another,
 * with numbers of its own) or the sandbox has forgotten them. `onLink(up)` tells whether the connection stands.
 */
export function follow(last, { onEvent, onGap, onLink }) {
  let wait = FIRST_WAIT;

  function connect() {
    const source = new EventSource(`/sandbox/stream?after=${last}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
      onLink(true);
    };
    source.onmessage = ({ data }) => take(JSON.parse(data), source);
    source.onerror = () => {
      // The browser would retry by itself, with the number it started from; we know a later one.
      source.close();
      onLink(false);
      recoverSoon();
    };
  }

  function take(event, source) {
    if (event.seq <= last) return;
    if (event.seq > last + 1) {
      source.close();
      last = event.seq - 1;
      recover();
      return;
    }
    last = event.seq;
    onEvent(event);
  }

  function recoverSoon() {
    setTimeout(recover, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  async function recover() {
    try {
      // The number first, the state second: what happens in between comes again by the stream, and changes nothing.
      last = Math.min(last, await lastEvent());
      await onGap();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      recoverSoon();
      return;
    }
    connect();
  }

  connect();
}
