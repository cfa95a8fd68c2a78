import { describeStorage } from '@botloom/testing/storage-conformance';
import { postgresTarget } from './postgres-target.ts';

describeStorage('postgres', postgresTarget());
