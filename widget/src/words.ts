/** What the widget itself says, per language. Answers come from the bot in their own language. */

import type { Lang } from "./types";

const vi = {
  name: "Trúc",
  title: "Trúc – người bạn đường Yên Tử",
  subtitle: "Bạn đường ở di sản Yên Tử",
  launch: "Hỏi Trúc",
  launchUnread: (n: number) => `Hỏi Trúc, ${n} tin chưa đọc`,
  close: "Đóng",
  otherLanguage: "English",
  otherLanguageShort: "EN",
  greeting: "Chào bạn, mình là Trúc. Bạn muốn biết gì về Yên Tử, Côn Sơn, Kiếp Bạc, Vĩnh Nghiêm hay đường đến đó?",
  greetingAt: (place: string) => `Chào bạn, mình là Trúc. Bạn đang xem ${place}. Bạn muốn biết điều gì ở đây?`,
  starters: ["Chùa Đồng có gì đặc biệt?", "Từ Hà Nội đi Yên Tử thế nào?", "Vé tham quan Yên Tử bao nhiêu?", "Lễ hội Côn Sơn ngày nào?"],
  startersAt: ["Nơi này có gì hay?", "Mấy giờ mở cửa?", "Giá vé bao nhiêu?", "Gần đây có gì?"],
  placeholder: "Hỏi Trúc…",
  label: "Câu hỏi cho Trúc",
  send: "Gửi",
  log: "Cuộc trò chuyện với Trúc",
  you: "Bạn nói",
  bot: "Trúc nói",
  typing: "Trúc đang tìm câu trả lời…",
  stillLooking: "Trúc vẫn đang tìm, bạn chờ thêm một chút nhé…",
  failed: "Chưa gửi được, câu hỏi của bạn vẫn còn đây.",
  waiting: "Đang chờ có mạng để gửi.",
  retry: "Gửi lại",
  noAnswer: "Xin lỗi bạn, mình chưa trả lời được câu này. Bạn gửi lại hoặc hỏi theo cách khác giúp mình nhé.",
  offline: "Bạn đang mất mạng. Tin nhắn sẽ được gửi khi có mạng trở lại.",
  choices: "Gợi ý câu hỏi tiếp theo",
  cards: (n: number) => `${n} thẻ thông tin`,
  previous: "Thẻ trước",
  next: "Thẻ sau",
  openMap: "Mở bản đồ",
  map: "Vị trí",
  about: (metres: string) => `vị trí gần đúng, sai số khoảng ${metres}`,
  sources: "Nguồn",
  attachments: "Tệp kèm theo",
  honest: "Mình là máy trả lời tự động, chỉ nói điều có trong dữ liệu của các khu di tích. Điều gì chưa biết, mình nói là chưa biết.",
  forget: "Xóa trò chuyện",
  forgetAsk: "Xóa hết tin nhắn trên máy này?",
  yes: "Xóa",
  no: "Giữ lại",
  nearMe: "Gần tôi có gì?",
  useLocation: "Dùng vị trí của tôi",
  locationWhy: "Vị trí chỉ được gửi khi bạn bấm, làm tròn khoảng 100 m.",
  locationDenied: "Mình không xem được vị trí của bạn. Bạn cho phép trong trình duyệt, hoặc gõ tên nơi bạn đang ở nhé.",
  good: "Câu trả lời hữu ích",
  bad: "Câu trả lời chưa ổn",
  whyBad: "Chưa ổn ở đâu?",
  reasons: { wrong: "Sai thông tin", unclear: "Khó hiểu", incomplete: "Còn thiếu", other: "Lý do khác" },
  thanks: "Cảm ơn bạn đã góp ý.",
  share: "Chia sẻ",
  copied: "Đã chép câu trả lời.",
  speak: "Đọc to",
  quiet: "Ngừng đọc",
  listen: "Nói thay vì gõ",
  listening: "Mình đang nghe…",
  notHeard: "Mình chưa nghe rõ, bạn nói lại hoặc gõ giúp mình nhé.",
  reconnecting: "Đang kết nối lại…",
  tooMany: "Bạn nhắn hơi nhanh, mình trả lời tiếp sau ít giây nhé.",
  notAllowed: "Trang này chưa được phép dùng Trúc. Bạn báo giúp người quản lý trang nhé.",
  earlier: "Cuộc trò chuyện trước",
  unread: (n: number) => `(${n}) tin mới từ Trúc`,
  tiles: "Xem bản đồ nền",
  zoomIn: "Phóng to",
  zoomOut: "Thu nhỏ",
  privacy: "Quyền riêng tư",
  privacyPage: "/vi/rieng-tu",
  toEnd: "Xuống cuối cuộc trò chuyện",
  at: (time: string) => `lúc ${time}`,
};

export type Words = typeof vi;

const en: Words = {
  name: "Trúc",
  title: "Trúc – your companion to Yên Tử",
  subtitle: "Your guide to Yên Tử",
  launch: "Ask Trúc",
  launchUnread: (n: number) => `Ask Trúc, ${n} unread ${n === 1 ? "message" : "messages"}`,
  close: "Close",
  otherLanguage: "Tiếng Việt",
  otherLanguageShort: "VI",
  greeting: "Hello, I’m Trúc. What would you like to know about Yên Tử, Côn Sơn, Kiếp Bạc, Vĩnh Nghiêm, or the way there?",
  greetingAt: (place: string) => `Hello, I’m Trúc. You are looking at ${place}. What would you like to know about it?`,
  starters: ["What is special about Đồng Pagoda?", "How do I get to Yên Tử from Hà Nội?", "How much is the ticket for Yên Tử?", "When is the Côn Sơn festival?"],
  startersAt: ["What is there to see here?", "What are the opening hours?", "How much is the ticket?", "What is nearby?"],
  placeholder: "Ask Trúc…",
  label: "Your question for Trúc",
  send: "Send",
  log: "Conversation with Trúc",
  you: "You said",
  bot: "Trúc said",
  typing: "Trúc is looking for an answer…",
  stillLooking: "Trúc is still looking, one moment more…",
  failed: "This was not sent. Your question is still here.",
  waiting: "Waiting for a connection to send this.",
  retry: "Try again",
  noAnswer: "Sorry, I could not answer that. Please try again, or ask in another way.",
  offline: "You are offline. Messages will be sent when the connection is back.",
  choices: "Suggested next questions",
  cards: (n: number) => (n === 1 ? "1 card" : `${n} cards`),
  previous: "Previous card",
  next: "Next card",
  openMap: "Open in maps",
  map: "Location",
  about: (metres: string) => `approximate position, within about ${metres}`,
  sources: "Sources",
  attachments: "Files",
  honest: "I am an automated assistant and say only what the sites’ records hold. What they don’t hold, I don’t make up.",
  forget: "Clear chat",
  forgetAsk: "Delete all messages on this device?",
  yes: "Delete",
  no: "Keep",
  nearMe: "What is near me?",
  useLocation: "Use my location",
  locationWhy: "Your position is sent only when you press this, rounded to about 100 m.",
  locationDenied: "Your location could not be read. Please allow it in the browser, or type the name of the place where you are.",
  good: "This answer helped",
  bad: "This answer did not help",
  whyBad: "What was wrong?",
  reasons: { wrong: "Not correct", unclear: "Hard to follow", incomplete: "Something missing", other: "Something else" },
  thanks: "Thank you for telling us.",
  share: "Share",
  copied: "The answer was copied.",
  speak: "Read aloud",
  quiet: "Stop reading",
  listen: "Speak instead of typing",
  listening: "Listening…",
  notHeard: "That could not be heard. Please say it again, or type it.",
  reconnecting: "Connecting again…",
  tooMany: "That was a little fast. The next answer comes in a few seconds.",
  notAllowed: "This page may not use Trúc yet. Please tell those who run it.",
  earlier: "Earlier conversation",
  unread: (n: number) => `(${n}) new from Trúc`,
  tiles: "Show the street map",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  privacy: "Privacy",
  privacyPage: "/en/privacy",
  toEnd: "To the end of the conversation",
  at: (time: string) => `at ${time}`,
};

export const WORDS: Record<Lang, Words> = { vi, en };

export const LANGUAGES = Object.keys(WORDS) as Lang[];

export function isLang(code: unknown): code is Lang {
  return LANGUAGES.includes(code as Lang);
}

/** The first of the wished languages that the widget speaks, else Vietnamese. */
export function pickLanguage(...wishes: (string | null | undefined)[]): Lang {
  for (const wish of wishes) {
    const code = String(wish ?? "").slice(0, 2).toLowerCase();
    if (isLang(code)) return code;
  }
  return "vi";
}

/** When something was said, as a clock shows it; with the day where that is not today. `at` in milliseconds. */
export function writtenTime(at: number, lang: Lang): string {
  const moment = new Date(at);
  const day: Intl.DateTimeFormatOptions = moment.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "numeric" };
  return new Intl.DateTimeFormat(lang === "vi" ? "vi-VN" : "en-GB", { hour: "2-digit", minute: "2-digit", ...day }).format(moment);
}

/** An ISO date, month or year as the language writes it: 2026-02-05 → 5/2/2026 or 5 February 2026. */
export function writtenDate(iso: string, lang: Lang): string {
  const [year = NaN, month, day] = iso.split("-").map(Number);
  if (!month) return iso;
  if (lang === "vi") return [day, month, year].filter(Boolean).join("/");
  const options: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat("en-GB", options).format(Date.UTC(year, month - 1, day || 1));
}
