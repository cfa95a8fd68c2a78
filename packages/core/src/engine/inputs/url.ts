import { withoutMarks } from './ascii-digits.ts';
import { REJECTED, typedText, type InputBehavior } from './input-behavior.ts';

const MAX_URL_LENGTH = 2048;

export const urlBehavior: InputBehavior<'url'> = {
  expects: () => 'Please send a web address, such as https://example.com.',
  read(_input, event) {
    const text = withoutMarks(typedText(event) ?? '').trim();
    if (text === '' || text.length > MAX_URL_LENGTH || /\s/.test(text)) return REJECTED;
    // People leave the scheme out; if there is one, it must be http or https.
    const url = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]+\.[^/:]+:\d+(\/|$)/.test(text) ? text : `https://${text}`;
    if (!URL.canParse(url)) return REJECTED;
    const { protocol, hostname, username, password, href } = new URL(url);
    if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return REJECTED;
    return /[^.]\.[^.]/.test(hostname) ? { value: href } : REJECTED;
  },
};
