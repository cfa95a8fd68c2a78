import { describeStorage } from '@botloom/testing/storage-conformance';
import { sqliteTarget } from './sqlite-target.ts';

describeStorage('sqlite', sqliteTarget);
