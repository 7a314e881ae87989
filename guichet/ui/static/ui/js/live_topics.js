import { LiveSocket } from "./live_socket.js"

/**
 * Listens to topics: <live-topics data-topics="desk ticket-42" data-present="desk-ticket-42">. For each piece of news it
 * dispatches `live:<topic>` on the body, where fragments re-read themselves (hx-trigger="live:desk from:body"); the wire
 * never carries content. With data-present, tells others on that topic that one is here, or typing in a [data-typing] field,
 * and dispatches `live:presence` with {names, typing}.
 */
class LiveTopics extends HTMLElement {
  connectedCallback() {
    this.topics = (this.dataset.topics ?? "").split(" ").filter(Boolean)
    this.socket = LiveSocket.shared()
    this.socket.join(this, this.topics, this.dataset.present)
    if (this.dataset.present) addEventListener("input", this.#typed)
  }

  disconnectedCallback() {
    this.socket.leave(this)
    removeEventListener("input", this.#typed)
  }

  hear(frame) {
    if (frame.what === "presence") this.#tell("live:presence", { names: frame.names, typing: frame.typing })
    else this.#tell(`live:${frame.topic}`)
  }

  // After a gap nobody knows what was missed: everything is read again.
  catchUp() {
    for (const topic of this.topics) this.#tell(`live:${topic}`)
  }

  #tell(name, detail = {}) {
    document.body.dispatchEvent(new CustomEvent(name, { detail }))
  }

  #typed = (event) => {
    if (event.target.matches?.("[data-typing]")) this.socket.typing(this.dataset.present)
  }
}

customElements.define("live-topics", LiveTopics)
