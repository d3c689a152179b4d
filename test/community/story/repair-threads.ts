import { mention, reply, type Told, thread } from './story.js'

export const REPAIR: Told[] = [
  thread(
    'tomas',
    '2023-09-16T13:00',
    'First Mend &amp; Make afternoon: 19 patients, 14 cured, 3 need parts, 2 with the angels (a toaster and its twin).',
    reply('siobhan', 44, "What's the toasters' cause of death?", reply('tomas', 13, 'Crumbs. It is always crumbs.')),
    reply('priyanka', 95, 'I can order the parts, send me the model numbers.'),
  ),
  thread(
    'priyanka',
    '2024-01-27T18:30',
    '<p>Soldering evening for beginners, <strong>8 February, 7 pm</strong>. Bring:</p>\n<ul>\n<li>something broken that you do not love</li>\n<li>glasses, if you have reached that age</li>\n</ul>\n',
    reply(
      'zoe',
      20,
      'Is it normal to be scared of the hot end?',
      reply('priyanka', 10, 'It is correct to be scared of the hot end.'),
    ),
    reply('farhad', 300, 'I bring tea and plasters.'),
  ),
  thread(
    'night-shift',
    '2024-05-04T09:25',
    'The strimmer lives! New plug, clean carburettor, and a wasp nest we do not want to talk about.',
    reply('siobhan', 31, `${mention('bert')} it is on its way home.`),
  ),
  thread(
    'yael',
    '2024-10-12T15:15',
    'A gentleman brought the radio that his wife listened to during the blackout of 1971. It plays again. He stayed for two hours and so did we.',
    reply('amara', 80, 'This is why I come.'),
    reply('tomas', 120, 'I may have had something in my eye.', reply('yael', 3, 'Solder smoke.')),
  ),
  thread(
    'priyanka',
    '2025-06-21T12:40',
    'Statistics for the grant people: 212 things mended since we began, about 640 kg that nobody had to throw away.',
    reply('daryna', 25, 'And one marriage, if you count the coffee grinder.'),
  ),
  thread(
    'tomas',
    '2025-10-25T16:05',
    'Needed: sewing machine belts, any length. And somebody who knows why the till says <q>NO</q>.',
    reply('lin-meihui', 70, 'It says NO because the drawer is not closed. 關好就好了.'),
  ),
]

export const COMMITTEE: Told[] = [
  thread(
    'amara',
    '2024-03-20T20:00',
    'Draft budget for the roof is in the folder. Please keep the three offers between us until Monday.',
    reply('bert', 40, 'The middle one. The cheap one did the bus shelter.'),
  ),
  thread(
    'yael',
    '2025-02-02T19:30',
    'Waiting list: twenty-six names. We should talk about half plots.',
    reply('amara', 65, 'Agenda for March.'),
  ),
]
