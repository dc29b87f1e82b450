// The last step before the booking: what is held and for how long, and who comes.

import { clockOf, countDown } from "../booking/ticking.js";
import { bookingFacts, freeUntil } from "./booked.js";
import { button, h, heading } from "./dom.js";

const PRESSURES = ["light", "medium", "firm"];
const LIMITS = { name: 200, email: 254, phone: 40, notes: 1000 };
const TOLD_AT_SECONDS = [120, 60];
const MOST_SECONDS = 3600;

export function detailsStep(stage) {
  const { visit, language } = stage;
  const { held, place, typed } = visit;
  const time = language.time(held.held_until, place.timezone);
  const left = h("span", { part: "countdown", role: "timer" });
  const until = h("p", null, stage.say("heldUntil", { time }), " ", left);
  const over = h("p", { class: "notice warning waiting" }, stage.say("ranOut"));
  const form = h(
    "form",
    {
      novalidate: true,
      part: "form",
      oninput: ({ target }) => (typed[target.name] = target.value),
      onsubmit: (event) => {
        event.preventDefault();
        send(stage, form);
      },
    },
    field(stage, "name", h("input", { autocomplete: "name", required: true })),
    field(stage, "email", h("input", { type: "email", autocomplete: "email", required: true }), "emailHint"),
    field(stage, "phone", h("input", { type: "tel", autocomplete: "tel" }), "phoneHint"),
    pressure(stage),
    field(stage, "notes", h("textarea", { rows: 3 }), "notesHint"),
    h(
      "p",
      null,
      language.build("legal", {
        terms: stage.link("/terms/", stage.say("terms")),
        privacy: stage.link("/privacy/", stage.say("privacy")),
      }),
    ),
    h("p", null, h("button", { part: "button", class: "primary" }, stage.say("bookIt"))),
    h("p", { class: "hint" }, stage.say("payThere")),
  );
  const summary = h(
    "div",
    { class: "summary", part: "summary" },
    h("h3", null, stage.say("yourSession")),
    bookingFacts(stage, held),
    h("div", { class: "hold" }, until, over),
    h("p", { class: "hint" }, freeUntil(stage, held)),
    button("quiet", () => stage.attempt(() => stage.go("time")), stage.say("otherTime")),
  );
  const leave = countHold(stage, { left, until, over });
  return { elements: [heading(stage.say("stepDetails")), h("div", { class: "details" }, summary, form)], leave };
}

/**
 * Show how long the time is held, and stop when told to.
 *
 * A visitor's clock that is far off the studio's shows no countdown: the studio's own time stands there.
 */
function countHold(stage, { left, until, over }) {
  const end = new Date(stage.visit.held.held_until).getTime();
  const secondsLeft = () => (end - Date.now()) / 1000;
  if (secondsLeft() <= 0 || secondsLeft() > MOST_SECONDS) return null;
  return countDown(secondsLeft, {
    moments: TOLD_AT_SECONDS,
    show(seconds) {
      left.textContent = stage.say("left", { left: clockOf(seconds) });
    },
    say(seconds) {
      stage.announce(stage.say("runsOut", { left: stage.language.length(seconds / 60, "minute") }));
    },
    end() {
      until.classList.add("waiting");
      over.classList.remove("waiting");
      stage.announce(stage.say("ranOut"));
    },
  });
}

/** Book it. What does not fit is told at its field, by ourselves or by the studio. */
async function send(stage, form) {
  const { visit, language } = stage;
  const wrong = ["name", "email"].filter((name) => !form.elements[name].validity.valid);
  mark(stage, form, wrong);
  if (wrong.length) return;
  const { name, email, phone, pressure: firmness, notes } = Object.fromEntries(new FormData(form));
  const client = { name: name.trim(), email: email.trim(), phone: phone.trim(), language: language.code };
  await stage.attempt(async () => {
    stage.announce(stage.say("booking"));
    try {
      await visit.book({ client, pressure: firmness, notes });
    } catch (error) {
      const fields = (error.errors ?? []).map(({ field: path }) => path.replace("client.", ""));
      const known = fields.filter((each) => each in LIMITS);
      if (!known.length) throw error;
      mark(stage, form, known, error.errors);
      return;
    }
    await stage.go("booked");
    const { reference, starts_at } = visit.booking;
    const options = { bubbles: true, composed: true, detail: { reference, starts_at } };
    stage.element.dispatchEvent(new CustomEvent("ashiatsu-booked", options));
  });
}

/** Say at each field what is wrong with it, and go to the first. */
function mark(stage, form, wrong, errors = []) {
  for (const input of form.querySelectorAll("[part=input]")) {
    const isWrong = wrong.includes(input.name);
    // What there are no words for here is told as the studio tells it.
    const told = errors.find(({ field: path }) => path === input.name)?.detail;
    const words = isWrong ? (told ?? stage.say(`${input.name}Wrong`)) : "";
    form.querySelector(`#${input.name}-error`).textContent = words;
    input.ariaInvalid = isWrong ? "true" : null;
  }
  if (!wrong.length) return;
  stage.announce(stage.say("mistakes", { count: wrong.length }));
  form.elements[wrong[0]].focus();
}

function field(stage, name, input, hint) {
  const { typed } = stage.visit;
  const describing = `${name}-error${hint ? ` ${name}-hint` : ""}`;
  for (const [key, value] of Object.entries({ name, id: name, maxlength: LIMITS[name], "aria-describedby": describing }))
    input.setAttribute(key, value);
  input.setAttribute("part", "input");
  input.value = typed[name] ?? "";
  return h(
    "div",
    { class: "field", part: "field" },
    h("label", { for: name }, stage.say(name)),
    hint && h("p", { class: "hint", id: `${name}-hint` }, stage.say(hint)),
    h("p", { class: "error", part: "error", id: `${name}-error` }),
    input,
  );
}

function pressure(stage) {
  const { typed } = stage.visit;
  const choices = PRESSURES.map((value) =>
    h(
      "label",
      null,
      h("input", { type: "radio", name: "pressure", value, checked: value === (typed.pressure ?? "medium") }),
      stage.say(value),
    ),
  );
  return h(
    "fieldset",
    { class: "field", part: "field", "aria-describedby": "pressure-hint" },
    h("legend", null, stage.say("pressure")),
    h("p", { class: "hint", id: "pressure-hint" }, stage.say("pressureHint")),
    h("div", { class: "choices" }, choices),
  );
}
