import * as z from 'zod/mini';
import { labeled, type JsonObject } from '../../../model/index.ts';
import type { CompileContext } from '../../compile-context.ts';
import { FLOW_LIMITS } from '../../limits.ts';
import type { Template } from '../../template/template.ts';
import { templateText } from '../common-fields.ts';
import { compileMedia, MEDIA_TYPES, mediaField, type MediaType } from './media-source.ts';

const latitude = labeled(z.number().check(z.gte(-90), z.lte(90)), {
  title: 'Latitude',
  description: 'Degrees; north is positive.',
});
const longitude = labeled(z.number().check(z.gte(-180), z.lte(180)), {
  title: 'Longitude',
  description: 'Degrees; east is positive.',
});

const albumTypes = ['photo', 'video', 'document', 'audio'] as const;
type AlbumType = (typeof albumTypes)[number];

const albumItem = labeled(
  z.strictObject({
    type: labeled(z.enum(albumTypes), {
      title: 'Type',
      description: 'Photos and videos can be combined; documents and audio files only with their own kind.',
    }),
    media: labeled(z.string().check(z.minLength(1)), {
      title: 'Media',
      description: 'An https URL, an upload (`upload:` and its ID) or a `file_id`. A template.',
    }),
  }),
  { title: 'Item', description: 'One photo, video, document or audio of the album.' },
);

const poll = labeled(
  z.strictObject({
    question: labeled(templateText, { title: 'Question', description: 'At most 300 characters. A template.' }),
    options: labeled(z.array(templateText).check(z.minLength(2), z.maxLength(12)), {
      title: 'Options',
      description: '2 to 12 options of at most 100 characters. Templates.',
    }),
    is_anonymous: labeled(z.optional(z.boolean()), {
      title: 'Anonymous',
      description: 'If true, votes are anonymous. Default: true.',
    }),
    allows_multiple_answers: labeled(z.optional(z.boolean()), {
      title: 'Several answers',
      description: 'If true, users can choose more than one option.',
    }),
    correct_option: labeled(z.optional(z.int().check(z.gte(0))), {
      title: 'Correct option',
      description: 'Makes it a quiz: the index of the correct option, starting at 0.',
    }),
    explanation: labeled(z.optional(templateText), {
      title: 'Explanation',
      description: 'Text after a wrong answer to a quiz, at most 200 characters. A template.',
    }),
  }),
  { title: 'Poll', description: 'A poll or a quiz.' },
);

/** Content of a message besides its text. At most one of these fields is allowed. */
export const contentFields = {
  photo: mediaField('Photo'),
  video: mediaField('Video'),
  animation: mediaField('Animation'),
  audio: mediaField('Audio'),
  voice: mediaField('Voice message'),
  document: mediaField('Document'),
  sticker: mediaField('Sticker'),
  album: labeled(z.optional(z.array(albumItem).check(z.minLength(2), z.maxLength(10))), {
    title: 'Album',
    description: '2 to 10 photos and videos, documents, or audio files.',
  }),
  location: labeled(z.optional(z.strictObject({ latitude, longitude })), {
    title: 'Location',
    description: 'A point on the map.',
  }),
  venue: labeled(
    z.optional(
      z.strictObject({
        latitude,
        longitude,
        title: labeled(templateText, { title: 'Name', description: 'A template.' }),
        address: labeled(templateText, { title: 'Address', description: 'A template.' }),
      }),
    ),
    { title: 'Venue', description: 'A point on the map with a name and an address.' },
  ),
  contact: labeled(
    z.optional(
      z.strictObject({
        phone_number: labeled(templateText, { title: 'Phone number', description: 'A template.' }),
        first_name: labeled(templateText, { title: 'First name', description: 'A template.' }),
        last_name: labeled(z.optional(templateText), { title: 'Last name', description: 'A template.' }),
      }),
    ),
    { title: 'Contact', description: 'A contact card.' },
  ),
  poll: labeled(z.optional(poll), { title: 'Poll', description: 'A poll or a quiz.' }),
  dice: labeled(z.optional(z.enum(['🎲', '🎯', '🏀', '⚽', '🎳', '🎰'])), {
    title: 'Dice',
    description: 'An emoji that rolls to a random value.',
  }),
};

export type ContentSource = z.infer<z.ZodMiniObject<typeof contentFields>>;
export type ContentType = keyof ContentSource;

export type CompiledContent =
  | { readonly kind: 'media'; readonly type: MediaType; readonly source: Template }
  | { readonly kind: 'album'; readonly items: readonly { readonly type: AlbumType; readonly source: Template }[] }
  | {
      readonly kind: 'fields';
      readonly type: 'location' | 'venue' | 'contact' | 'dice';
      /** Constant parameters. The others are in `templates`. */
      readonly constants: JsonObject;
      readonly templates: Readonly<Record<string, Template>>;
    }
  | {
      readonly kind: 'poll';
      readonly question: Template;
      readonly options: readonly Template[];
      readonly explanation: Template | null;
      readonly constants: JsonObject;
    };

export const CONTENT_TYPES = Object.keys(contentFields) as ContentType[]; // keys of a literal: exactly the types

/** Returns true if Telegram allows a caption for this content. */
export function takesCaption(content: CompiledContent): boolean {
  return content.kind === 'album' || (content.kind === 'media' && content.type !== 'sticker');
}

/** Compiles the content of a message besides its text. Returns null if the message has no other content. */
export function compileContent(source: ContentSource, context: CompileContext): CompiledContent | null {
  const given = CONTENT_TYPES.filter((type) => source[type] !== undefined);
  const [, second] = given;
  if (second !== undefined)
    context.report(
      `/${second}`,
      'fields_conflict',
      `A message can have only one of ${given.map((type) => `"${type}"`).join(' and ')}`,
      'Send two messages.',
    );
  for (const type of MEDIA_TYPES) {
    const media = source[type];
    if (media !== undefined) return { kind: 'media', type, source: compileMedia(media, type, `/${type}`, context) };
  }
  if (source.album !== undefined) return compileAlbum(source.album, context);
  if (source.poll !== undefined) return compilePoll(source.poll, context);
  if (source.location !== undefined)
    return { kind: 'fields', type: 'location', constants: source.location, templates: {} };
  if (source.dice !== undefined)
    return { kind: 'fields', type: 'dice', constants: { emoji: source.dice }, templates: {} };
  if (source.venue !== undefined) {
    const { latitude: north, longitude: east, ...texts } = source.venue;
    return {
      kind: 'fields',
      type: 'venue',
      constants: { latitude: north, longitude: east },
      templates: compileTexts(texts, '/venue', context),
    };
  }
  if (source.contact === undefined) return null;
  return {
    kind: 'fields',
    type: 'contact',
    constants: {},
    templates: compileTexts(source.contact, '/contact', context),
  };
}

function compileTexts(
  texts: Readonly<Record<string, string | undefined>>,
  key: string,
  context: CompileContext,
): Record<string, Template> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, context.template(text, `${key}/${name}`)]],
    ),
  );
}

function compileAlbum(album: NonNullable<ContentSource['album']>, context: CompileContext): CompiledContent {
  const types = new Set<string>(album.map(({ type }) => type));
  if (types.size > 1 && (types.has('document') || types.has('audio'))) {
    context.report(
      '/album',
      'album_mixed',
      'Documents and audio files cannot be combined with other media',
      'Send two messages.',
    );
  }
  return {
    kind: 'album',
    items: album.map(({ type, media }, index) => ({
      type,
      source: compileMedia(media, type, `/album/${index}/media`, context),
    })),
  };
}

function compilePoll(source: z.infer<typeof poll>, context: CompileContext): CompiledContent {
  const { question, options, explanation, correct_option, ...settings } = source;
  if (correct_option !== undefined && correct_option >= options.length)
    context.report(
      '/poll/correct_option',
      'too_big',
      `The poll has ${options.length} options, and their indexes start at 0`,
    );
  if (explanation !== undefined && correct_option === undefined)
    context.report(
      '/poll/explanation',
      'fields_conflict',
      '"explanation" is only allowed in a quiz',
      'Set "correct_option", or remove "explanation".',
    );
  return {
    kind: 'poll',
    question: context.template(question, '/poll/question', { limit: FLOW_LIMITS.pollQuestion }),
    options: options.map((option, index) =>
      context.template(option, `/poll/options/${index}`, { limit: FLOW_LIMITS.pollOption }),
    ),
    explanation:
      explanation === undefined
        ? null
        : context.template(explanation, '/poll/explanation', { limit: FLOW_LIMITS.pollExplanation }),
    constants: definedOnly({
      ...settings,
      ...(correct_option === undefined ? {} : { type: 'quiz', correct_option_ids: [correct_option] }),
    }),
  };
}

function definedOnly(fields: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
