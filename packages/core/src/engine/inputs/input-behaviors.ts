import type { CompiledInput, QuestionInput } from '../../flow/index.ts';
import { anyBehavior } from './any.ts';
import { choiceBehavior } from './choice.ts';
import { contactBehavior } from './contact.ts';
import { dateBehavior } from './date.ts';
import { datetimeBehavior } from './datetime.ts';
import { documentBehavior } from './document.ts';
import { emailBehavior } from './email.ts';
import type { InputBehavior } from './input-behavior.ts';
import { integerBehavior } from './integer.ts';
import { locationBehavior } from './location.ts';
import { multipleChoiceBehavior } from './multiple-choice.ts';
import { numberBehavior } from './number.ts';
import { phoneBehavior } from './phone.ts';
import { photoBehavior } from './photo.ts';
import { ratingBehavior } from './rating.ts';
import { textBehavior } from './text.ts';
import { timeBehavior } from './time.ts';
import { urlBehavior } from './url.ts';
import { videoBehavior } from './video.ts';
import { voiceBehavior } from './voice.ts';
import { yesNoBehavior } from './yes-no.ts';

/** Behavior per input: the table does not compile until it has them all. */
const INPUT_BEHAVIORS: { readonly [Name in QuestionInput]: InputBehavior<Name> } = {
  text: textBehavior,
  number: numberBehavior,
  integer: integerBehavior,
  email: emailBehavior,
  phone: phoneBehavior,
  url: urlBehavior,
  date: dateBehavior,
  time: timeBehavior,
  datetime: datetimeBehavior,
  yes_no: yesNoBehavior,
  choice: choiceBehavior,
  multiple_choice: multipleChoiceBehavior,
  rating: ratingBehavior,
  location: locationBehavior,
  contact: contactBehavior,
  photo: photoBehavior,
  video: videoBehavior,
  voice: voiceBehavior,
  document: documentBehavior,
  any: anyBehavior,
};

/**
 * Returns the behavior of an input. The table is typed by name, so the behavior fits this input only: do not pass
 * another one to it.
 */
export function inputBehaviorFor(input: CompiledInput): InputBehavior {
  return INPUT_BEHAVIORS[input.input];
}
