/**
 * The files of the chat window, which are shipped as they are. This module stands as deep in `src` as the bundle does
 * in `dist`, so that one path serves both.
 */
export const assetsFolder = new URL('../assets/chat-window/', import.meta.url);
