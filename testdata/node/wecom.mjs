// WeCom's own clients for Node, driven by wecom_node_test.go: its crypto for callbacks, and its AI bot's
// long connection. Lines of JSON in and out as in sdk.mjs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const load = createRequire(join(process.env.TEST_NODE_MODULES, 'x.js'));
const { encrypt, decrypt, getSignature } = load('@wecom/crypto');
const { WSClient } = load('@wecom/aibot-node-sdk');

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const log = (...words) => console.error(...words);
const logger = { error: log, warn: log, info: () => {}, debug: () => {} };

const bots = {};
let frame;

const commands = {
  seal: ({ key, message, id, token, timestamp, nonce }) => {
    const sealed = encrypt(key, message, id);
    return { sealed, signature: getSignature(token, timestamp, nonce, sealed) };
  },
  open: ({ key, sealed, token, timestamp, nonce }) => ({ ...decrypt(key, sealed), signature: getSignature(token, timestamp, nonce, sealed) }),

  // connect logs a bot in; what it is told is reported.
  connect: ({ name, botId, secret, wsUrl }) =>
    new Promise((done, failed) => {
      const bot = new WSClient({ botId, secret, wsUrl, logger, maxReconnectAttempts: 1 });
      bots[name] = bot;
      bot.on('authenticated', () => done(true));
      bot.on('error', (e) => failed(e));
      bot.on('disconnected', (why) => say({ heard: 'disconnected ' + name + ' ' + why }));
      bot.on('event.disconnected_event', () => say({ heard: 'kicked ' + name }));
      bot.on('message.text', (f) => {
        frame = f;
        say({ heard: 'text ' + f.body.text.content });
      });
      bot.on('event.template_card_event', (f) => say({ heard: 'press ' + f.body.event.template_card_event.event_key }));
      bot.connect();
    }),
  stream: ({ name, id, content, finish }) => bots[name].replyStream(frame, id, content, finish),
  card: ({ name, card }) => bots[name].replyTemplateCard(frame, card),
  push: ({ name, chat, content }) => bots[name].sendMessage(chat, { msgtype: 'markdown', markdown: { content } }),
};

const input = createInterface({ input: process.stdin });
input.on('line', async (line) => {
  const { id, do: name, with: options } = JSON.parse(line);
  try {
    say({ id, ok: (await commands[name](options)) ?? null });
  } catch (e) {
    say({ id, error: e?.message ?? JSON.stringify(e) });
  }
});
input.on('close', () => {
  for (const bot of Object.values(bots)) bot.disconnect();
  process.exit(0);
});
