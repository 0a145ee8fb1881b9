// GraphiQL follows the system's switch between light and dark, but its editors do so at the next load only.

/** In the settings of GraphiQL somebody may have chosen one for good. */
const chosen = () => localStorage.getItem('graphiql:theme') || undefined;

export function followSystemTheme() {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({ matches }) => {
    if (chosen() === undefined) globalThis.monaco?.editor.setTheme(matches ? 'graphiql-DARK' : 'graphiql-LIGHT');
  });
}
