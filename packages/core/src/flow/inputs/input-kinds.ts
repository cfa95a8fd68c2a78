import * as z from 'zod/mini';
import { labeled, labels } from '../../model/index.ts';
import { anyInput } from './any.ts';
import { choiceInput } from './choice.ts';
import { contactInput } from './contact.ts';
import { dateInput } from './date.ts';
import { datetimeInput } from './datetime.ts';
import { documentInput } from './document.ts';
import { emailInput } from './email.ts';
import type { InputKind } from './input-kind.ts';
import { integerInput } from './integer.ts';
import { locationInput } from './location.ts';
import { multipleChoiceInput } from './multiple-choice.ts';
import { numberInput } from './number.ts';
import { phoneInput } from './phone.ts';
import { photoInput } from './photo.ts';
import { ratingInput } from './rating.ts';
import { textInput } from './text.ts';
import { timeInput } from './time.ts';
import { urlInput } from './url.ts';
import { videoInput } from './video.ts';
import { voiceInput } from './voice.ts';
import { yesNoInput } from './yes-no.ts';

/** All inputs. A new input does not compile until the engine's table of behaviors contains it. */
export const INPUT_KINDS = {
  text: textInput,
  number: numberInput,
  integer: integerInput,
  email: emailInput,
  phone: phoneInput,
  url: urlInput,
  date: dateInput,
  time: timeInput,
  datetime: datetimeInput,
  yes_no: yesNoInput,
  choice: choiceInput,
  multiple_choice: multipleChoiceInput,
  rating: ratingInput,
  location: locationInput,
  contact: contactInput,
  photo: photoInput,
  video: videoInput,
  voice: voiceInput,
  document: documentInput,
  any: anyInput,
} as const satisfies Record<string, AnyInputKind>;

export type QuestionInput = keyof typeof INPUT_KINDS;

/** Compiled inputs, by name. */
export type CompiledInputMap = { [Name in QuestionInput]: ReturnType<(typeof INPUT_KINDS)[Name]['compile']> };
export type CompiledInput<Name extends QuestionInput = QuestionInput> = {
  [Each in Name]: CompiledInputMap[Each];
}[Name];

// The keys of an object literal are exactly the names.
export const QUESTION_INPUTS: readonly QuestionInput[] = Object.freeze(Object.keys(INPUT_KINDS) as QuestionInput[]);

/** An input whose fields are not inspected: they have passed its schema and go to its own `compile`. */
export type AnyInputKind = InputKind<never, { readonly input: string }>;

/**
 * All fields of all inputs. A field that several inputs have accepts the values of all of them, and its description
 * explains each meaning.
 */
export const INPUT_FIELDS = mergeFields() as MergedFields; // by construction: see mergeFields

/** Returns the fields of one input. */
export function fieldsOf(input: QuestionInput): Readonly<Record<string, z.core.$ZodType>> {
  return INPUT_KINDS[input].fields;
}

/** Returns the inputs that have a field. */
export function inputsWith(field: string): QuestionInput[] {
  return QUESTION_INPUTS.filter((input) => Object.hasOwn(fieldsOf(input), field));
}

function mergeFields(): Record<string, z.core.$ZodType> {
  const merged: Record<string, z.core.$ZodType> = {};
  for (const name of new Set(QUESTION_INPUTS.flatMap((input) => Object.keys(fieldsOf(input))))) {
    const variants = [...new Set(inputsWith(name).flatMap((input) => fieldsOf(input)[name] ?? []))];
    const [first] = variants;
    if (first === undefined) continue;
    const descriptions = new Set(variants.map((variant) => labels.get(variant)?.description ?? ''));
    merged[name] =
      variants.length === 1
        ? first
        : labeled(z.optional(z.union(variants.map(required))), {
            title: labels.get(first)?.title ?? name,
            description: [...descriptions].join(' '),
          });
  }
  return merged;
}

function required(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodMiniOptional ? schema.def.innerType : schema;
}

type EachFields = (typeof INPUT_KINDS)[QuestionInput]['fields'];
type FieldName<Fields> = Fields extends unknown ? keyof Fields & string : never;
type FieldValue<Fields, Name> = Fields extends { readonly [Key in Name & string]: z.core.$ZodType<infer Value> }
  ? Exclude<Value, undefined>
  : never;
type MergedFields = {
  readonly [Name in FieldName<EachFields>]: z.ZodMiniOptional<z.core.$ZodType<FieldValue<EachFields, Name>>>;
};
