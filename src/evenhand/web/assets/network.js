// Where the network is gone nothing typed is lost: the page stays, says so, and sends again at a tap. Without this
// script the browser does as it always does.
//
// A copy of what could not be sent is kept in this tab alone, for its author alone, and only until it is sent: it is
// wiped when somebody signs out or somebody else signs in, and the browser wipes it with the tab.

import { draftKept } from './draft.js';

const COPY = 'evenhand-unsent';
const ANSWERS_WITHIN = 8000; // milliseconds
const author = document.body.dataset.author ?? '';
const here = location.pathname + location.search;
const gone = document.getElementById('network-gone');
const state = new WeakMap(); // form -> what goes on with it

export function watchNetwork() {
  wipeOthers();
  if (!gone || !HTMLFormElement.prototype.requestSubmit) return;
  for (const form of document.querySelectorAll('main form[method=post]')) {
    state.set(form, {});
    form.addEventListener('submit', (event) => send(event, form));
  }
  fillIn(document.getElementById('form'));
}

// --- sending

// A phone often has a signal and no network: forms that are filled in on the way ask whether anybody answers first.

async function send(event, form) {
  const now = state.get(form);
  if (now.goes) return; // the second time round: the browser sends it
  if (navigator.onLine && !('onTheWay' in form.dataset)) return sessionStorage.removeItem(COPY);
  event.preventDefault();
  if (now.asks) return;
  now.asks = true;
  const there = (await draftKept(), await isThere());
  now.asks = false;
  if (!there) return say(form, event.submitter);
  sessionStorage.removeItem(COPY);
  now.goes = true;
  form.requestSubmit(event.submitter);
}

async function isThere() {
  if (!navigator.onLine) return false;
  try {
    await fetch('/health/', { cache: 'no-store', signal: AbortSignal.timeout(ANSWERS_WITHIN) });
    return true;
  } catch {
    return false;
  }
}

// Says that nothing was sent, above the form's buttons, where the thumb is; the button there sends it again.
function say(form, submitter) {
  const now = state.get(form);
  copy(form);
  now.says?.remove();
  now.says = gone.content.firstElementChild.cloneNode(true);
  now.says.querySelector('button').addEventListener('click', () => form.requestSubmit(submitter));
  (form.querySelector('.govuk-button-group') ?? form).before(now.says);
  now.says.focus();
  if (!now.copies) form.addEventListener('input', () => copy(form));
  now.copies = true;
}

// --- the copy of what could not be sent

function typedIn(form) {
  const seen = [...form.elements].filter((one) => one.name && one.type !== 'hidden' && one.type !== 'file');
  return seen.filter((one) => one.tagName !== 'BUTTON');
}

function copy(form) {
  if (form.id !== 'form' || !author) return;
  const fields = typedIn(form).map((one) => [one.name, one.value, one.checked ?? false]);
  sessionStorage.setItem(COPY, JSON.stringify({ author, page: here, fields }));
}

function copied() {
  try {
    return JSON.parse(sessionStorage.getItem(COPY));
  } catch {
    return null;
  }
}

function wipeOthers() {
  const kept = copied();
  const leaves = location.pathname === '/account/logout/';
  if (leaves || (author && kept && kept.author !== author)) sessionStorage.removeItem(COPY);
}

function fillIn(form) {
  const kept = copied();
  if (!form || !kept || kept.author !== author || kept.page !== here) return;
  for (const one of typedIn(form)) {
    const isTicked = one.type === 'checkbox' || one.type === 'radio';
    const at = kept.fields.findIndex(([name, value]) => name === one.name && (!isTicked || value === one.value));
    if (at < 0) continue;
    const [[, value, checked]] = kept.fields.splice(at, 1);
    if (isTicked) one.checked = checked;
    else one.value = value;
  }
  say(form, form.querySelector('button[type=submit].govuk-button:not(.govuk-button--secondary)'));
}
