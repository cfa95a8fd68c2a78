/** Returns the lane of a chat, which is always the same. */
export function laneIndex(bot_id: string, chat_id: number, laneCount: number): number {
  if (laneCount === 1) return 0;
  let hash = 0x811c9dc5;
  const key = `${bot_id}:${chat_id}`;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % laneCount;
}
