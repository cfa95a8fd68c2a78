import type { CompiledInput, QuestionInput } from '../../flow/index.ts';
import { anyBehaviour } from './any.ts';
import { choiceBehaviour } from './choice.ts';
import { contactBehaviour } from './contact.ts';
import { dateBehaviour } from './date.ts';
import { datetimeBehaviour } from './datetime.ts';
import { documentBehaviour } from './document.ts';
import { emailBehaviour } from './email.ts';
import type { InputBehaviour } from './input-behaviour.ts';
import { integerBehaviour } from './integer.ts';
import { locationBehaviour } from './location.ts';
import { multipleChoiceBehaviour } from './multiple-choice.ts';
import { numberBehaviour } from './number.ts';
import { phoneBehaviour } from './phone.ts';
import { photoBehaviour } from './photo.ts';
import { ratingBehaviour } from './rating.ts';
import { textBehaviour } from './text.ts';
import { timeBehaviour } from './time.ts';
import { urlBehaviour } from './url.ts';
import { videoBehaviour } from './video.ts';
import { voiceBehaviour } from './voice.ts';
import { yesNoBehaviour } from './yes-no.ts';

/** Behavior per input: the table does not compile until it has them all. */
const INPUT_BEHAVIOURS: { readonly [Name in QuestionInput]: InputBehaviour<Name> } = {
  text: textBehaviour,
  number: numberBehaviour,
  integer: integerBehaviour,
  email: emailBehaviour,
  phone: phoneBehaviour,
  url: urlBehaviour,
  date: dateBehaviour,
  time: timeBehaviour,
  datetime: datetimeBehaviour,
  yes_no: yesNoBehaviour,
  choice: choiceBehaviour,
  multiple_choice: multipleChoiceBehaviour,
  rating: ratingBehaviour,
  location: locationBehaviour,
  contact: contactBehaviour,
  photo: photoBehaviour,
  video: videoBehaviour,
  voice: voiceBehaviour,
  document: documentBehaviour,
  any: anyBehaviour,
};

/**
 * Returns the behavior of an input. The table is typed by name, so the behavior fits this input only: do not pass
 * another one to it.
 */
export function inputBehaviourOf(input: CompiledInput): InputBehaviour {
  return INPUT_BEHAVIOURS[input.input];
}
