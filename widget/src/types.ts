/** What travels between widget and bot, as docs/web-channel.md and guide/answers/reply.py have it. */

export type Lang = "vi" | "en";

export interface QuickReply {
  title: string;
  payload?: string;
}

export interface CardButton {
  title: string;
  payload?: string;
  url?: string;
  phone?: string;
}

export interface Card {
  title: string;
  subtitle?: string;
  image?: string;
  buttons?: CardButton[];
}

export interface MapPoint {
  lat: number;
  lon: number;
  label: string;
  accuracy_m?: number;
}

export interface MapShown {
  points?: MapPoint[];
  path?: [number, number][];
}

export interface Attachment {
  kind: "calendar" | "gpx" | "page" | string;
  title: string;
  url: string;
}

export interface SourceNote {
  title: string;
  url?: string;
  date?: string;
}

export interface Reply {
  text: string;
  lang?: string;
  cards?: Card[];
  quick_replies?: QuickReply[];
  map?: MapShown;
  attachments?: Attachment[];
  sources?: SourceNote[];
  forgotten?: boolean; // the server deleted the conversation, as the visitor wished
}

export interface Position {
  lat: number;
  lon: number;
}

export interface SaidFrame {
  type: "message";
  id: string;
  text: string;
  payload?: string;
  lang?: string;
  place?: string;
  location?: Position;
}

export type ClientFrame =
  | { type: "hello"; token: string; after: number }
  | SaidFrame
  | { type: "feedback"; id: string; of: number; good: boolean; reason?: string }
  | { type: "forget"; id: string };

export type ServerFrame =
  | { type: "welcome"; seq: number; expires: number }
  | { type: "ack"; id: string; seq?: number }
  | { type: "said"; seq: number; id: string; text: string; at: number }
  | { type: "message"; seq: number; answers?: string; reply: Reply; at: number }
  | { type: "typing"; on: boolean }
  | { type: "error"; code: string; id?: string; retry_after?: number }
  | { type: "session_expired" };

/** A turn as the widget keeps it. `past`: from a session that is over, so no button in it works any more. */
export interface Own {
  from: "me";
  id: string;
  text: string;
  at: number;
  state: "waiting" | "sent" | "failed" | "unanswered";
  seq?: number;
  payload?: string;
  location?: Position;
  past?: boolean;
}

export interface Answer {
  from: "bot";
  id: string;
  seq: number;
  reply: Reply;
  at: number;
  rated?: "good" | "bad";
  reason?: string;
  /** The id under which the rating goes to the bot, until that has confirmed it. */
  owed?: string;
  past?: boolean;
}

export type Turn = Own | Answer;
