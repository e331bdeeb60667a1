// The first page sets its first view in a font of those few characters. The whole font follows when that view is painted,
// so that neither waits for the other, and is put to use once it is there, so that the page is laid out once.

const root = document.documentElement;

if (root.dataset.font === "first") {
  const use = () => (root.dataset.font = "whole");
  const whole = () => document.fonts.load('1em "Wanted Sans Variable"').then(use, use);
  if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
    const painted = new PerformanceObserver(() => {
      painted.disconnect();
      whole();
    });
    painted.observe({ type: "paint", buffered: true });
  } else requestAnimationFrame(() => setTimeout(whole));
}
