// On a phone, the schedule of one room: `?track=b`. Its link, followed again, leads back to all of them.
{
  const track = new URLSearchParams(location.search).get("track")?.toLowerCase();
  for (const link of document.querySelectorAll(".tracks__link")) {
    if (link.search.slice("?track=".length) !== track) continue;
    link.href = location.pathname;
    link.setAttribute("aria-current", "true");
    for (const session of document.querySelectorAll(".session[data-track]")) {
      const isOff = session.dataset.track !== track;
      session.closest("td, li").toggleAttribute("data-off", isOff);
    }
  }
}
