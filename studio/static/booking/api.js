// The client of the public API (docs/api.md): for the site's own pages, and for pages on other origins.
//
//   const api = new Api({ base: "/api/v1/" });
//   const month = await api.availability({ location, sessionType, from: "2026-12-01", until: "2026-12-31" });
//   const held = await api.hold({ location, sessionType, startsAt: month.next_available });
//
// Answers are the API's own, by its own names. A refusal is thrown as `Problem`, no answer as `Unreachable`.

const KEPT = 60;
const PATIENCE_MS = 15_000;

/** The API said no: `code` says which refusal it is, `detail` is for people. */
export class Problem extends Error {
  constructor(status, { code = "server_error", detail = "", errors = [], alternatives = [] } = {}, retryAfter = null) {
    super(detail || code);
    Object.assign(this, { name: "Problem", status, code, detail, errors, alternatives, retryAfter });
  }
}

/** No answer came. Whether the request was carried out, nobody knows: send the very same again. */
export class Unreachable extends Error {
  constructor(cause) {
    super("No answer came.", { cause });
    this.name = "Unreachable";
  }
}

export class Api {
  #answers = new Map(); // what was read last, oldest first: request -> { etag, body, at }
  #inFlight = new Map(); // request -> the promise of its answer
  #keys = new Map(); // write whose outcome is unknown -> its Idempotency-Key

  /**
   * `credentials` are those of writing: "same-origin" on the site itself, where a time that is held belongs to
   * the browser's session; "omit" elsewhere. What is read is the same for all, so no cookie goes with it.
   */
  constructor({ base = "/api/v1/", fetch = globalThis.fetch, credentials = "omit" } = {}) {
    this.base = new URL(base.endsWith("/") ? base : `${base}/`, globalThis.location?.href);
    this.credentials = credentials;
    this.fetch = (...request) => fetch(...request);
  }

  // Reading

  locations() {
    return this.#list("locations/");
  }

  sessionTypes({ location, style } = {}) {
    return this.#list("session-types/", { location, style });
  }

  therapists({ location, sessionType } = {}) {
    return this.#list("therapists/", { location, session_type: sessionType });
  }

  /**
   * The open starts of every date from `from` to `until`, of one `therapist` or of all.
   *
   * With `rescheduling` and that booking's `token` its own time counts as free. An answer that was
   * checked less than `maxAge` milliseconds ago is given again; an older one is sent for by its ETag.
   */
  async availability({ token, maxAge = 0, sessionType, ...query }) {
    const url = this.#url("availability/", { session_type: sessionType, ...query });
    const known = this.#answers.get(url.href);
    if (known && Date.now() - known.at < maxAge) return known.body;
    return this.#shared(`GET ${url.href}`, () => this.#read(url, token));
  }

  /** Read it when the browser has nothing better to do, so that it is there when it is wanted. */
  prefetch(wanted, maxAge = 60_000) {
    if (globalThis.navigator?.connection?.saveData) return;
    const whenIdle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 200));
    whenIdle(() => this.availability({ ...wanted, maxAge }).catch(() => {}));
  }

  /** Forget every time that was read: something has been booked. */
  forget() {
    for (const answer of this.#answers.values()) answer.at = 0;
  }

  /** What is asked about health at booking: `{ version, questions }`, the version null where nothing is. */
  healthQuestions() {
    const url = this.#url("health-questionnaire/");
    return this.#shared(`GET ${url.href}`, () => this.#read(url));
  }

  // Writing: what is sent again while its outcome is unknown carries the same Idempotency-Key, so it is
  // carried out once; a double click sends nothing twice in the first place.

  /** Keep a time for some minutes; `therapist` is left out for anyone. */
  hold({ location, sessionType, startsAt, therapist = null }) {
    const wish = { location, session_type: sessionType, starts_at: startsAt, therapist, hold: true };
    return this.#write("bookings/", wish);
  }

  /** Book what is held: `{ client: { name, email, phone, language }, pressure, notes }`. */
  confirm(reference, token, details) {
    return this.#write(`bookings/${reference}/confirm/`, details, token);
  }

  /** Move it: `{ starts_at, therapist, session_type }`, of which what is left out stays. */
  reschedule(reference, token, change) {
    return this.#write(`bookings/${reference}/reschedule/`, change, token);
  }

  cancel(reference, token, reason = "") {
    return this.#write(`bookings/${reference}/cancel/`, reason ? { reason } : {}, token);
  }

  // How it is done

  #url(path, query = {}) {
    const url = new URL(path, this.base);
    for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
    return url;
  }

  async #list(path, query) {
    const found = [];
    for (let next = this.#url(path, { ...query, page_size: 200 }); next; ) {
      const page = await this.#shared(`GET ${next}`, () => this.#read(new URL(next)));
      found.push(...page.results);
      next = page.next;
    }
    return found;
  }

  async #read(url, token) {
    const known = this.#answers.get(url.href);
    const headers = authorized(token);
    if (known?.etag) headers["If-None-Match"] = known.etag;
    const { etag, body = known.body } = await this.#send(url, { headers });
    this.#answers.delete(url.href);
    this.#answers.set(url.href, { etag, body, at: Date.now() });
    if (this.#answers.size > KEPT) this.#answers.delete(this.#answers.keys().next().value);
    return body;
  }

  #write(path, body, token) {
    const intent = `POST ${path} ${JSON.stringify(body)}`;
    return this.#shared(intent, async () => {
      const key = this.#keys.get(intent) ?? newKey();
      this.#keys.set(intent, key);
      try {
        const answer = await this.#send(this.#url(path), {
          method: "POST",
          credentials: this.credentials,
          headers: { ...authorized(token), "Content-Type": "application/json", "Idempotency-Key": key },
          body: JSON.stringify(body),
        });
        this.#keys.delete(intent);
        this.forget();
        return answer.body;
      } catch (error) {
        if (isFinal(error)) this.#keys.delete(intent);
        throw error;
      }
    });
  }

  /** The same request while the first is under way waits for its answer. */
  #shared(name, work) {
    const under = this.#inFlight.get(name) ?? work().finally(() => this.#inFlight.delete(name));
    this.#inFlight.set(name, under);
    return under;
  }

  /** Its ETag and its body, which 304 leaves undefined. */
  async #send(url, request) {
    let answer, body;
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS);
      answer = await this.fetch(url, { credentials: "omit", signal, ...request });
      if (answer.status !== 304) body = await answer.json().catch((error) => unless(answer.ok, error));
    } catch (error) {
      throw new Unreachable(error);
    }
    if (answer.ok || answer.status === 304) return { etag: answer.headers.get("ETag"), body };
    throw new Problem(answer.status, body, Number(answer.headers.get("Retry-After")) || null);
  }
}

const authorized = (token) => (token ? { Authorization: `Booking ${token}` } : {});

/** A proxy's refusal is no JSON and still a refusal; a good answer that breaks off is none. */
const unless = (isOk, error) => {
  if (isOk) throw error;
};

/** Unguessable; `randomUUID` is there only on HTTPS and on the own machine. */
const newKey = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");

/** Whether nothing has been done, and nothing will be. */
const isFinal = (error) =>
  error instanceof Problem && error.status < 500 && error.code !== "idempotency_in_flight";
