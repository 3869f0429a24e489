/** Which areas are open: down to a level, but for those that the reader opened or closed one by one. */

const MEMORY = `gridbot.board.${new URLSearchParams(location.search).get('area') ?? ''}`;

const bar = () => document.querySelector('.levels');
const levels = () => [...(bar()?.querySelectorAll('button') ?? [])];
const rows = () => [...document.querySelectorAll('.tree tbody tr')];

/** `level`: the lowest in sight, null for what the server proposes; `others`: the codes that differ from it. */
let state = { level: null, others: [] };

function recall() {
  try {
    const { level, others } = JSON.parse(localStorage.getItem(MEMORY));
    state = { level: level === null ? null : String(level), others: others.map(String) };
  } catch {
    // Nothing is remembered, or the browser forbids it: the server's proposal stands.
  }
}

function change(next) {
  state = next;
  try {
    localStorage.setItem(MEMORY, JSON.stringify(state));
  } catch {
    // It holds until the page is closed.
  }
  fold();
}

/** Shows and hides the rows; again after every change of the table. */
export function fold() {
  const buttons = levels();
  const names = buttons.map((button) => button.dataset.level);
  const lowest = names.includes(state.level) ? state.level : bar()?.dataset.proposed;
  const rank = names.indexOf(lowest);
  let closed = Infinity;
  for (const row of rows()) {
    const depth = Number(row.dataset.depth);
    if (depth <= closed) closed = Infinity;
    row.hidden = depth > closed;
    row.removeAttribute('data-folded');
    const button = row.querySelector('.fold');
    if (!button) continue;
    const open = names.indexOf(row.dataset.level) < rank !== state.others.includes(row.dataset.code);
    button.setAttribute('aria-expanded', open);
    if (!open && closed === Infinity) closed = depth;
  }
  buttons.forEach((button) => button.setAttribute('aria-pressed', button.dataset.level === lowest));
  if (bar()) bar().hidden = false;
}

function pressed({ target }) {
  const level = target.closest('.levels button')?.dataset.level;
  if (level) change({ level, others: [] });
  const code = target.closest('.fold')?.closest('tr').dataset.code;
  if (!code) return;
  const others = state.others.filter((one) => one !== code);
  if (others.length === state.others.length) others.push(code);
  change({ level: state.level, others });
}

/** Takes up what the reader left open the last time, and listens. */
export function remember() {
  recall();
  document.addEventListener('click', pressed);
}
