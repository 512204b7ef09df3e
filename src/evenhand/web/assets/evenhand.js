// Enhances what already works without it: errors take the focus, characters are counted, a double click sends once.
import { initAll } from './govuk-frontend.min.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
initAll();
