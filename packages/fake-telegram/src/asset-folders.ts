/*
 * Both folders are found relative to this module, from the sources and from the bundle. For this reason, the module is
 * at the root of `src`, as the bundle is at the root of `dist`.
 */

/** HTML, styles and icon of the chat window. They are published unchanged. */
export const assetsFolder = new URL('../assets/chat-window/', import.meta.url);

/** Scripts of the chat window: `src/browser` with TypeScript files, or `dist/browser` with the built `app.js`. */
export const scriptsFolder = new URL('./browser/', import.meta.url);
