/** The control API of the sandbox, one function a call. Every failure is an `ApiError`. */

/** A call that failed: `reason` is refused, missing, broken or offline; `message` the server's own sentence. */
export class ApiError extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

const reasonOf = (status) => (status === 404 ? 'missing' : status < 500 ? 'refused' : 'broken');

async function call(method, path, body) {
  const form = body instanceof FormData;
  const options = { method, body: body === undefined || form ? body : JSON.stringify(body) };
  if (body !== undefined && !form) options.headers = { 'Content-Type': 'application/json' };
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch (error) {
    throw new ApiError('offline', String(error));
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(reasonOf(response.status), answer?.error ?? `status ${response.status}`);
  return answer;
}

const phonePath = (id, rest = '') => `phones/${encodeURIComponent(id)}${rest}`;

export const getClock = () => call('GET', 'clock');
export const putClock = (change) => call('PUT', 'clock', change);
export const skipClock = () => call('POST', 'clock/skip');

export const getBots = () => call('GET', 'bots');
export const getLinks = () => call('GET', 'links');
export const getPhones = () => call('GET', 'phones');
export const getPhone = (id) => call('GET', phonePath(id));
export const putPhone = (id, change) => call('PUT', phonePath(id), change);
export const getMessages = (id, bot) => call('GET', phonePath(id, `/messages?bot=${encodeURIComponent(bot)}&after=0`));

export const sendText = (id, bot, text) => call('POST', phonePath(id, '/send'), { bot, text });
export const sendContact = (id, bot, number) =>
  call('POST', phonePath(id, '/send'), { bot, contact: { phone_number: number, own: true } });

export const sendVoice = (id, bot, seconds) => call('POST', phonePath(id, '/send'), { bot, voice: { seconds } });
export const sendLocation = (id, bot, location) => call('POST', phonePath(id, '/send'), { bot, location });

/** Sends `file` as a `photo` or a `document`, with an optional caption. */
export function sendFile(id, bot, kind, file, caption) {
  const form = new FormData();
  form.append('bot', bot);
  if (caption) form.append('caption', caption);
  form.append(kind, file, file.name);
  return call('POST', phonePath(id, '/send'), form);
}

/** Presses START, or follows; with a `payload` by a link, or by a code that is scanned. */
export const start = (id, bot, payload = '') => call('POST', phonePath(id, '/start'), { bot, payload });
export const click = (id, bot, key) => call('POST', phonePath(id, '/click'), { bot, key });
export const press = (id, bot, messageId, data) =>
  call('POST', phonePath(id, '/press'), { bot, message_id: messageId, data });
export const markRead = (id, bot) => call('POST', phonePath(id, '/read'), { bot });
export const block = (id, bot) => call('POST', phonePath(id, '/block'), { bot });
export const unblock = (id, bot) => call('POST', phonePath(id, '/unblock'), { bot });
export const deactivate = (id) => call('POST', phonePath(id, '/deactivate'));

/** The number of the last event so far: everything after it comes by the stream. */
export async function lastEvent() {
  const answer = await call('GET', `events?after=${Number.MAX_SAFE_INTEGER}&wait=0`);
  return answer.last;
}
