import { message, type DialogueCase } from './dialogue-case.ts';

export const joinRequestDialogue: DialogueCase = {
  flow: {
    triggers: [{ kind: 'event', event: 'join_request' }],
    steps: [{ id: 'j', type: 'join_request', decision: 'approve' }, message('b', 'Welcome')],
  },
  script: [{ happens: 'join_request' }],
  says: ['(approveChatJoinRequest)', 'Welcome'],
};
