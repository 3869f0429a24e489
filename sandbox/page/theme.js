/** Light or dark: what the system prefers, until the reader says otherwise. */

const MEMORY = 'gridbot.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function wear(theme) {
  document.documentElement.dataset.theme = theme;
}

const chosen = () => localStorage.getItem(MEMORY);

/** Puts on the remembered or the preferred theme, and follows the system while nothing is remembered. */
export function dress() {
  wear(chosen() ?? (system.matches ? 'dark' : 'light'));
  system.addEventListener('change', () => chosen() || wear(system.matches ? 'dark' : 'light'));
}

/** Changes to the other theme and remembers it. */
export function toggleTheme() {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
  localStorage.setItem(MEMORY, theme);
  wear(theme);
}
