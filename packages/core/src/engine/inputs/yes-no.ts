import type { CompiledInputMap } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import { REJECTED, STALE, typedText, type InputBehavior } from './input-behavior.ts';
import { isSameLabel } from './is-same-label.ts';
import { labelOf } from './label-of.ts';

export const yesNoBehavior: InputBehavior<'yes_no'> = {
  expects(input, run) {
    const { yes, no } = labels(input, run);
    return `Please answer ${yes} or ${no}.`;
  },
  read(input, event, run) {
    const text = typedText(event);
    const { yes, no } = labels(input, run);
    if (text === null) return REJECTED;
    if (isSameLabel(text, yes)) return { value: true };
    return isSameLabel(text, no) ? { value: false } : REJECTED;
  },
  keyboard(input, run) {
    const { yes, no } = labels(input, run);
    return {
      kind: 'inline',
      rows: [
        [
          { text: yes, detail: 'yes' },
          { text: no, detail: 'no' },
        ],
      ],
    };
  },
  press(input, detail, run) {
    const { yes, no } = labels(input, run);
    if (detail === 'yes') return { kind: 'answer', value: true, label: yes };
    return detail === 'no' ? { kind: 'answer', value: false, label: no } : STALE;
  },
};

function labels({ yes, no }: CompiledInputMap['yes_no'], run: Run): { readonly yes: string; readonly no: string } {
  return { yes: labelOf(yes, run), no: labelOf(no, run) };
}
