// Feishu's own client for Node, driven by feishu_node_test.go. A line of JSON in is a command
// {id, do, with}; a line out answers one {id, ok} or {id, error}, or says what the platform told the
// client {heard, data}. What the client logs goes to stderr.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

// The package lives where scripts/test installed it, which an import by name would not find.
const lark = createRequire(join(process.env.TEST_NODE_MODULES, 'x.js'))('@larksuiteoapi/node-sdk');

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const log = (...words) => console.error(...words);
const logger = { error: log, warn: log, info: log, debug: log, trace: log };
const loggerLevel = lark.LoggerLevel.warn;

// A dispatcher that reports what it was told and answers a press with the toast the test asked for.
const told = {
  'im.message.receive_v1': (data) => say({ heard: 'message', data }),
};
const pressed = (answer) => (data) => {
  say({ heard: 'press', data });
  return answer;
};
const dispatcher = ({ encryptKey, verificationToken, answer }) =>
  new lark.EventDispatcher({ encryptKey, verificationToken, logger, loggerLevel })
    .register({ ...told, 'card.action.trigger': pressed(answer) });

let client, socket, server;

const commands = {
  // seal encrypts with the key the client derives, and sees that the client can read it: it has no
  // encrypt of its own.
  seal({ encryptKey, plain }) {
    const cipher = new lark.AESCipher(encryptKey);
    const iv = randomBytes(16);
    const aes = createCipheriv('aes-256-cbc', cipher.key, iv);
    const sealed = Buffer.concat([iv, aes.update(plain, 'utf8'), aes.final()]).toString('base64');
    if (cipher.decrypt(sealed) !== plain) throw new Error('the client cannot read what was sealed for it');
    return sealed;
  },

  open: ({ encryptKey, sealed }) => new lark.AESCipher(encryptKey).decrypt(sealed),

  // judge is what the client would do with a request: answer its challenge, take it, or neither.
  judge({ encryptKey, verificationToken, body, headers }) {
    const data = Object.assign(Object.create({ headers }), JSON.parse(body));
    const { isChallenge, challenge } = lark.generateChallenge(data, { encryptKey });
    if (isChallenge) return { challenge: challenge.challenge };
    const params = { encryptKey, verificationToken, logger, loggerLevel };
    const event = new lark.EventDispatcher(params).requestHandle.checkIsEventValidated(data);
    const card = new lark.CardActionHandler(params, () => {}).requestHandle.checkIsCardEventValidated(data);
    return { event, card };
  },

  sign: ({ timestamp, nonce, encryptKey, body }) =>
    createHash('sha256').update(timestamp + nonce + encryptKey + body).digest('hex'),

  // post sends bytes as they are.
  async post({ url, body, headers }) {
    const got = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    return { status: got.status, body: await got.text() };
  },

  // serve is an app that takes its events over HTTP, one address for events and one for cards.
  async serve(options) {
    const cards = new lark.CardActionHandler({ ...options, logger, loggerLevel }, pressed(options.answer));
    const routes = {
      '/event': lark.adaptDefault('/event', dispatcher(options), { autoChallenge: true }),
      '/card': lark.adaptDefault('/card', cards, { autoChallenge: true }),
    };
    server = createServer((req, res) => routes[req.url](req, res));
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    return server.address().port;
  },

  // connect is an app that takes them over the long connection.
  connect({ appId, appSecret, domain, answer }) {
    client = new lark.Client({ appId, appSecret, domain, logger, loggerLevel });
    return new Promise((onReady, onError) => {
      socket = new lark.WSClient({ appId, appSecret, domain, logger, loggerLevel, onReady: () => onReady(true), onError });
      socket.start({ eventDispatcher: dispatcher({ answer }) });
    });
  },

  leave: () => socket.close({ force: true }),

  // call is a method of the client by its name, such as im.message.create.
  call({ method, args }) {
    const names = method.split('.');
    const last = names.pop();
    const of = names.reduce((o, name) => o[name], client);
    return of[last](args);
  },

  upload: ({ base64 }) =>
    client.im.image.create({ data: { image_type: 'message', image: Buffer.from(base64, 'base64') } }),

  async download({ path, params }) {
    const got = await client.im.messageResource.get({ path, params });
    const parts = [];
    for await (const part of Readable.from(got.getReadableStream())) parts.push(part);
    return Buffer.concat(parts).toString('base64');
  },
};

// why is what the platform said, if it was the platform.
const why = (e) => JSON.stringify(e?.response?.data ?? e?.message ?? String(e));

const input = createInterface({ input: process.stdin });
input.on('line', async (line) => {
  const { id, do: name, with: options } = JSON.parse(line);
  try {
    say({ id, ok: (await commands[name](options)) ?? null });
  } catch (e) {
    say({ id, error: why(e) });
  }
});
input.on('close', () => {
  socket?.close({ force: true });
  server?.close();
  process.exit(0);
});
