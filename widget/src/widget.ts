/** The website widget of Trúc: this one file, and a <truc-chat> element where it is wanted. */

import { TrucChat } from "./element";

if (!customElements.get("truc-chat")) customElements.define("truc-chat", TrucChat);
