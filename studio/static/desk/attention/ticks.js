// One more tick over each group, for all of its bookings.

for (const form of document.querySelectorAll(".attention-many")) {
  const boxes = [...form.elements].filter((field) => field.name === "booking");
  const ticked = form.querySelector("[name=ticked]");
  if (!ticked) continue;
  const show = () => {
    ticked.disabled = !boxes.some((box) => box.checked);
  };
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
