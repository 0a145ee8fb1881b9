// Runs in the browser, as it is: there is no build step. Starts GraphiQL with the examples, filled from what this gateway has now.

import { startAccount } from './account.js';
import { fillExamples, refreshFollowed } from './live-examples.js';
import { createLogView } from './log-view.js';
import { createFetcher } from './stream.js';
import { followSystemTheme } from './theme.js';

startAccount();
const { tabs, isFirstVisit } = await fillExamples();
const view = createLogView();
globalThis.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  fetcher: createFetcher(view),
  title: 'Tributary',
  logo: ' ',
  defaultTabs: tabs,
  // Of the tab in front; later GraphiQL keeps them itself.
  ...(isFirstVisit && { query: tabs[0]?.query, variables: tabs[0]?.variables }),
  defaultEditorToolsVisibility: 'variables',
  // The address stays as it is: a reload would open the query in it as one more tab, and addresses get into logs and histories.
  onEditQuery() {},
  // Headers of a tab stay in the page until somebody switches that on in the settings.
  shouldPersistHeaders: undefined,
  showPersistHeadersSettings: true,
});
followSystemTheme();

// What is over the response pane belongs to the tab in which it was asked for.
document.addEventListener(
  'click',
  ({ target }) => {
    const tab = target.closest?.('[role="tab"]');
    if (!tab) return;
    tab.scrollIntoView({ block: 'nearest', inline: 'nearest' }); // of a row of tabs that is longer than the window
    if (tab.getAttribute('aria-selected') === 'true') return;
    view.close();
    if (tab.textContent.includes('FollowRunLog')) refreshFollowed();
  },
  true,
);
