import { errorMessage } from '../../../errors/index.ts';
import { UPLOAD_LIMITS, type JsonValue } from '../../../model/index.ts';
import type { Logger } from '../../../ports/index.ts';
import type { FoundUpload, TelegramFileId, UploadStore } from '../../../storage/index.ts';
import { TelegramApiError, type AttachedFile, type BotCredentials, type TelegramApi } from '../../../telegram/index.ts';
import type { SendDecision } from '../send-policy.ts';
import {
  fileIdIn,
  findUploadReferences,
  mapMediaSources,
  type MediaCall,
  type UploadReference,
} from './media-sources.ts';
import { UploadLimiter } from './upload-limiter.ts';

/** The functions of the upload store that are used here. */
export type Uploads = Pick<UploadStore, 'find' | 'readPart' | 'saveFileIds' | 'deleteFileIds'>;

export interface UploadSenderDeps {
  readonly uploads: Uploads;
  readonly telegram: TelegramApi;
  /** Returns true if this instance holds its lease and may send. */
  readonly mayServe: () => boolean;
  readonly logger: Logger;
}

const STORAGE_RETRY_DELAY_MS = 1_000;
const EVERYONE = { owner: null };
/**
 * Errors for a file ID that Telegram does not know any more, or that belongs to another bot. The texts differ by method
 * and by version of the Bot API server.
 */
const STALE_FILE_ID_PATTERN = new RegExp(
  [
    'wrong (remote )?file[_ ]?(id|identifier)',
    'invalid (remote )?file[_ ]?id',
    'file_id_invalid',
    'file_reference',
    "can't use file of type",
  ].join('|'),
  'i',
);

/** Sends calls that reference uploads of their bot: by file ID if Telegram knows the file, otherwise with its bytes. */
export class UploadSender {
  readonly #deps: UploadSenderDeps;
  readonly #limiter = new UploadLimiter();

  constructor(deps: UploadSenderDeps) {
    this.#deps = deps;
  }

  /** Tries once. Errors of Telegram are thrown. */
  async send(
    bot: BotCredentials,
    call: MediaCall,
  ): Promise<{ readonly result: JsonValue } | { readonly decision: SendDecision }> {
    const { uploads, telegram } = this.#deps;
    const references = findUploadReferences(call);
    const refused = new Set<string>();
    for (let round = 0; ; round += 1) {
      let found: ReadonlyMap<string, FoundUpload>;
      try {
        found = await uploads.find(
          bot.id,
          references.map(({ id }) => id),
        );
      } catch (error) {
        return retryDecision(error);
      }
      const missing = references.find(({ id }) => !found.has(id));
      if (missing !== undefined)
        return { decision: { kind: 'fail', reason: `the bot has no upload ${missing.id}`, chat: 'reachable' } };
      const known = round > 1 ? [] : knownFiles(references, found, refused);
      const attached = references.filter(
        ({ id, kind }) => !known.some((file) => file.upload_id === id && file.kind === kind),
      );
      const payload = mapMediaSources(call, (source, kind) => sourceOf(source, kind, references, known));
      try {
        return attached.length === 0
          ? { result: await telegram.call(bot, call.method, payload) }
          : await this.#upload(bot, { ...call, payload }, attached, found);
      } catch (error) {
        if (known.length === 0 || !isStale(error)) throw error;
        // Telegram does not report which file ID is stale. Another try may have uploaded the files meanwhile, so look
        // them up again.
        for (const { file_id } of known) refused.add(file_id);
        const isForgotten = await this.#tryOrLog('stale file IDs of uploads could not be deleted; trying again', () =>
          uploads.deleteFileIds(bot.id, known),
        );
        if (!isForgotten) return retryDecision(error);
      }
    }
  }

  async #upload(
    bot: BotCredentials,
    { method, payload }: MediaCall,
    references: readonly UploadReference[],
    found: ReadonlyMap<string, FoundUpload>,
  ): Promise<{ readonly result: JsonValue } | { readonly decision: SendDecision }> {
    const keys = [...new Set(references.map(({ id, kind }) => `${id}/${kind}`))];
    const totalSize = [...new Set(references.map(({ id }) => id))].reduce(
      (sum, id) => sum + (found.get(id)?.size ?? 0),
      0,
    );
    if (totalSize > UPLOAD_LIMITS.file)
      return {
        decision: {
          kind: 'fail',
          reason: `its uploads have ${totalSize} bytes in total, more than Telegram accepts in one call`,
          chat: 'reachable',
        },
      };
    const release = this.#limiter.tryAcquire(keys);
    if (release === null) return { decision: { kind: 'wait', until: this.#limiter.waitForSlot(keys) } };
    const readErrors: unknown[] = [];
    try {
      const files = [...new Set(references.map(({ id }) => id))].flatMap((id) =>
        this.#file(bot.id, found.get(id), readErrors),
      );
      const result = await this.#deps.telegram.call(bot, method, payload, { files });
      const fileIds = references.flatMap(({ id, kind, index }): TelegramFileId[] => {
        const file_id = fileIdIn(result, index);
        return file_id === null ? [] : [{ upload_id: id, kind, file_id }];
      });
      await this.#tryOrLog(
        'the file ID of an upload could not be stored; the file will be uploaded again next time',
        () => this.#deps.uploads.saveFileIds(bot.id, fileIds),
      );
      return { result };
    } catch (error) {
      // The body was not sent completely, so Telegram has not done anything.
      if (readErrors.length > 0) return retryDecision(readErrors[0]);
      throw error;
    } finally {
      release();
    }
  }

  #file(bot_id: string, upload: FoundUpload | undefined, readErrors: unknown[]): AttachedFile[] {
    if (upload === undefined) return [];
    const { id, name, content_type, size } = upload;
    return [{ name: id, file_name: name, content_type, size, content: this.#content(bot_id, id, size, readErrors) }];
  }

  /** Reads the file while it is sent, one part at a time. */
  async *#content(
    bot_id: string,
    id: string,
    size: number,
    readErrors: unknown[],
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { uploads, mayServe } = this.#deps;
    try {
      for (let number = 0, sentBytes = 0; sentBytes < size; number += 1) {
        if (!mayServe()) throw new Error('this instance does not hold its lease');
        const part = await uploads.readPart(EVERYONE, bot_id, id, number);
        if (part === null) throw new Error(`the upload ${id} was deleted while it was sent`);
        sentBytes += part.byteLength;
        yield part;
      }
    } catch (error) {
      readErrors.push(error);
      throw error;
    }
  }

  async #tryOrLog(failure: string, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#deps.logger.warn({ error: errorMessage(error) }, failure);
      return false;
    }
  }
}

/** Returns the uploads that have a file ID which was not rejected. */
function knownFiles(
  references: readonly UploadReference[],
  found: ReadonlyMap<string, FoundUpload>,
  refused: ReadonlySet<string>,
): readonly TelegramFileId[] {
  return references.flatMap(({ id, kind }) => {
    const file_id = found.get(id)?.file_ids.get(kind);
    return file_id === undefined || refused.has(file_id) ? [] : [{ upload_id: id, kind, file_id }];
  });
}

function sourceOf(
  source: string,
  kind: string,
  references: readonly UploadReference[],
  known: readonly TelegramFileId[],
): string {
  const use = references.find(({ id }) => source === `upload:${id}`);
  if (use === undefined) return source;
  return known.find((file) => file.upload_id === use.id && file.kind === kind)?.file_id ?? `attach://${use.id}`;
}

function retryDecision(error: unknown): { readonly decision: SendDecision } {
  return { decision: { kind: 'retry', delay: STORAGE_RETRY_DELAY_MS, reason: errorMessage(error) } };
}

function isStale(error: unknown): boolean {
  return error instanceof TelegramApiError && error.error_code === 400 && STALE_FILE_ID_PATTERN.test(error.description);
}
