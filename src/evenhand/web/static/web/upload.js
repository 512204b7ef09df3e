// Sending files: dropping them anywhere on the form, a bar while they go, and a word before one too large is sent.
const megabytes = (bytes) => Math.floor(bytes / 1048576);

function begin(form) {
  const bar = form.querySelector("[data-bar]");
  const say = (words) => {
    bar.hidden = false;
    bar.querySelector("[role=status]").textContent = words;
  };

  const tooLarge = () =>
    [...form.querySelectorAll("input[type=file]")]
      .flatMap((input) => [...input.files])
      .find((file) => file.size > Number(form.dataset.largest));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const large = tooLarge();
    if (large) {
      say(`‘${large.name}’ is larger than ${megabytes(form.dataset.largest)} MB. Choose a shorter or smaller one.`);
      return;
    }
    send(form, bar.querySelector("progress"), say);
  });
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) form.querySelector("#files").files = event.dataTransfer.files;
  });
}

function send(form, progress, say) {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    progress.value = Math.round((100 * loaded) / total);
    say(progress.value < 100 ? `${progress.value} % sent` : "Sent. It is being looked at.");
  });
  request.addEventListener("load", () => show(request, say));
  request.addEventListener("error", () => say("The line broke. Nothing is lost: send the files again."));
  request.open("POST", location.href);
  request.send(new FormData(form));
  say("0 % sent");
}

// A redirect was followed: go where it led. Otherwise the answer is this page again, with what was wrong.
function show(request, say) {
  if (request.status < 400) {
    location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = answer.querySelector("main");
  const form = main?.querySelector("form[data-upload]");
  if (!form) {
    say("This could not be sent. Load the page again, then try once more.");
    return;
  }
  document.title = answer.title;
  document.querySelector("main").replaceWith(main);
  begin(form);
  const summary = main.querySelector(".govuk-error-summary");
  summary.tabIndex = -1;
  summary.focus();
}

const form = document.querySelector("form[data-upload]");
if (form) begin(form);
