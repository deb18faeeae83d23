/** What the widget itself says, per language. Answers come from the bot in their own language. */
export const WORDS = {
  vi: {
    name: "Trúc",
    title: "Trúc – người bạn đường Yên Tử",
    subtitle: "Hướng dẫn viên di sản Yên Tử",
    launch: "Hỏi Trúc",
    launchUnread: (n) => `Hỏi Trúc, ${n} tin chưa đọc`,
    close: "Đóng",
    otherLanguage: "English",
    otherLanguageShort: "EN",
    greeting: "Chào bạn, mình là Trúc. Bạn muốn biết gì về Yên Tử, Côn Sơn, Kiếp Bạc, Vĩnh Nghiêm hay đường đến đó?",
    greetingAt: (place) => `Chào bạn, mình là Trúc. Bạn đang xem ${place}. Bạn muốn biết điều gì ở đây?`,
    starters: ["Chùa Đồng có gì đặc biệt?", "Từ Hà Nội đi Yên Tử thế nào?", "Vé tham quan Yên Tử bao nhiêu?", "Lễ hội Côn Sơn ngày nào?"],
    startersAt: ["Nơi này có gì hay?", "Mấy giờ mở cửa?", "Giá vé bao nhiêu?", "Gần đây có gì?"],
    placeholder: "Nhập câu hỏi…",
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
    online: "Đã có mạng trở lại.",
    choices: "Gợi ý câu hỏi tiếp theo",
    cards: (n) => `${n} thẻ thông tin`,
    previous: "Thẻ trước",
    next: "Thẻ sau",
    openMap: "Mở bản đồ",
    map: "Vị trí",
    about: (metres) => `vị trí gần đúng, sai số khoảng ${metres}`,
    sources: "Nguồn",
    attachments: "Tệp kèm theo",
    honest: "Trúc chỉ nói điều có trong dữ liệu di sản.",
    forget: "Xóa trò chuyện",
    forgetAsk: "Xóa hết tin nhắn trên máy này?",
    yes: "Xóa",
    no: "Giữ lại",
    tooLong: (n) => `Tối đa ${n} ký tự`,
  },
  en: {
    name: "Trúc",
    title: "Trúc – your companion to Yên Tử",
    subtitle: "Your guide to the Yên Tử heritage",
    launch: "Ask Trúc",
    launchUnread: (n) => `Ask Trúc, ${n} unread ${n === 1 ? "message" : "messages"}`,
    close: "Close",
    otherLanguage: "Tiếng Việt",
    otherLanguageShort: "VI",
    greeting: "Hello, I’m Trúc. What would you like to know about Yên Tử, Côn Sơn, Kiếp Bạc, Vĩnh Nghiêm, or the way there?",
    greetingAt: (place) => `Hello, I’m Trúc. You are looking at ${place}. What would you like to know about it?`,
    starters: ["What is special about Đồng Pagoda?", "How do I get to Yên Tử from Hà Nội?", "How much is the ticket for Yên Tử?", "When is the Côn Sơn festival?"],
    startersAt: ["What is there to see here?", "What are the opening hours?", "How much is the ticket?", "What is nearby?"],
    placeholder: "Type your question…",
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
    online: "The connection is back.",
    choices: "Suggested next questions",
    cards: (n) => (n === 1 ? "1 card" : `${n} cards`),
    previous: "Previous card",
    next: "Next card",
    openMap: "Open in maps",
    map: "Location",
    about: (metres) => `approximate position, within about ${metres}`,
    sources: "Sources",
    attachments: "Files",
    honest: "Trúc says only what the site’s records hold.",
    forget: "Clear chat",
    forgetAsk: "Delete all messages on this device?",
    yes: "Delete",
    no: "Keep",
    tooLong: (n) => `${n} characters at most`,
  },
};

export const LANGUAGES = Object.keys(WORDS);

/** The first of the wished languages that the widget speaks, else Vietnamese. */
export function pickLanguage(...wishes) {
  for (const wish of wishes) {
    const code = String(wish || "").slice(0, 2).toLowerCase();
    if (LANGUAGES.includes(code)) return code;
  }
  return LANGUAGES[0];
}

/** An ISO date, month or year as the language writes it: 2026-02-05 → 5/2/2026 or 5 February 2026. */
export function writtenDate(iso, lang) {
  const [year, month, day] = String(iso).split("-").map(Number);
  if (!month) return String(iso);
  if (lang === "vi") return [day, month, year].filter(Boolean).join("/");
  const options = { year: "numeric", month: "long", timeZone: "UTC", ...(day ? { day: "numeric" } : {}) };
  return new Intl.DateTimeFormat("en-GB", options).format(Date.UTC(year, month - 1, day || 1));
}
