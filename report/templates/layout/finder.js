(function () {
  "use strict";
  // A server sends this page for any address. Its links are relative to the site's root, which is the folder that holds
  // the site's stylesheet: looked for from the address upwards.
  var named = /\/(?:assets|charts|data|pagefind|segments|site_libs)(?:\/.*)?$/;
  var folder = location.pathname.replace(/[^/]*$/, "").replace(named, "/");
  var base = document.createElement("base");
  function take() {
    base.href = folder;
    document.documentElement.dataset.root = folder;
  }
  function again(element) {
    var copy = document.createElement(element.localName);
    for (var i = 0; i < element.attributes.length; i++) {
      copy.setAttribute(element.attributes[i].name, element.attributes[i].value);
    }
    element.replaceWith(copy);
  }
  addEventListener("error", function (event) {
    if (event.target.localName !== "link" || folder === "/") {
      return;
    }
    if (event.target.getAttribute("href") === "assets/shell.css") {
      folder = folder.replace(/[^/]+\/$/, "");
      take();
      document.querySelectorAll('link[rel="stylesheet"], script[src]').forEach(again);
    }
  }, true);
  take();
  document.head.prepend(base);
})();
