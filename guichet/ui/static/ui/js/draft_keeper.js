import { language } from "./words.js"

const PAUSE = 800
const RETRY = 5000

/**
 * Around a form: keeps what is typed. A copy goes to sessionStorage at every keystroke and to the server (PUT data-url)
 * after a pause; the copy is dropped only when the server has confirmed the very same text, or when the form was sent
 * and another page came back. Returning to the form by the back button brings the text of a failed sending back.
 * data-url; data-owner, since people share tabs; data-fields="subject description"; data-attachments: ids of a draft's files
 * that the page does not show; words: data-saved, data-waiting; a [data-draft-note] inside shows them.
 */
class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    if (!this.form) return
    this.#restore()
    this.form.addEventListener("input", this.#typed)
    addEventListener("submit", this.#submitted)
    this.form.addEventListener("htmx:afterRequest", this.#answered)
    addEventListener("online", this.#send)
    addEventListener("pagehide", this.#leave)
  }

  disconnectedCallback() {
    this.form?.removeEventListener("input", this.#typed)
    removeEventListener("submit", this.#submitted)
    this.form?.removeEventListener("htmx:afterRequest", this.#answered)
    removeEventListener("online", this.#send)
    removeEventListener("pagehide", this.#leave)
    clearTimeout(this.timer)
    if (this.form) this.#leave()
  }

  get #key() { return `draft:${this.dataset.owner ?? ""}:${this.dataset.url}` }

  get #clientKey() { return this.form.elements.namedItem("client_key") }

  get #unsaved() {
    const kept = read(this.#key)
    return kept !== null && !kept.sent
  }

  get #values() {
    const data = new FormData(this.form)
    return Object.fromEntries(this.dataset.fields.split(" ").map((name) => [name, String(data.get(name) ?? "")]))
  }

  #restore() {
    if (this.dataset.attachments) this.#put("attachments", this.dataset.attachments)
    delete this.dataset.attachments // what is taken off stays off, wherever this element is put
    const kept = read(this.#key)
    if (!kept) return
    // The same words again are the answer to a sending that was refused: nobody else has them yet.
    if (kept.sent && !returning()) return same(kept.values, this.#values) ? this.#typed() : forget(this.#key)
    for (const [name, text] of Object.entries(kept.values)) this.#put(name, text)
    // What may have been sent already is sent again under its first key: the server knows it by that.
    if (kept.sentAs && this.#clientKey) this.#clientKey.value = kept.sentAs
    this.#wait(0)
  }

  #put(name, text) {
    const field = this.form.elements.namedItem(name)
    if (!field || field.value === text) return
    field.value = text
    if (field instanceof Element) field.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #typed = () => {
    write(this.#key, { values: this.#values })
    this.#wait(PAUSE)
  }

  // The form itself now carries the text, and the server removes the draft when it accepts it: a late PUT would revive it.
  #submitted = (event) => {
    // htmx prevents every submit; anybody else who does has stopped it.
    if (event.target !== this.form || (event.defaultPrevented && !this.form.matches("[hx-post]"))) return
    clearTimeout(this.timer)
    this.sending?.abort()
    const { pathname } = new URL(event.submitter?.formAction || this.form.action)
    write(this.#key, { values: this.#values, sent: true, to: pathname, sentAs: this.#clientKey?.value })
  }

  #answered = (event) => {
    if (event.target !== this.form) return
    event.detail.successful ? forget(this.#key) : this.#typed()
  }

  #wait(pause) {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.#send, pause)
  }

  #send = async () => {
    const values = this.#values
    if (!this.#unsaved) return
    try {
      this.sending = new AbortController()
      const answer = await fetch(this.dataset.url, { ...this.#request(values), signal: this.sending.signal })
      if (!answer.ok) throw new Error(String(answer.status))
      if (!same(values, this.#values)) return
      forget(this.#key)
      this.#say(this.dataset.saved)
    } catch {
      if (!this.#unsaved) return
      this.#say(this.dataset.waiting)
      this.#wait(RETRY)
    }
  }

  #leave = () => {
    if (this.#unsaved) fetch(this.dataset.url, { ...this.#request(this.#values), keepalive: true }).catch(() => {})
  }

  #request(values) {
    const token = this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? ""
    return {
      method: "PUT", credentials: "same-origin", body: JSON.stringify(values),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    }
  }

  #say(words) {
    const place = this.querySelector("[data-draft-note]")
    if (!place || !words) return
    const hour = new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" }).format(new Date())
    place.textContent = words.replace("{time}", hour)
  }
}

// A form that comes into a page already loaded is the answer to the sending, not a return to it.
const returning = () =>
  document.readyState !== "complete" && performance.getEntriesByType("navigation")[0]?.type === "back_forward"

const same = (some, others) => JSON.stringify(some) === JSON.stringify(others)

// Storage can be full or forbidden: the server's copy is then the only one.
const read = (key) => { try { return JSON.parse(sessionStorage.getItem(key)) } catch { return null } }
const write = (key, values) => { try { sessionStorage.setItem(key, JSON.stringify(values)) } catch { /* server only */ } }
const forget = (key) => { try { sessionStorage.removeItem(key) } catch { /* server only */ } }

customElements.define("draft-keeper", DraftKeeper)
