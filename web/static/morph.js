/** Makes a part of the page like a newer one, touching only what differs: nothing flickers, focus and scrolling stay. */

/** What the reader has folded and what the page has found out are not the server's to change. */
const OURS = new Set(['hidden', 'aria-expanded', 'aria-pressed', 'data-folded']);

export function morph(now, fresh) {
  if (now.nodeType !== fresh.nodeType || now.nodeName !== fresh.nodeName) {
    now.replaceWith(fresh);
  } else if (now.nodeType === Node.ELEMENT_NODE) {
    dress(now, fresh);
    fill(now, fresh);
  } else if (now.data !== fresh.data) {
    now.data = fresh.data;
  }
}

function dress(now, fresh) {
  for (const { name } of [...now.attributes]) {
    if (!OURS.has(name) && !fresh.hasAttribute(name)) now.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!OURS.has(name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
}

function fill(now, fresh) {
  const [old, young] = [[...now.childNodes], [...fresh.childNodes]];
  young.forEach((child, at) => (at < old.length ? morph(old[at], child) : now.append(child)));
  old.slice(young.length).forEach((child) => child.remove());
}
