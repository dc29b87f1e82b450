// The end: what is booked, when and where, and how to come back to it.

import { button, h, heading } from "./dom.js";

export function bookedStep(stage) {
  const { visit } = stage;
  const { booking } = visit;
  const name = booking.status === "pending_review" ? "received" : "confirmed";
  return {
    elements: [
      heading(stage.say(name)),
      h("p", { class: "lead" }, stage.say(visit.isAsked ? "askedLead" : `${name}Lead`)),
      visit.isAsked && questions(stage, booking),
      h(
        "div",
        { class: "summary", part: "summary" },
        h("h3", null, stage.say("bookingCalled", booking)),
        bookingFacts(stage, booking),
        h("p", { class: "hint" }, freeUntil(stage, booking)),
      ),
      h("p", null, h("a", { href: booking.calendar_url, part: "link", class: "button" }, stage.say("calendar"))),
      h("p", null, stage.link(booking.manage_url, stage.say("manage"))),
      h("p", { class: "hint" }, stage.say("keepLink")),
      button("quiet", stage.again, stage.say("another")),
    ],
  };
}

/** The way to the questions that are still open, on the studio's own page. */
function questions(stage, booking) {
  const link = stage.link(`${booking.manage_url}answers/`, stage.say("answer"));
  link.classList.add("button", "primary");
  return h("p", null, link);
}

/** Session, time, place, therapist and price of what is held or booked. */
export function bookingFacts(stage, booking) {
  const { visit, language } = stage;
  const { place, sessionTypes } = visit;
  const sessionType = sessionTypes.find(({ slug }) => slug === booking.session_type);
  const moment = language.moment(booking.starts_at, place.timezone, "short");
  const studioTime = stage.say("studioTime", { city: language.city(place.timezone) });
  const own = language.ownTime(booking.starts_at);
  const rows = [
    ["session", sessionType.name],
    ["moment", moment, studioTime, own && stage.say("yours", { time: own })],
    ["place", place.name, place.address],
    ["therapist", visit.therapistName(booking.therapist)],
    ["price", language.price(booking.price)],
  ];
  const row = ([name, value, ...hints]) => {
    const small = hints.filter(Boolean).map((hint) => h("small", null, hint));
    return h("div", null, h("dt", null, stage.say(name)), h("dd", null, value, small));
  };
  return h("dl", { part: "facts" }, rows.map(row));
}

/** Until when it can be cancelled free of charge; of a session that is soon, that this is over at once. */
export function freeUntil(stage, { cancellable_until: deadline }) {
  if (!deadline || new Date(deadline) < Date.now()) return stage.say("soon");
  return stage.say("free", { moment: stage.language.moment(deadline, stage.visit.place.timezone) });
}
