import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createOutbound, type Outbound, type OutboundRequest } from './create-outbound.ts';
import type { ResolveHost } from './guarded-lookup.ts';
import { OutboundError } from './outbound-error.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close().closeAllConnections();
    await once(server, 'close');
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer({ maxHeaderSize: 65_536 }, listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns a resolver that responds with one list of addresses per query, and repeats the last list. */
function resolving(...answers: readonly (readonly string[])[]): ResolveHost {
  let asked = 0;
  return (_hostname, _options, callback) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

async function outcome(
  outbound: Outbound,
  request: Partial<OutboundRequest> & { readonly url: string },
): Promise<string> {
  try {
    const { status } = await outbound.request({ method: 'GET', headers: {}, body: null, ...request });
    return String(status);
  } catch (error) {
    return error instanceof OutboundError ? error.code : String(error);
  }
}

const closed = createOutbound();

describe('addresses', () => {
  test.each(['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0', '127。0。0。1', '①②⑦.0.0.1'])(
    'http://%s/ is denied',
    async (host) => {
      expect(await outcome(closed, { url: `http://${host}/` })).toBe('ADDRESS_DENIED');
    },
  );

  test('URLs with a user name, and forms of localhost, are denied', async () => {
    expect(await outcome(closed, { url: 'http://example.com@127.0.0.1/' })).toBe('URL_INVALID');
    const local = createOutbound({ resolve: resolving(['127.0.0.1']) });
    for (const host of ['localhost', 'localhost.', 'LOCALHOST'])
      expect(await outcome(local, { url: `http://${host}/` })).toBe('ADDRESS_DENIED');
  });

  test.each([
    ['unspecified, loopback and mapped', ['::', '::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe']],
    ['IPv4-compatible', ['::127.0.0.1', '::7f00:1']],
    [
      'translated, reserved and local',
      [
        '64:ff9b::7f00:1',
        '2002:7f00:1::',
        '2001:0:4136:e378:8000:63bf:3fff:fdd2',
        'fec0::1',
        'fd00:ec2::254',
        '100::1',
        '5f00::1',
        'fe80::1',
        'ff02::1',
        '2001:db8::1',
        '3fff::1',
      ],
    ],
  ])('IPv6 addresses are denied: %s', async (_id, hosts) => {
    for (const host of hosts) expect(await outcome(closed, { url: `http://[${host}]/` }), host).toBe('ADDRESS_DENIED');
  });

  test.each([
    ['the metadata service of Azure', ['168.63.129.16']],
    [
      'private and special-purpose',
      [
        '10.0.0.1',
        '172.16.0.1',
        '172.31.255.255',
        '192.168.1.1',
        '100.64.0.1',
        '169.254.169.254',
        '192.0.0.1',
        '198.18.0.1',
        '198.19.255.255',
        '224.0.0.1',
        '240.0.0.1',
        '255.255.255.255',
      ],
    ],
  ])('IPv4 addresses are denied: %s', async (_id, hosts) => {
    for (const host of hosts) expect(await outcome(closed, { url: `http://${host}/` }), host).toBe('ADDRESS_DENIED');
  });

  test.each([
    ['a private address', [['10.0.0.1']]],
    ['a public and a private address', [['93.184.215.14', '127.0.0.1']]],
    ['a private AAAA and a public A record', [['::1', '93.184.215.14']]],
    ['the metadata service of a cloud', [['169.254.169.254']]],
  ] as const)('a host name with %s is denied', async (_id, answers) => {
    expect(
      await outcome(createOutbound({ resolve: resolving(...answers) }), { url: 'http://metadata.google.internal/' }),
    ).toBe('ADDRESS_DENIED');
  });

  test('a name is resolved per connection, and the address of that connection is checked', async () => {
    const host = await serve((request, response) => response.writeHead(302, { location: request.url ?? '/' }).end());
    const port = host.split(':')[1] ?? '';
    let asked = 0;
    const resolve: ResolveHost = (_hostname, _options, callback) => {
      asked += 1;
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    expect(
      await outcome(createOutbound({ resolve, allow: [`own.example:${port}`] }), {
        url: `http://own.example:${port}/`,
      }),
    ).toBe('TOO_MANY_REDIRECTS');
    expect(asked).toBe(6);
    const rebinding = createOutbound({ resolve: resolving(['127.0.0.1']) });
    expect(await outcome(rebinding, { url: 'http://rebinding.example/' })).toBe('ADDRESS_DENIED');
  });

  test('other schemes are denied', async () => {
    for (const url of [
      'file:///etc/passwd',
      'ftp://example.com/',
      'gopher://example.com/',
      'data:text/plain,x',
      'blob:http://x/y',
      'javascript:1',
      '//example.com',
      'example.com',
      '',
    ]) {
      expect(await outcome(closed, { url }), url).toBe('URL_INVALID');
    }
  });

  test('ports that are not for HTTP are denied', async () => {
    for (const port of [22, 25, 3000, 5432, 6379, 11211])
      expect(await outcome(closed, { url: `http://93.184.215.14:${port}/` }), String(port)).toBe('ADDRESS_DENIED');
  });

  test('the host of the parsed URL is checked, even if the text of the URL looks different', async () => {
    for (const url of [
      'https://127.0.0.1/.evil.example',
      'https://127.0.0.1#.evil.example',
      'https://127.0.0.1\\.evil.example',
    ]) {
      expect(await outcome(closed, { url }), url).toBe('ADDRESS_DENIED');
    }
  });

  test('an option allows one host with one port', async () => {
    const host = await serve((_request, response) => response.end('hello'));
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('200');
    expect(await outcome(createOutbound({ allow: ['127.0.0.1:1'] }), { url: `http://${host}/` })).toBe(
      'ADDRESS_DENIED',
    );
  });

  test('a proxy of the environment variables is not used', async () => {
    const host = await serve((_request, response) => response.end());
    const before = { ...process.env };
    Object.assign(process.env, {
      HTTP_PROXY: 'http://127.0.0.1:1',
      http_proxy: 'http://127.0.0.1:1',
      NODE_USE_ENV_PROXY: '1',
    });
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('200');
    expect(await outcome(createOutbound({ allow: [host] }), { url: 'http://127.0.0.1/' })).toBe('ADDRESS_DENIED');
    process.env = before;
  });
});

describe('redirects', () => {
  test('to private addresses, files and URLs with credentials are denied', async () => {
    for (const [location, code] of [
      ['http://10.0.0.1/', 'ADDRESS_DENIED'],
      ['http://127.0.0.1:6379/', 'ADDRESS_DENIED'],
      ['file:///etc/passwd', 'URL_INVALID'],
      ['http://a:b@example.com/', 'URL_INVALID'],
      ['http://', 'URL_INVALID'],
    ] as const) {
      const host = await serve((_request, response) => response.writeHead(302, { location }).end());
      expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` }), location).toBe(code);
    }
  });

  test('are followed up to five times', async () => {
    const host = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    });
    const outbound = createOutbound({ allow: [host] });
    expect(await outcome(outbound, { url: `http://${host}/3` })).toBe('200');
    expect(await outcome(outbound, { url: `http://${host}/5` })).toBe('200');
    expect(await outcome(outbound, { url: `http://${host}/6` })).toBe('TOO_MANY_REDIRECTS');
  });

  test('credentials and custom headers are sent only to the original origin, also after a redirect', async () => {
    const seen: (readonly [string, string | undefined, string])[] = [];
    const note: RequestListener = (request, response) => {
      seen.push([request.url ?? '', request.headers.authorization, String(request.headers['x-key'] ?? '')]);
      response.end();
    };
    const other = await serve(note);
    const own = await serve((request, response) => {
      if (request.url === '/near') response.writeHead(307, { location: '/far' }).end();
      else if (request.url === '/far') response.writeHead(307, { location: `http://${other}/other` }).end();
      seen.push([request.url ?? '', request.headers.authorization, String(request.headers['x-key'] ?? '')]);
    });
    await createOutbound({ allow: [own, other] }).request({
      method: 'GET',
      url: `http://${own}/near`,
      headers: { Authorization: 'Bearer t', 'X-Key': 'k', Cookie: 'c=1' },
      body: null,
    });
    expect(seen).toEqual([
      ['/near', 'Bearer t', 'k'],
      ['/far', 'Bearer t', 'k'],
      ['/other', undefined, ''],
    ]);
  });

  test('a confidential body is sent only to the original origin', async () => {
    const seen: string[] = [];
    const other = await serve((request, response) => {
      seen.push(`other ${request.method}`);
      response.end();
    });
    const own = await serve((request, response) => {
      if (request.url === '/near') response.writeHead(307, { location: '/far' });
      else if (request.url === '/leave') response.writeHead(308, { location: `http://${other}/` });
      else if (request.url === '/look') response.writeHead(303, { location: `http://${other}/` });
      seen.push(`${request.method} ${request.url ?? ''}`);
      response.end();
    });
    const outbound = createOutbound({ allow: [own, other] });
    const ask = (path: string) =>
      outbound.request({
        method: 'POST',
        url: `http://${own}${path}`,
        headers: {},
        body: 'secret',
        is_confidential: true,
      });
    expect((await ask('/near')).status).toBe(200);
    await expect(ask('/leave')).rejects.toMatchObject({ code: 'REDIRECT_DENIED' });
    expect((await ask('/look')).status).toBe(200);
    expect(seen).toEqual(['POST /near', 'POST /far', 'POST /leave', 'POST /look', 'other GET']);
  });

  test('a redirected POST becomes a GET without a body', async () => {
    const seen: string[] = [];
    const host = await serve((request, response) => {
      seen.push(`${request.method} ${request.headers['content-type'] ?? ''}`);
      if (request.url === '/form') response.writeHead(303, { location: '/done' });
      response.end();
    });
    await createOutbound({ allow: [host] }).request({
      method: 'POST',
      url: `http://${host}/form`,
      headers: { 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(seen).toEqual(['POST text/plain', 'GET ']);
  });
});

describe('headers', () => {
  test.each([
    ['a', 'x\r\ny: z'],
    ['a', 'x\ny'],
    ['a\r\nb', 'x'],
    ['a b', 'x'],
    ['', 'x'],
    ['a', 'x\0'],
    ['Host', 'x'],
    ['Metadata-Flavor', 'Google'],
    ['X-aws-ec2-metadata-token', 'x'],
    ['Transfer-Encoding', 'chunked'],
    ['content-length', '1'],
    ['Proxy-Authorization', 'x'],
    ['Connection', 'x'],
    ['Metadata', 'true'],
    ['X-Forwarded-For', '127.0.0.1'],
  ])('%j: %j is denied', async (name, value) => {
    expect(await outcome(closed, { url: 'http://93.184.215.14/', headers: { [name]: value } })).toBe('HEADER_DENIED');
  });

  test('the same header twice, in different cases, is denied', async () => {
    expect(await outcome(closed, { url: 'http://93.184.215.14/', headers: { 'X-A': '1', 'x-a': '2' } })).toBe(
      'HEADER_DENIED',
    );
  });
});

describe('limits', () => {
  test('an endless response is aborted', async () => {
    const host = await serve((_request, response) => {
      const chunk = Buffer.alloc(100_000);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('TOO_LARGE');
  });

  test('a small response that decompresses to a large one is aborted', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const host = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('TOO_LARGE');
  });

  test('nested, unknown and invalid encodings are rejected', async () => {
    for (const [encoding, body] of [
      ['gzip,gzip', gzipSync(gzipSync('x'))],
      ['gzip, gzip, gzip', 'x'],
      ['zstd', 'x'],
      ['gzip', 'not compressed'],
    ] as const) {
      const host = await serve((_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end(body),
      );
      expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` }), encoding).toBe('UNREADABLE');
    }
  });

  test('a compressed response is decompressed', async () => {
    const host = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('hello')),
    );
    const { body } = await createOutbound({ allow: [host] }).request({
      method: 'GET',
      url: `http://${host}/`,
      headers: {},
      body: null,
    });
    expect(body.toString()).toBe('hello');
  });

  test('a response that never starts or never ends times out', async () => {
    for (const begins of [true, false]) {
      const host = await serve((_request, response) => {
        if (begins) response.write('x');
      });
      expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/`, timeout: 150 })).toBe(
        'TIMED_OUT',
      );
    }
  });

  test('headers that are too long are rejected', async () => {
    const host = await serve((_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(60_000) }).end());
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('TOO_LARGE');
  });

  test('a server that is missing or closes the connection is unreachable', async () => {
    const host = await serve((request) => request.socket.destroy());
    expect(await outcome(createOutbound({ allow: [host] }), { url: `http://${host}/` })).toBe('UNREACHABLE');
    expect(await outcome(createOutbound({ allow: ['127.0.0.1:1'] }), { url: 'http://127.0.0.1:1/' })).toBe(
      'UNREACHABLE',
    );
  });
});
