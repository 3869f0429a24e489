/** Formatted text, through an allow-list: the server's HTML is safe by construction, and this does not rely on it. */

const ALLOWED = new Set([
  'B', 'STRONG', 'I', 'EM', 'U', 'INS', 'S', 'DEL', 'CODE', 'PRE', 'BLOCKQUOTE', 'BR', 'A', 'SPAN',
]);
const DROPPED = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'NOSCRIPT']);
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address if it may be followed or shown, else null: relative to this page, or of a scheme that runs nothing. */
export function safeUrl(address) {
  try {
    const url = new URL(address, location.href);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A fragment with the text of `html`, and of its elements only those on the list, bare but for a safe link. */
export function formatted(html) {
  // A parsed document is inert: no script runs in it and no picture is loaded.
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = document.createDocumentFragment();
  copy(parsed.body, fragment);
  return fragment;
}

function copy(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName)) copyElement(node, into);
  }
}

function copyElement(node, into) {
  if (!ALLOWED.has(node.tagName)) {
    copy(node, into);
    return;
  }
  const made = document.createElement(node.tagName);
  if (node.tagName === 'A') linkTo(made, safeUrl(node.getAttribute('href') ?? ''));
  if (node.tagName === 'SPAN' && node.classList.contains('tg-spoiler')) hide(made);
  copy(node, made);
  into.append(made);
}

function linkTo(anchor, address) {
  if (!address) return;
  anchor.href = address;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer';
}

function hide(span) {
  span.className = 'spoiler';
  span.addEventListener('click', () => span.classList.add('shown'));
}
