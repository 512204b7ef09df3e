// Enhances what already works without it: errors take the focus, characters are counted, a double click sends once, and what is
// typed outlives the network.
import { initAll } from './govuk-frontend.min.js';
import { keepDraft } from './draft.js';
import { watchNetwork } from './network.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
keepDraft();
watchNetwork();
