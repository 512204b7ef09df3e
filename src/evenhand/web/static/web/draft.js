// Keeps what is typed in a form a moment after the typing stops. Without this the form works all the same.
const PAUSE = 2000
const form = document.querySelector("form[data-keep-draft]")
const told = form?.querySelector("[data-kept]")
let waiting = 0
let sending = false

async function keep() {
  if (sending) return
  const words = new FormData(form)
  words.set("act", "keep")
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST", body: new URLSearchParams(words), headers: { Accept: "application/json" }, redirect: "manual",
    })
    if (told && answer.status === 204) told.hidden = false
  } catch {
    // Not connected: the words are still on the page, and the next pause tries again.
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting)
  waiting = setTimeout(keep, PAUSE)
})
form?.addEventListener("submit", () => {
  sending = true
  clearTimeout(waiting)
})
