import type { Method } from '../sending/method-call.ts';
import { answerCallbackQuery } from './answer-callback-query.ts';
import { answerPreCheckoutQuery } from './answer-pre-checkout-query.ts';
import { approveChatJoinRequest } from './approve-chat-join-request.ts';
import { declineChatJoinRequest } from './decline-chat-join-request.ts';
import { deleteMessage } from './delete-message.ts';
import { deleteMessages } from './delete-messages.ts';
import { deleteMyCommands } from './delete-my-commands.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { editMessageCaption } from './edit-message-caption.ts';
import { editMessageMedia } from './edit-message-media.ts';
import { editMessageReplyMarkup } from './edit-message-reply-markup.ts';
import { editMessageText } from './edit-message-text.ts';
import { getChat } from './get-chat.ts';
import { getFile } from './get-file.ts';
import { getMe } from './get-me.ts';
import { getMyCommands } from './get-my-commands.ts';
import { getMyDescription } from './get-my-description.ts';
import { getMyShortDescription } from './get-my-short-description.ts';
import { getUpdates } from './get-updates.ts';
import { getUserProfilePhotos } from './get-user-profile-photos.ts';
import { getWebhookInfo } from './get-webhook-info.ts';
import { refundStarPayment } from './refund-star-payment.ts';
import { sendAnimation } from './send-animation.ts';
import { sendAudio } from './send-audio.ts';
import { sendChatAction } from './send-chat-action.ts';
import { sendContact } from './send-contact.ts';
import { sendDice } from './send-dice.ts';
import { sendDocument } from './send-document.ts';
import { sendInvoice } from './send-invoice.ts';
import { sendLocation } from './send-location.ts';
import { sendMediaGroup } from './send-media-group.ts';
import { sendMessage } from './send-message.ts';
import { sendPhoto } from './send-photo.ts';
import { sendPoll } from './send-poll.ts';
import { sendSticker } from './send-sticker.ts';
import { sendVenue } from './send-venue.ts';
import { sendVideoNote } from './send-video-note.ts';
import { sendVideo } from './send-video.ts';
import { sendVoice } from './send-voice.ts';
import { setMyCommands } from './set-my-commands.ts';
import { setMyDescription } from './set-my-description.ts';
import { setMyShortDescription } from './set-my-short-description.ts';
import { setWebhook } from './set-webhook.ts';

/** Every method that the fake implements, by its name in lower case. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    answerCallbackQuery,
    approveChatJoinRequest,
    declineChatJoinRequest,
    answerPreCheckoutQuery,
    deleteMessage,
    deleteMessages,
    deleteMyCommands,
    deleteWebhook,
    editMessageCaption,
    editMessageMedia,
    editMessageReplyMarkup,
    editMessageText,
    getChat,
    getFile,
    getMe,
    getMyCommands,
    getMyDescription,
    getMyShortDescription,
    getUpdates,
    getUserProfilePhotos,
    getWebhookInfo,
    refundStarPayment,
    sendAnimation,
    sendAudio,
    sendChatAction,
    sendContact,
    sendDice,
    sendDocument,
    sendInvoice,
    sendLocation,
    sendMediaGroup,
    sendMessage,
    sendPhoto,
    sendPoll,
    sendSticker,
    sendVenue,
    sendVideo,
    sendVideoNote,
    sendVoice,
    setMyCommands,
    setMyDescription,
    setMyShortDescription,
    setWebhook,
  }).map(([name, method]) => [name.toLowerCase(), method]),
);
