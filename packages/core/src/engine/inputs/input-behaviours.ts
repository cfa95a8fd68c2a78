import type { CompiledInput, QuestionInput } from '../../flow/index.ts';
import type { InputBehaviour } from './input-behaviour.ts';
import { integerBehaviour, numberBehaviour } from './number.ts';
import { textBehaviour } from './text.ts';

/** The one table of inputs: it does not compile until every one can be read. */
const INPUT_BEHAVIOURS: { readonly [Name in QuestionInput]: InputBehaviour<Name> } = {
  text: textBehaviour,
  number: numberBehaviour,
  integer: integerBehaviour,
};

/** What a question's input does. The table is typed by name, so this is the behaviour of just such inputs: hand it no other than this one. */
export function inputBehaviourOf(input: CompiledInput): InputBehaviour {
  return INPUT_BEHAVIOURS[input.input];
}
