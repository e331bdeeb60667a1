// The first page sets its first view in a font of those few characters. The whole font follows when that view is painted,
// so that neither waits for the other, and is put to use once it is there: a part of the page in each frame, so that no
// frame is late.

const root = document.documentElement;

async function use() {
  const parts = [...document.querySelectorAll(".prose > *, main > *, .site-footer"), root];
  const rest = () => parts.splice(0).forEach((part) => (part.dataset.font = "whole"));
  // Whoever scrolls sees all of it in its place at once.
  if (scrollY > 0) rest();
  addEventListener("scroll", rest, { once: true });
  addEventListener("beforeprint", rest, { once: true });
  while (parts.length > 0) {
    parts.shift().dataset.font = "whole";
    await new Promise(requestAnimationFrame);
  }
}

if (root.dataset.font === "first") {
  const whole = () => document.fonts.load('1em "Wanted Sans Variable"').then(use, use);
  if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
    const painted = new PerformanceObserver(() => {
      painted.disconnect();
      whole();
    });
    painted.observe({ type: "paint", buffered: true });
  } else requestAnimationFrame(() => setTimeout(whole));
}
