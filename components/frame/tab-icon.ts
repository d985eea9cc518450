/** The mark of the product, in the ink that the browser's own theme asks for. */
const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" fill="none" stroke-width="1.9" stroke-linejoin="round" stroke-linecap="round"><style>path{stroke:#11151c}@media (prefers-color-scheme:dark){path{stroke:#fff}}</style><path d="M11 1.4 19.4 6.2V15.8L11 20.6 2.6 15.8V6.2Z"/><path d="M7.9 7.9 14.1 14.1M14.1 7.9 7.9 14.1"/></svg>`;

/**
 * The icon of the browser's tab as an address that holds its own content: a file would be asked for again
 * on every change of page, and nothing may be asked for once the page is loaded.
 */
export const TAB_ICON = `data:image/svg+xml,${encodeURIComponent(MARK)}`;
