// The step of choosing with whom and when. A time that is chosen is held.

import { calendar, times } from "./calendar.js";
import { facts } from "./choosing.js";
import { button, h, heading } from "./dom.js";

export async function timeStep(stage) {
  const { visit, language } = stage;
  const { place, sessionType, held } = visit;
  const area = h("div", { class: "choose-time" });
  let day = held?.starts_at.slice(0, 10);

  const firstOpen = () => visit.month.days.find(({ slots }) => slots.length)?.date;
  const draw = () => {
    const slots = visit.month.days.find(({ date }) => date === day)?.slots ?? [];
    if (!slots.length) day = firstOpen();
    const shown = day ? visit.month.days.find(({ date }) => date === day).slots : [];
    area.replaceChildren(
      calendar(stage, { day, turn, choose }),
      day ? times(stage, { day, slots: shown, take }) : nothingFree(stage, (date) => turn(date)),
    );
  };
  const open = async (date) => {
    await visit.openMonth(date);
    draw();
  };

  const turn = (date, kind) =>
    stage.attempt(async () => {
      day = date;
      await open(date);
      const again = kind && area.querySelector(`.${kind} button`);
      (again ?? area.querySelector(kind ? ".month" : ".chosen-day")).focus();
      stage.announce(day ? language.month(visit.month.from) : stage.say("nothingFree", { month: language.month(visit.month.from) }));
    });
  const choose = (date) => {
    day = date;
    draw();
    area.querySelector(".chosen-day").focus();
  };
  const take = (startsAt) =>
    stage.attempt(async () => {
      if (startsAt !== visit.held?.starts_at) {
        stage.announce(stage.say("holding", { moment: language.moment(startsAt, place.timezone) }));
        try {
          await visit.hold(startsAt);
        } catch (error) {
          await open(visit.month.from).catch(() => {}); // what is shown is out of date
          throw error;
        }
      }
      await stage.go("details");
    });
  const choosePerson = ({ target }) =>
    stage.attempt(async () => {
      visit.therapist = target.value || null;
      await open(day);
      stage.announce(language.month(visit.month.from));
    });

  await open(day ?? visit.month?.from ?? null);
  return {
    elements: [
      !visit.wanted.sessionType &&
        button("back", () => stage.attempt(() => stage.go("session")), stage.say("otherSession")),
      heading(stage.say("when")),
      facts(
        sessionType.name,
        language.length(sessionType.duration_minutes, "minute"),
        language.price(sessionType.price),
        place.name,
      ),
      held && goOn(stage),
      !visit.wanted.therapist && whom(stage, choosePerson),
      area,
    ],
  };
}

/** The way back to the time that is held already. */
function goOn(stage) {
  const { held, place } = stage.visit;
  const words = stage.say("goOn", { moment: stage.language.moment(held.starts_at, place.timezone) });
  return h("p", null, button("quiet", () => stage.attempt(() => stage.go("details")), words));
}

function whom(stage, onchange) {
  const { visit } = stage;
  const option = ({ slug, name }) => h("option", { value: slug, selected: slug === visit.therapist }, name);
  return h(
    "p",
    { class: "field", part: "field" },
    h("label", { for: "whom" }, stage.say("whom")),
    h("select", { id: "whom", onchange }, option({ slug: "", name: stage.say("anyone") }), visit.therapists.map(option)),
  );
}

/** What to do about a month without a place. */
function nothingFree(stage, turn) {
  const { visit, language } = stage;
  const { month, place, reach } = visit;
  const next = month.next_available;
  return h(
    "div",
    { class: "times", part: "times" },
    h("p", null, stage.say("nothingFree", { month: language.month(month.from) })),
    next
      ? button("next", () => turn(next.slice(0, 10)), stage.say("nextFree", { moment: language.moment(next, place.timezone) }))
      : h("p", null, stage.say("nothingAhead", { day: language.day(reach.horizon), phone: place.phone })),
  );
}
