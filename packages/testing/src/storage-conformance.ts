export { describeStorage } from './storage-conformance/describe-storage.ts';
export type { ConformanceDatabase, StorageTarget } from './storage-conformance/storage-target.ts';
