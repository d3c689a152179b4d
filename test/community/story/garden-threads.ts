import { mention, reply, type Told, thread } from './story.js'

const WATER_RULES = `<p>After the meeting on Sunday I promised to write the water rules down, so here they are, and then I never want to talk about the tap again.</p>
<p>The tap opens on the first of April and closes on the last day of October. It closes earlier when the forecast says frost, because the pipe behind the shed has burst twice and both times it was me who lay in the mud with the stopcock. Fill your butts in the evening, when nobody else is standing in the queue with two cans and a tired child. The hose is for the new trees only, and for the first summer only: a tree that is watered with a hose for three years never learns to look for water itself.</p>
<ol>
<li>Cans before hoses, always.</li>
<li>Whoever waters a neighbour's plot may pick a handful of whatever is ripe.</li>
<li>The big tank belongs to everybody; the small blue one belongs to the newts.</li>
</ol>
<p>I also measured what we really use. In a dry week plot twelve needs forty litres for the beans, twenty for the squash and nothing at all for the strawberries, whatever the strawberries say. If each of us mulched with straw in May we could do with half. I have four bales behind the compost, and there is a wheelbarrow with a nearly new wheel.</p>
<p>Thank you all for listening. The newts thank you, too.</p>
`

const LONG_REPLY = `<p>I have kept a diary of this tap since 2011, so allow an old man a few figures. In the wet summers we drew about nine cubic metres between us, and nobody noticed. In the two dry ones it was thirty-one and thirty-four, and everybody noticed, mostly at seven in the evening and mostly in my direction.</p>
<p>What helped was never the rota. What helped was straw, shade cloth over the lettuces, and ${mention('amara')} shouting across three plots that it was going to rain. I have found her to be right four times out of five, which is better than the wireless.</p>
`

const CODE = `<p>The soil sensor on plot 3 talks now. If anybody wants to hear it:</p>
<pre><code>if (moisture &lt; 20 &amp;&amp; !raining) {
  openValve('beans') // &quot;openValve&quot; clicks, don't be scared
}
</code></pre>
<p>Source and drawings: <a href="https://example.org/leaf-sensor?plot=3&amp;unit=pct" rel="nofollow ugc">leaf sensor notes</a>.</p>
`

/** One answer below the other, twelve deep. */
const GAME = [
  ['siobhan', 'A is for artichoke, which takes up half my plot and gives me four flowers.'],
  ['daryna', 'B is for beetroot. Борщ is the reason, and there will be some on Saturday.'],
  ['lin-meihui', 'C is for 韭菜, garlic chives, if you let me spell in two languages.'],
  ['zoe', 'D is for dandelion 🌼 and I will not hear a word against it.'],
  ['night-shift', 'E is for "elderflower", picked at 5 a.m. on the way home from work.'],
  ['tomas', 'F is for fennel, that went to seed and into every other plot. Sorry.'],
  ['farhad', 'G is for گشنیز, coriander, which bolts the moment I look away.'],
  ['bert', 'H is for hoe. A vegetable of the will.'],
  ['yael', 'I is for iris. It is a plant, it counts.'],
  ['amara', 'J is for jute mallow, ewedu, if the summer stays warm.'],
  ['siobhan', 'K is for kale, and K is also for keep going.'],
  ['bert', 'L is for lunch. I declare the game won.'],
] as const

const chain = (steps: readonly (readonly [string, string])[]): Told[] => {
  const [first, ...rest] = steps
  return first ? [reply(first[0], 95, first[1], ...chain(rest))] : []
}

export const GARDEN_2023: Told[] = [
  thread(
    'amara',
    '2023-03-04T10:05',
    'Welcome to our little corner of the internet! The gate code has not changed, the kettle is in the blue shed, and this is the place to ask who borrowed the long spade.',
    reply('bert', 35, 'I borrowed the long spade.', reply('amara', 12, 'We know, Bert. 😄')),
    reply('lin-meihui', 190, '大家好! Plot 7 says hello.'),
  ),
  thread(
    'siobhan',
    '2023-03-18T17:40',
    "First broad beans are through. I'd forgotten how loud a row of green is after February.",
    reply('zoe', 62, 'A loud row of green 💚 I am stealing that.'),
  ),
  thread(
    'bert',
    '2023-04-09T19:20',
    WATER_RULES,
    reply('daryna', 45, 'Thank you for lying in the mud for us.', reply('bert', 20, 'Twice.')),
    reply('tomas', 130, LONG_REPLY, reply('siobhan', 600, 'Four out of five! Amara, frame that.')),
    reply('night-shift', 760, 'Newts have a tank of their own & we never knew?'),
  ),
  thread(
    'farhad',
    '2023-05-02T06:50',
    'Frost on the cold frames at six this morning. Everything under fleece is fine; the basil on my windowsill sends its sympathy.',
  ),
  thread(
    'daryna',
    '2023-05-21T12:15',
    '<p>For the open day on the 3rd we still need:</p>\n<ul>\n<li>two gazebos (one is promised)</li>\n<li>somebody who can make change for a twenty</li>\n<li>cake, <strong>labelled</strong>, with and without nuts</li>\n</ul>\n',
    reply('yael', 25, 'Gazebo number two is in my hall and would love to leave.'),
    reply('zoe', 80, 'Cake: lemon, no nuts, too much sugar.', reply('daryna', 15, 'There is no such thing.')),
    reply('tomas', 1500, 'I can make change for a hundred, if it is all in twenties.'),
  ),
  thread(
    'zoe',
    '2023-06-03T20:30',
    'What a day!! 214 visitors, 61 slices of cake, one lost dog (found, in the cake tent). 🎉🐕🍰',
  ),
  thread(
    'gone',
    '2023-07-11T08:00',
    'This is my last season: we are moving to the coast in August. The pear tree on plot 9 likes a hard prune and a kind word.',
    reply(
      'amara',
      55,
      'It will get both. We will miss you.',
      reply('gone', 240, 'I left the good secateurs on the nail.'),
    ),
  ),
  thread(
    'lin-meihui',
    '2023-08-15T18:05',
    'Too many cucumbers. There is a crate by the gate: 請自取, please take some, please take many.',
  ),
  thread(
    'night-shift',
    '2023-10-29T07:10',
    'Tap closed, pipe lagged, key back on its hook. Good winter, all.',
    reply('bert', 300, 'Good lad. Lasses. Team.'),
  ),
]

export const GARDEN_2024: Told[] = [
  thread(
    'yael',
    '2024-02-11T16:00',
    'Seed swap next Sunday at two, in the church hall because of the roof. Bring envelopes and a pencil: last year we gave away eleven packets marked only "?".',
    reply('farhad', 40, 'The "?" became the best pumpkin I ever grew.', reply('yael', 9, 'Then bring "?" seeds!')),
  ),
  thread(
    'tomas',
    '2024-03-09T11:30',
    `Has anybody seen the petrol strimmer? ${mention('bert')} says it is not in the long-spade corner.`,
    reply('bert', 22, 'For once it is not me.'),
    reply('siobhan', 410, 'At the Mend &amp; Make café, waiting for a spark plug.'),
  ),
  thread(
    'siobhan',
    '2024-04-01T08:00',
    'The council has written. From today every scarecrow needs a permit in triplicate.',
    reply('daryna', 31, 'Look at the date, everyone.'),
    reply('night-shift', 55, 'Too late, filled it in.'),
  ),
  thread(
    'farhad',
    '2024-04-20T13:45',
    CODE,
    reply(
      'zoe',
      30,
      'It talks?! What does it say?',
      reply('farhad', 18, 'Mostly <code>thirsty</code>.', reply('zoe', 5, 'Same.')),
    ),
    reply('bert', 2000, 'My finger does that for nothing.'),
  ),
  thread(
    'amara',
    '2024-05-12T19:05',
    '<p>My grandmother used to say:</p>\n<blockquote><p>Plant the okra when the soil no longer makes you pull your hand away.</p></blockquote>\n<p>Today it did not. The okra is in.</p>\n',
    reply('lin-meihui', 50, 'A better thermometer than mine.'),
  ),
  thread(
    'zoe',
    '2024-06-08T21:15',
    '<p>Poppies on plot 4 this evening.</p>\n<p><img src="{site}wp-content/uploads/2024/06/poppies-plot-4.jpg" alt="Red poppies against the evening sun" width="640" height="480" /></p>\n',
    reply('yael', 14, 'I can hear the bees in that picture.'),
    reply('gone', 5000, 'Still looking in from the coast. Lovely.'),
  ),
  thread(
    'daryna',
    '2024-07-06T09:00',
    'Blackfly on every bean. Soap water, ladybirds, or despair?',
    reply('tomas', 33, 'Ladybirds. I have a jar, they are looking for work.'),
    reply(
      'bert',
      47,
      'Pinch the tops out and eat them.',
      reply('daryna', 60, 'The tops or the flies?', reply('bert', 4, 'Yes.')),
    ),
  ),
  thread(
    'bert',
    '2024-08-17T15:00',
    'A slow game for a wet weekend: each answers the one above with the next letter of the alphabet, and it has to grow. Who starts?',
    ...chain(GAME),
  ),
  thread(
    'lin-meihui',
    '2024-09-22T10:40',
    'Harvest supper: long table, thirty plates, bring a chair. 中秋節快樂!',
    reply('amara', 75, 'Jollof for thirty. Do not fight over the bottom of the pot.'),
    reply('night-shift', 200, 'We come straight from work, expect yawns.'),
  ),
  thread(
    'tomas',
    '2024-11-03T12:00',
    '1) paths 2) paths 3) paths. Wood chips arrive Friday & they arrive *everywhere*.',
  ),
]

export const GARDEN_2025: Told[] = [
  thread(
    'siobhan',
    '2025-01-19T14:20',
    "Robin's back on the fork handle. He expects digging and looks at his watch.",
    reply('yael', 35, 'Pay the man in worms.'),
  ),
  thread(
    'yael',
    '2025-03-02T17:55',
    'שלום לכולם. Plot 11 is free from April, half a plot, full sun, one stubborn rhubarb. First come from the waiting list please.',
    reply(
      'tomas',
      90,
      'I told the Begums at number 40, they are next on the list.',
      reply('yael', 30, 'They said yes!'),
    ),
  ),
  thread(
    'night-shift',
    '2025-04-27T05:35',
    'Fox cubs behind the compost, three of them, fighting about a glove. If you miss a left glove: gone.',
    reply('zoe', 140, '🦊🦊🦊'),
    reply('siobhan', 160, 'It was a good glove. Worth it.'),
  ),
  thread(
    'farhad',
    '2025-05-30T18:18',
    'Rhubarb and cardamom jam, twenty jars, on the table in the blue shed. Pay what you like into the tin for the new roof.',
  ),
  thread(
    'daryna',
    '2025-07-13T11:11',
    'Children&#8217;s morning: who can show six small people how a bean becomes a bean?',
    reply('lin-meihui', 28, 'I can. I have puppets.', reply('daryna', 6, 'You have PUPPETS?')),
    reply('bert', 33, 'Count me in, I am a large child.'),
  ),
  thread(
    'amara',
    '2025-09-14T16:45',
    'Roof fund stands at 1,840 of 2,500. The jam did 212 of that. <em>Jam.</em>',
    reply('farhad', 20, 'I will need more jars.'),
  ),
  thread(
    'bert',
    '2025-11-08T10:10',
    'Tap closed. Stopcock behaved. I stayed dry, and I want it written down.',
    reply('night-shift', 45, 'Written down.'),
    reply('amara', 70, 'Framed.'),
  ),
  thread(
    'zoe',
    '2025-12-21T15:53',
    'Shortest day. Somebody hung lanterns along the whole main path and did not say who. Whoever you are: ✨',
  ),
  thread(
    'lin-meihui',
    '2026-01-18T13:30',
    'Garlic is up. 新年快樂 in advance, the new year begins when the garlic says so.',
    reply('siobhan', 55, 'Mine is up too! Happy garlic.', reply('lin-meihui', 9, 'Happy garlic!')),
  ),
]
