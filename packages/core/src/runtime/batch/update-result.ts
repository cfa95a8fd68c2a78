/** What became of an update. All of them are answered 200. */
export type UpdateResult = 'processed' | 'duplicate' | 'dropped' | 'dead_letter';
