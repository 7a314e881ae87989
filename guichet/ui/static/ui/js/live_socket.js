const LONGEST_WAIT = 20_000
const TYPING_EVERY = 3_000
const POLL_EVERY = 15_000

/** One WebSocket for the page, shared by every <live-topics>. Comes back after a jittered pause; polls while it is away. */
export class LiveSocket {
  static #one
  static shared() { return (this.#one ??= new LiveSocket()) }

  members = new Map()
  tries = 0
  said = 0

  join(member, topics, present) {
    this.members.set(member, { topics, present })
    this.#open()
    this.#listen()
  }

  leave(member) {
    this.members.delete(member)
    this.#listen()
  }

  typing(topic) {
    if (Date.now() - this.said < TYPING_EVERY) return
    this.said = Date.now()
    this.#send({ typing: topic })
  }

  #open() {
    if (this.socket) return
    const url = new URL("/live/", location.href)
    url.protocol = url.protocol.replace("http", "ws")
    this.socket = new WebSocket(url)
    this.socket.addEventListener("open", () => this.#opened())
    this.socket.addEventListener("message", (event) => this.#heard(JSON.parse(event.data)))
    this.socket.addEventListener("close", () => this.#closed())
  }

  #opened() {
    const again = this.tries > 0
    this.tries = 0
    clearInterval(this.polling)
    this.polling = undefined
    this.#listen()
    if (again) this.#catchUp()
  }

  #heard(frame) {
    for (const [member, { topics, present }] of this.members)
      if (topics.includes(frame.topic) || present === frame.topic) member.hear(frame)
  }

  #closed() {
    this.socket = undefined
    if (this.members.size === 0) return
    this.polling ??= setInterval(() => this.#catchUp(), POLL_EVERY)
    const wait = Math.random() * Math.min(LONGEST_WAIT, 1000 * 2 ** this.tries++)
    setTimeout(() => this.members.size && this.#open(), wait)
  }

  #catchUp() {
    for (const member of this.members.keys()) member.catchUp()
  }

  #listen() {
    const all = [...this.members.values()]
    const topics = [...new Set(all.flatMap((one) => one.topics))]
    this.#send({ listen: topics, present: all.find((one) => one.present)?.present ?? null })
  }

  #send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame))
  }
}
