// Chrome is found or fetched by cli/chrome.mjs, never as a side effect of installing packages.
module.exports = { skipDownload: true };
