// The visitor's own clock beside the studio's.

/** Its time zone, as people read it. */
export const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ");

/**
 * An instant on this device's clock, and whether that shows another day than the studio's; null where both clocks
 * show the same. It is written with the studio's offset, as 2026-08-05T10:00:00-06:00, so that no other zone is needed.
 */
export function ownClock(iso) {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime()) || offsetOf(iso) === -instant.getTimezoneOffset()) return null;
  const studioDay = new Date(`${iso.slice(0, 19)}Z`).getUTCDay();
  return { instant, isOtherDay: instant.getDay() !== studioDay };
}

/** Minutes that the clocks of an instant's offset are ahead of UTC. */
function offsetOf(iso) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? [null, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
