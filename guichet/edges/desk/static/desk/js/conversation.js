const FIELDS = "input:not([type=hidden], [type=radio]), textarea, select"

/**
 * Around a request's conversation. Shows the newest message when it opens, and guards what its reader is doing when news
 * comes in: an open menu or a field in use is not swapped away, and what was read counts as it was when writing began.
 * Where what the reader acts on is swapped away, the keys stay at its place.
 */
class DeskConversation extends HTMLElement {
  connectedCallback() {
    this.byNews = false
    document.addEventListener("htmx:beforeSwap", this.#arrived)
    document.addEventListener("htmx:oobBeforeSwap", this.#guard)
    document.addEventListener("htmx:oobAfterSwap", this.#swapped)
    this.messages = this.#count()
    this.#begin()
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:beforeSwap", this.#arrived)
    document.removeEventListener("htmx:oobBeforeSwap", this.#guard)
    document.removeEventListener("htmx:oobAfterSwap", this.#swapped)
  }

  #count() { return this.querySelectorAll(".message").length }

  /** A long last message is shown from its beginning; the pane itself starts at its end. */
  #begin() {
    if (location.hash) return
    const pane = this.querySelector(".conversation__scroll")
    const last = [...this.querySelectorAll(".message")].at(-1)
    if (pane && last && last.offsetHeight > pane.clientHeight) last.scrollIntoView({ block: "start" })
    if (document.activeElement?.closest(".dense, .others")) this.querySelector("[data-subject]")?.focus({ preventScroll: true })
  }

  #arrived = (event) => {
    this.byNews = event.detail.requestConfig?.elt?.matches("[data-refresh]") ?? false
  }

  #guard = (event) => {
    const { target } = event.detail
    if (target.contains(document.activeElement)) this.place = this.#placeOf(document.activeElement)
    if (!this.byNews) return
    if (target.matches("[data-read]")) event.detail.shouldSwap = !target.form?.elements.namedItem("body")?.value
    else if (this.#inUse(target)) event.detail.shouldSwap = false
  }

  #inUse(target) {
    // An answer to a form that was swapped away would find no place, and be lost: what is under way stays.
    if (target.querySelector("details[open], .htmx-request")) return true
    const field = document.activeElement
    return target.contains(field) && field.matches(FIELDS)
  }

  #placeOf(element) {
    const parts = [...document.querySelectorAll(".side")]
    return { ids: [element.id, element.closest("details")?.querySelector("summary").id], part: parts.indexOf(element.closest(".side")) }
  }

  /** The same thing again, else the menu it was in, the field of its part, or the subject. */
  #heirOf({ ids, part }) {
    return ids.filter(Boolean).map((id) => document.getElementById(id)).find((element) => element?.checkVisibility())
      ?? document.querySelectorAll(".side")[part]?.querySelector("input:not([type=hidden])")
      ?? this.querySelector("[data-subject]")
  }

  #swapped = () => {
    if (this.place && document.activeElement === document.body) this.#heirOf(this.place)?.focus({ preventScroll: true })
    this.place = undefined
    const messages = this.#count()
    if (messages > this.messages) this.querySelector(".conversation__scroll")?.scrollTo({ top: 0 })
    this.messages = messages
  }
}

customElements.define("desk-conversation", DeskConversation)
