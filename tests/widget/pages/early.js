// Calls that a page makes before the widget is loaded.
(window.truc ||= []).push(["prefill", "How high is it?"]);
