// Runs only where modules are unknown, that is in kernels older than the floor; plain old syntax on purpose.
document.onreadystatechange = function () {
  var words = document.getElementById("old-browser");
  if (words) {
    words.removeAttribute("hidden");
  }
};
