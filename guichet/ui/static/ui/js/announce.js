/** Say something to screen readers without moving anything on the page. */
export function announce(words) {
  const place = document.getElementById("announcer")
  if (!place) return
  place.textContent = ""
  requestAnimationFrame(() => { place.textContent = words })
}
