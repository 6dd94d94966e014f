// Starts the page that shows the API's description. Its settings stand in the page as data, not as script.
(function () {
  "use strict";

  const settings = JSON.parse(document.getElementById("api-settings").textContent);
  window.SwaggerUIBundle(Object.assign(settings, {
    dom_id: "#swagger-ui",
    presets: [window.SwaggerUIBundle.presets.apis],
  }));
})();
