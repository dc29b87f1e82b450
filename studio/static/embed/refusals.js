// What the studio refuses, in words for the visitor and with what can be done about it.

import { Problem, Unreachable } from "../booking/api.js";
import { ownTime } from "./calendar.js";
import { button, h, notice } from "./dom.js";

/** The notice about an error; `again` does the same once more. */
export function refusal(error, stage, again) {
  if (!(error instanceof Problem || error instanceof Unreachable)) console.error(error);
  switch (error.code) {
    case "slot_unavailable":
    case "hold_expired":
      return lost(error, stage);
    case "not_online":
      return notice("warning", h("p", null, stage.say("call", stage.visit.place)));
    case "throttled":
    case "unavailable":
      return notice("warning", h("p", null, later(error, stage)), retry(stage, again));
  }
  const words = error instanceof Unreachable ? "unreachable" : "failed";
  return notice("warning", h("p", null, stage.say(words)), h("p", null, stage.onSite), retry(stage, again));
}

/** A time that others were quicker to take, and the nearest that are free. */
function lost({ alternatives }, stage) {
  const { visit, language } = stage;
  const take = (startsAt) =>
    stage.attempt(async () => {
      await visit.hold(startsAt);
      await stage.go("details");
    });
  const choices = alternatives.map(({ starts_at: startsAt }) =>
    button("slot", () => take(startsAt), language.moment(startsAt, visit.place.timezone, "short"), ownTime(stage, startsAt)),
  );
  return notice(
    "warning",
    h("h2", null, stage.say("lost")),
    h("p", null, stage.say(choices.length ? "nearest" : "noneNear")),
    choices.length > 0 && h("div", { class: "slots wide" }, choices),
  );
}

const retry = (stage, again) => button("quiet", again, stage.say("again"));

function later({ code, retryAfter }, stage) {
  const [number, unit] = retryAfter > 90 ? [Math.ceil(retryAfter / 60), "minute"] : [retryAfter ?? 5, "second"];
  return stage.say(code === "throttled" ? "tooOften" : "busy", { wait: stage.language.length(number, unit) });
}
