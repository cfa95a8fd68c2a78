import { describe, expect, it } from 'vitest';
import { readParameters } from './read-parameters.ts';

const query = (text: string) => new URLSearchParams(text);

describe('readParameters', () => {
  it('reads every encoding', () => {
    expect(readParameters(query('chat_id=1'), '', Buffer.alloc(0)).values).toEqual({ chat_id: '1' });
    expect(readParameters(query(''), 'application/json; charset=utf-8', Buffer.from('{"chat_id":1}')).values).toEqual({
      chat_id: 1,
    });
    expect(
      readParameters(query('a=1'), 'application/x-www-form-urlencoded', Buffer.from('text=a+b&text2=%F0%9F%98%80'))
        .values,
    ).toEqual({ a: '1', text: 'a b', text2: '😀' });
  });

  it('reads multipart with uploads and ignores the case of its headers', () => {
    const body = Buffer.from(
      [
        '--xx',
        'content-disposition:form-data;name="caption"',
        '',
        'Zwölf',
        '--xx',
        'Content-Disposition: form-data; name="photo"; filename="a \\"b\\".png"',
        'Content-Type: image/png',
        '',
        'BYTES\r\n--x not the end',
        '--xx--',
        '',
      ].join('\r\n'),
    );
    const { values, files } = readParameters(query(''), 'multipart/form-data; boundary=xx', body);
    expect(values).toEqual({ caption: 'Zwölf' });
    expect(files.get('photo')).toEqual({
      name: 'a "b".png',
      mime_type: 'image/png',
      bytes: Uint8Array.from(Buffer.from('BYTES\r\n--x not the end')),
    });
  });

  it('rejects a body that is not a JSON object', () => {
    for (const body of ['{', '[]', '1', '']) {
      const read = () => readParameters(query(''), 'application/json', Buffer.from(body));
      if (body === '') expect(read().values).toEqual({});
      else expect(read).toThrow("Bad Request: can't parse parameters in JSON format");
    }
  });
});
