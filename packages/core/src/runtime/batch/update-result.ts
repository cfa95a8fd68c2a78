/** Result of an update. The webhook responds 200 to all of them. */
export type UpdateResult = 'processed' | 'duplicate' | 'dropped' | 'dead_letter';
