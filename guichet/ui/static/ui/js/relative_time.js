import { language } from "./words.js"

const MINUTE = 60
// The same units and the same rounding as the server's words, so that a first refresh changes nothing.
const UNITS = [["day", 86400], ["hour", 3600], ["minute", MINUTE]]
const RECENT = 7 * 86400
const ROUND_UP = 0.85

const shown = new Set()
let clock

/** Keeps the words of the <time> inside fresh. data-form: long ("3 hours ago") | narrow ("3 hr", without direction). */
class RelativeTime extends HTMLElement {
  connectedCallback() {
    shown.add(this)
    clock ??= setInterval(() => shown.forEach((element) => element.refresh()), MINUTE * 1000)
  }

  disconnectedCallback() {
    shown.delete(this)
    if (shown.size === 0) clock = clearInterval(clock)
  }

  refresh() {
    const time = this.querySelector("time")
    const seconds = (Date.parse(time?.dateTime) - Date.now()) / 1000
    const far = Math.abs(seconds)
    if (!time || !(far >= MINUTE && far < RECENT)) return
    const [unit, size] = UNITS.find(([, size]) => far / size >= ROUND_UP)
    const amount = Math.sign(seconds) * Math.max(1, Math.round(far / size))
    time.textContent = this.dataset.form === "narrow" ? narrow(amount, unit) : long(amount, unit)
  }
}

const long = (amount, unit) => new Intl.RelativeTimeFormat(language()).format(amount, unit)
const narrow = (amount, unit) =>
  new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay: "short" }).format(Math.abs(amount))

customElements.define("relative-time", RelativeTime)
