/**
 * On a page that says that a form was not taken: what a <draft-keeper> holds as sent to this address is unsent again. It
 * stands in its form when its owner comes back to it, after signing in too.
 */
class DraftRescue extends HTMLElement {
  connectedCallback() {
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft:")) rescue(key)
    } catch { /* storage is forbidden: nothing is held there */ }
  }
}

const rescue = (key) => {
  const { sent, to, ...kept } = JSON.parse(sessionStorage.getItem(key))
  if (sent && to === location.pathname) sessionStorage.setItem(key, JSON.stringify(kept))
}

customElements.define("draft-rescue", DraftRescue)
