// A small map without tiles: known places as dots; a tap sets the position, what is pasted moves the pin.
const box = document.querySelector("[data-map]"), svg = box.querySelector("svg");
const { spots, ground } = JSON.parse(document.getElementById("around").textContent);
const [lat, lon] = ["lat", "lon"].map((name) => document.querySelector(`[name=${name}]`));
const WIDTH = 600, HEIGHT = 400, SHRINK = Math.cos((21.1 * Math.PI) / 180);
const middle = [(ground[0] + ground[2]) / 2, (ground[1] + ground[3]) / 2];
let centre = middle, scale = HEIGHT / (ground[2] - ground[0]);

box.hidden = false;
const place = (y, x) => [WIDTH / 2 + (x - centre[1]) * SHRINK * scale, HEIGHT / 2 + (centre[0] - y) * scale];
const here = () => { const y = parseFloat(lat.value.replace(",", ".")), x = parseFloat(lon.value.replace(",", ".")); return isNaN(y) || isNaN(x) ? null : [y, x]; };

function draw() {
  svg.replaceChildren();
  const taken = [];
  for (const [name, y, x, weight] of [...spots].sort((a, b) => b[3] - a[3])) {
    const [px, py] = place(y, x);
    if (px < 0 || px > WIDTH || py < 0 || py > HEIGHT) continue;
    add("circle", { cx: px, cy: py, r: 2 + weight });
    const clear = !taken.some(([tx, ty, long]) => Math.abs(ty - py) < 15 && px < tx + long && tx < px + name.length * 7);
    if (clear) { add("text", { x: px + 7, y: py + 4 }, name); taken.push([px, py, name.length * 7 + 10]); }
  }
  const pin = here();
  if (pin) { const [px, py] = place(...pin); add("circle", { cx: px, cy: py, r: 9, class: "pin" }); }
}
function add(kind, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", kind);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  svg.append(made);
}
function look(at, factor) { centre = at; scale *= factor; draw(); }

svg.addEventListener("click", (event) => {
  const frame = svg.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * WIDTH, y = ((event.clientY - frame.top) / frame.height) * HEIGHT;
  lat.value = (centre[0] - (y - HEIGHT / 2) / scale).toFixed(5);
  lon.value = (centre[1] + (x - WIDTH / 2) / SHRINK / scale).toFixed(5);
  const pasted = document.querySelector("[data-paste]");
  pasted.value = "";
  lat.dispatchEvent(new Event("input", { bubbles: true }));
  look(here(), 1);
});
for (const button of box.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => look(here() || centre, Number(button.dataset.zoom)));
document.querySelector("[data-paste]").addEventListener("input", (event) => {
  const pair = event.target.value.match(/!3d(-?[\d.]+)!4d(-?[\d.]+)/) || event.target.value.match(/(-?\d{1,2}\.\d+)\s*(?:,|%2C|\/)\s*(-?\d{2,3}\.\d+)/);
  if (!pair) return;
  [lat.value, lon.value] = [pair[1], pair[2]];
  look(here(), 1);
});
for (const field of [lat, lon]) field.addEventListener("change", draw);
document.querySelector("[name=part_of]")?.addEventListener("change", (event) => {
  const whole = spots.find(([name]) => name === event.target.value);
  if (whole && !here()) { centre = [whole[1], whole[2]]; scale = 8000; draw(); }
});
if (here()) { centre = here(); scale = 8000; }
draw();
