// Tells a person before sending that a file is too large, and lets files be dropped. The server checks everything again.
(function () {
  "use strict";
  function size(bytes) {
    return Math.round(bytes / 1024 / 1024) + " MB";
  }
  function complaint(form, files) {
    var limit = Number(form.dataset.limit);
    var total = Number(form.dataset.total || 0);
    var most = Number(form.dataset.files || 0);
    var sum = 0;
    for (var i = 0; i < files.length; i++) {
      sum += files[i].size;
      if (limit && files[i].size > limit) {
        return "“" + files[i].name + "”超过 " + size(limit) + "，不能上传。请去掉图片或者只上传年报本身。";
      }
    }
    if (most && files.length > most) {
      return "一次最多上传 " + most + " 个文件，现在选了 " + files.length + " 个。请分几次上传。";
    }
    if (total && sum > total) {
      return "所选文件合计超过 " + size(total) + "。请分几次上传。";
    }
    return "";
  }
  document.querySelectorAll("form[data-limit]").forEach(function (form) {
    var input = form.querySelector("input[type=file]");
    var words = form.querySelector(".problem");
    var button = form.querySelector("button[type=submit]");
    function look() {
      var found = complaint(form, input.files);
      words.textContent = found;
      words.hidden = !found;
      return !found;
    }
    input.addEventListener("change", look);
    form.addEventListener("submit", function (event) {
      if (!look()) {
        event.preventDefault();
        input.focus();
      } else if (!event.defaultPrevented) {
        button.textContent = "正在上传…";
        // A second press must not send the files twice; the button is free again when the page is returned to.
        setTimeout(function () { button.disabled = true; }, 0);
      }
    });
    window.addEventListener("pageshow", function () { button.disabled = false; });
    var zone = form.querySelector("[data-drop]");
    if (!zone) { return; }
    zone.querySelector(".drop-hint").hidden = false;
    ["dragover", "dragleave", "drop"].forEach(function (kind) {
      zone.addEventListener(kind, function (event) {
        event.preventDefault();
        zone.classList.toggle("over", kind === "dragover");
        if (kind === "drop" && event.dataTransfer.files.length) {
          input.files = event.dataTransfer.files;
          look();
        }
      });
    });
  });
})();
