/**
 * The website widget of Trúc: <script type="module" src="https://…/widget.js"></script> and a <truc-chat> element.
 * This file only defines the element; everything else is imported from ./widget/ on the same origin.
 */
import { TrucChat } from "./widget/element.js";

if (!customElements.get("truc-chat")) customElements.define("truc-chat", TrucChat);
