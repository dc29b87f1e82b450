// The first steps: a place, where there are several, and a session.

import { button, h, heading } from "./dom.js";

export function placeStep(stage) {
  const { visit } = stage;
  const choose = (place) =>
    stage.attempt(async () => {
      await visit.choosePlace(place);
      await stage.go(visit.sessionType ? "time" : "session");
    });
  const cards = visit.places.map((place) =>
    card(stage, place.name, () => choose(place), h("p", null, place.address)),
  );
  return { elements: [heading(stage.say("where")), list(cards)] };
}

export function sessionStep(stage) {
  const { visit, language } = stage;
  const choose = (sessionType) =>
    stage.attempt(async () => {
      await visit.chooseSession(sessionType);
      await stage.go("time");
    });
  const cards = visit.sessionTypes.map((sessionType) =>
    card(
      stage,
      sessionType.name,
      () => choose(sessionType),
      facts(language.length(sessionType.duration_minutes, "minute"), language.price(sessionType.price)),
      sessionType.summary && h("p", null, sessionType.summary),
    ),
  );
  const asksPlace = visit.places.length > 1 && !visit.wanted.location;
  return {
    elements: [
      asksPlace && button("back", () => stage.attempt(() => stage.go("place")), stage.say("otherPlace")),
      heading(stage.say("whichSession")),
      cards.length ? list(cards) : h("p", null, stage.say("nothingOffered", visit.place)),
    ],
  };
}

/** Short facts in one line. */
export const facts = (...each) => h("p", { class: "facts", part: "facts" }, each.map((fact) => h("span", null, fact)));

const list = (cards) => h("ul", { class: "cards" }, cards);

const card = (stage, name, choose, ...about) =>
  h("li", { class: "card", part: "card" }, h("h3", null, button("choice", choose, name)), about);
