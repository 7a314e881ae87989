// The server draws a picture of each image, few at a time, and leaves out those that come while it is busy with as many.
const MOST = 2
const waiting = new Set()
let running = 0

/**
 * Send one file as the body of a POST. Returns {done, abort}: `done` resolves to the file's id, or rejects with the words of
 * the server (empty where there are none). fetch() cannot tell progress, so this is XMLHttpRequest.
 */
export function upload(file, name, { url, token, progress }) {
  const request = new XMLHttpRequest()
  const done = new Promise((resolve, reject) => {
    request.open("POST", `${url}?name=${encodeURIComponent(name)}`)
    request.setRequestHeader("X-CSRFToken", token)
    request.setRequestHeader("Content-Type", "application/octet-stream")
    request.setRequestHeader("Accept", "application/json")
    request.responseType = "json"
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress(event.loaded / event.total) })
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(request.response.id)
      else reject(request.response?.sentence ?? "")
    })
    request.addEventListener("error", () => reject(""))
  })
  const start = () => request.send(file)
  request.addEventListener("loadend", () => { running--; next() })
  waiting.add(start)
  next()
  return { done, abort: () => waiting.delete(start) || request.abort() }
}

const next = () => {
  for (const start of waiting) {
    if (running >= MOST) return
    waiting.delete(start)
    running++
    start()
  }
}
