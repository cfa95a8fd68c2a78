import * as z from 'zod/mini';
import type { Template } from '../template/template.ts';
import type { CompiledInputBase, InputKind, SourceOf } from './input-kind.ts';
import { compileShareButton, shareButtonField } from './share-button.ts';

export interface CompiledLocationInput extends CompiledInputBase<'location'> {
  readonly button: Template | null;
}

export const locationInput = {
  input: 'location',
  summary: 'a location',
  fields: shareButtonField,
  value: z.object({ latitude: z.number(), longitude: z.number() }),
  compile: (source, context): CompiledLocationInput => ({
    input: 'location',
    button: compileShareButton(source.button, 'Share my location', context),
  }),
} satisfies InputKind<SourceOf<typeof shareButtonField>, CompiledLocationInput>;
