// Runs before the first paint: applies the remembered colour scheme, and says that scripts run.
(function () {
  "use strict";
  var root = document.documentElement;
  root.setAttribute("data-js", "");
  try {
    var remembered = localStorage.getItem("sa-scheme");
    if (remembered === "light" || remembered === "dark") {
      root.setAttribute("data-scheme", remembered);
    }
  } catch (refused) {
    // Storage may be forbidden; the system's scheme then stands.
  }
})();
