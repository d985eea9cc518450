/**
 * Runs before the first paint, so that no page flashes in the other theme. It holds no quotes and no
 * angle brackets: its text must reach the browser unescaped.
 */
export const THEME_SCRIPT =
  "try{const t=localStorage[`chio-theme`];if(t===`light`||t===`dark`)document.documentElement.dataset.theme=t}catch{}";
