import { withoutMarks } from './ascii-digits.ts';
import { REFUSED, typedText, type InputBehaviour } from './input-behaviour.ts';

const LONGEST = 2048;

export const urlBehaviour: InputBehaviour<'url'> = {
  expects: () => 'Please send a web address, such as https://example.com.',
  read(_input, event) {
    const text = withoutMarks(typedText(event) ?? '').trim();
    if (text === '' || text.length > LONGEST || /\s/.test(text)) return REFUSED;
    // People leave the scheme out; if there is one, it must be http or https.
    const url = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+\.[^/:]+:\d+(\/|$)/.test(text) ? text : `https://${text}`;
    if (!URL.canParse(url)) return REFUSED;
    const { protocol, hostname, username, password, href } = new URL(url);
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return REFUSED;
    return /[^.]\.[^.]/.test(hostname) ? { value: href } : REFUSED;
  },
};
