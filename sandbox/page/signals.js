/** Who wants to hear about what: topics are plain strings, such as `phone:7` or `chat:7:helper_bot`. */

const listeners = new Map();

/** Calls `listener` whenever `topic` is announced, until the returned function is called. */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => {
    const set = listeners.get(topic);
    set?.delete(listener);
    if (set?.size === 0) listeners.delete(topic);
  };
}

/** Tells everybody who listens to `topic`, at once and in the order they came. */
export function announce(topic, ...details) {
  for (const listener of [...(listeners.get(topic) ?? [])]) listener(...details);
}

/** A `draw` that runs at most once a frame, however often it is asked: a broadcast to 150 phones is one repaint. */
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    // A hidden tab gets no animation frames; a timer keeps it from piling up work for the moment it is shown again.
    const schedule = document.hidden ? (run) => setTimeout(run, 200) : requestAnimationFrame;
    schedule(() => {
      asked = false;
      draw();
    });
  };
}
