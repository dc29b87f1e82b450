// The step of choosing with whom and when. A time that is chosen is held.

import { dateOf } from "../booking/words.js";
import { calendar, times } from "./calendar.js";
import { facts } from "./choosing.js";
import { button, h, heading } from "./dom.js";

export async function timeStep(stage) {
  const { visit, language } = stage;
  const { place, sessionType, wanted } = visit;
  const area = h("div", { class: "choose-time" });

  const draw = () => {
    const isOpen = visit.month.times.length > 0;
    const shown = isOpen ? times(stage, take) : nothingFree(stage, (day) => open({ day }, ".chosen-day"));
    area.replaceChildren(calendar(stage, { turn, choose }), shown);
  };
  const show = async (asked) => {
    await visit.openMonth(asked);
    draw();
  };
  /** Show other dates, and put the focus where they begin. */
  const open = (asked, ...places) =>
    stage.attempt(async () => {
      await show(asked);
      places.map((place) => area.querySelector(place)).find(Boolean)?.focus();
      stage.announce(inShort(stage));
    });
  const turn = (first, kind) => open({ month: first.slice(0, 7) }, `.${kind} button`, ".month");
  const choose = (date) => {
    Object.assign(visit.month, { chosen: date, times: visit.month.open[date] });
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
          await show({ day: dateOf(startsAt) }).catch(() => {}); // what is shown is out of date
          throw error;
        }
      }
      await stage.go("details");
    });
  const choosePerson = async ({ target }) => {
    const therapist = target.value || null;
    const showPerson = () => (target.value = visit.therapist ?? "");
    await stage.attempt(async () => {
      await visit.choosePerson(therapist);
      draw();
      showPerson();
      stage.announce(inShort(stage));
    });
    showPerson();
  };

  const day = visit.held ? dateOf(visit.held.starts_at) : visit.month?.chosen;
  await show(day && visit.reach.touches(day) ? { day } : {});
  const shape = [
    language.length(sessionType.duration_minutes, "minute"),
    language.price(sessionType.price),
    place.name,
  ];
  return {
    elements: [
      !wanted.sessionType && button("back", () => stage.attempt(() => stage.go("session")), stage.say("otherSession")),
      heading(stage.say("when")),
      facts(sessionType.name, ...shape),
      visit.held && goOn(stage),
      !wanted.therapist && whom(stage, choosePerson),
      area,
    ],
  };
}

/** What is shown, for who does not see it. */
function inShort(stage) {
  const { language, visit } = stage;
  const month = language.month(visit.month.first);
  return visit.month.times.length ? month : stage.say("nothingFree", { month });
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

/** What to do about a day or a month without a place. */
function nothingFree(stage, go) {
  const { visit, language } = stage;
  const { place, reach, month } = visit;
  const { chosen, first, nextFree } = month;
  const words = chosen
    ? stage.say("nothingFreeThen", { day: language.day(chosen) })
    : stage.say("nothingFree", { month: language.month(first) });
  const next = () =>
    button("next", () => go(dateOf(nextFree)), stage.say("nextFree", { moment: language.moment(nextFree, place.timezone) }));
  const none = () => h("p", null, stage.say("nothingAhead", { day: language.day(reach.horizon), phone: place.phone }));
  return h("div", { class: "times", part: "times" }, h("p", null, words), nextFree ? next() : none());
}
