import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { EXPORTERS } from '../../src/export/index.js'
import { running, testIo } from './test-io.js'

const helpOf = async (...line: string[]) => (await running([...line, '--help'], testIo())).out

describe('the help', () => {
  test('threadkeep', async () => {
    expect(await helpOf()).toMatchInlineSnapshot(`
      "Usage: threadkeep <command> [options]

      Keeps the discussions of BuddyPress communities: every post and nested reply, in
      one SQLite file.

      Options:
        -V, --version                     show the version
        -h, --help                        show help

      Global options:
        --db <file>                       the archive (default: $THREADKEEP_DB, else
                                          threadkeep.db)
        -q, --quiet                       say nothing but results, warnings and errors
        -v, --verbose                     say more: one line for each answer that is
                                          read
        --no-input                        never ask for anything, also at a terminal
        --no-color                        no colours; NO_COLOR does the same

      Commands:
        archive [options] [target...]     fetch communities, groups or threads, and
                                          keep them
        sync [options] [target...]        bring all that was archived up to date
        status [options]                  show how far the archive has come, and what
                                          is missing
        list [options] [group...]         list the groups and threads of the archive
        show [options] <thread>           show one thread as a tree of replies
        search [options] <query...>       find posts by words, author, group, date and
                                          more
        log [options] <thread|post>       show what happened to a thread or a post:
                                          edits, deletions, renames
        diff [options] <thread|post>      show word by word what was edited
        changes [options] [selection...]  list what was new, edited, gone or renamed
                                          since a date or the last run
        digest [options] [group...]       write what is new as markdown, for a mail or
                                          a meeting
        export [options] [selection...]   write threads as documents or data
        stats [options] [selection...]    count who wrote how much, when, and who
                                          answers whom
        metadata [options]                describe the archive to Datasette
        verify [options]                  look whether the archive is sound, and mend
                                          it
        forget [options] <member>         erase a member from the archive
        merge [options] <archive...>      put the archives of several readers together
        reparse [options]                 build the posts anew from what was captured,
                                          with the parsers of today
        login [options] [site]            log in to a community, for what only its
                                          members may read
        logout [options] [site]           forget a login
        doctor [options] <url>            say what a site offers, before anything is
                                          archived
        demo [options]                    try it all on a small community that comes
                                          with threadkeep
        help [command]                    show the help of a command

      Examples:
        $ threadkeep archive https://community.example/groups/gardeners/
        $ threadkeep list
        $ threadkeep show 237
        $ threadkeep export gardeners -o gardeners/
        $ threadkeep demo

      Exit codes:
        0    Done; also when there was nothing new.
        1    Internal error: a bug in threadkeep.
        2    Wrong usage.
        3    Partly done: something was skipped or failed; the rest is kept.
        4    Access: login needed, session expired, or members only.
        5    Nothing recognised: this is not a page that threadkeep can read.
        6    The archive cannot be opened, is damaged or too new, or the disk is full.
        7    Busy: another run holds the archive.
        8    Blocked: a rate limit or a challenge that did not pass, or robots.txt.
        130  Interrupted; what was read is kept.
      "
    `)
  })

  test('threadkeep archive', async () => {
    expect(await helpOf('archive')).toMatchInlineSnapshot(`
      "Usage: threadkeep archive [options] [target...]

      Fetches the discussions of a community, a group or one thread, and keeps them in
      the archive.
      A run that was stopped goes on where it stopped when the same command is given
      again.

      Arguments:
        target                      the URL of a group, a thread, or a whole community

      What to fetch:
        -a, --batch-file <file>     read targets from a file, one a line; # starts a
                                    comment; - is standard input
        --via <route>               how to read the site: its REST interface, the
                                    calls of its pages, or the pages (choices: "auto",
                                    "rest", "ajax", "page", default: "auto")

      Who reads:
        --cookies <file>            read as a member: the browser's cookies.txt, or
                                    what it copies as cURL or as Cookie header; - is
                                    standard input
        --no-session                read as a visitor, also where a login is kept

      How to fetch:
        --sleep-requests <seconds>  the pause between two requests, such as 0.5 or 1-3
                                    (default: 1)
        --retries <number>          how often to try again after a failure (default:
                                    4)
        --timeout <seconds>         how long to wait for an answer (default: 60)
        --contact <address>         tell the site how to reach you: a mail address or
                                    a page
        --ignore-robots             read also what robots.txt asks programs not to
                                    read, and say what that was

      How long to go on:
        --max-requests <number>     end after so many requests; the same command goes
                                    on from there
        --time-limit <time>         end after so long, such as 90, 10m or 2h; the same
                                    command goes on
        --hosts <number>            ask so many hosts side by side, each at its own
                                    pace (default: 1)
        --fail-hard                 end with the first problem
        --wait-lock <time>          wait so long for another run that holds the
                                    archive, such as 10m

      Output:
        --json                      print the report of the run as one JSON document
        --log-json <file>           add each answer, wait and warning to a file, one
                                    JSON object a line

      Options:
        -h, --help                  show help

      Global Options:
        -V, --version               show the version
        --db <file>                 the archive (default: $THREADKEEP_DB, else
                                    threadkeep.db)
        -q, --quiet                 say nothing but results, warnings and errors
        -v, --verbose               say more: one line for each answer that is read
        --no-input                  never ask for anything, also at a terminal
        --no-color                  no colours; NO_COLOR does the same

      Examples:
        $ threadkeep archive https://community.example/groups/gardeners/
        $ threadkeep archive https://community.example/ --sleep-requests 2
        $ threadkeep archive --batch-file targets.txt --json > report.json
      "
    `)
  })

  test('threadkeep list', async () => {
    expect(await helpOf('list')).toMatchInlineSnapshot(`
      "Usage: threadkeep list [options] [group...]

      Lists the groups of the archive with their threads, oldest first, and how
      complete each is held.
      When the output is no terminal it is tab-separated: one thread (with --groups,
      one group) a line.

      Arguments:
        group             only these groups: slug, name, id or URL

      What to list:
        --groups          only the groups, without their threads
        --after <date>    threads with a post at or after this date (UTC): 2024-05-01,
                          today-2weeks
        --before <date>   threads with a post before this date (UTC)
        --filter <query>  threads with a post that matches, as in "threadkeep search":
                          'from:anna has:link "bee hive"'
        --types <names>   only threads that open with these item types, such as
                          activity_update; all for all

      Output:
        --json            print one JSON document

      Options:
        -h, --help        show help

      Global Options:
        -V, --version     show the version
        --db <file>       the archive (default: $THREADKEEP_DB, else threadkeep.db)
        -q, --quiet       say nothing but results, warnings and errors
        -v, --verbose     say more: one line for each answer that is read
        --no-input        never ask for anything, also at a terminal
        --no-color        no colours; NO_COLOR does the same

      Examples:
        $ threadkeep list
        $ threadkeep list --groups
        $ threadkeep list gardeners --after today-2weeks
        $ threadkeep list --filter 'from:anna bees'
        $ threadkeep list --json > list.json
      "
    `)
  })

  test('threadkeep show', async () => {
    expect(await helpOf('show')).toMatchInlineSnapshot(`
      "Usage: threadkeep show [options] <thread>

      Shows one thread of the archive: who answers whom, when, and what was edited,
      shortened or deleted.

      Arguments:
        thread          id or permalink of the thread, or of any reply in it

      What to show:
        --as-of <date>  the thread as the archive knew it then (UTC): 2024-05-01 (to
                        the end of that day), 2024-05-01T12:00Z, yesterday

      Output:
        --json          print the thread as one JSON document (threadkeep.thread/1)

      Options:
        -h, --help      show help

      Global Options:
        -V, --version   show the version
        --db <file>     the archive (default: $THREADKEEP_DB, else threadkeep.db)
        -q, --quiet     say nothing but results, warnings and errors
        -v, --verbose   say more: one line for each answer that is read
        --no-input      never ask for anything, also at a terminal
        --no-color      no colours; NO_COLOR does the same

      Examples:
        $ threadkeep show 237
        $ threadkeep show https://community.example/activity/p/237/#acomment-240
        $ threadkeep show 237 --as-of 2024-05-01
        $ threadkeep show 237 --json
      "
    `)
  })

  test('threadkeep demo', async () => {
    expect(await helpOf('demo')).toMatchInlineSnapshot(`
      "Usage: threadkeep demo [options]

      Serves a small made-up community on this machine, archives it, lists it, shows a
      thread and exports it.
      Nothing leaves the machine. Every step says the command that does the same.

      Demo:
        --pack <name>   the BuddyPress templates that the community uses (choices:
                        "nouveau", "legacy", default: "nouveau")
        --dir <folder>  where the archive and the documents go (default:
                        "threadkeep-demo")

      Options:
        -h, --help      show help

      Global Options:
        -V, --version   show the version
        --db <file>     the archive (default: $THREADKEEP_DB, else threadkeep.db)
        -q, --quiet     say nothing but results, warnings and errors
        -v, --verbose   say more: one line for each answer that is read
        --no-input      never ask for anything, also at a terminal
        --no-color      no colours; NO_COLOR does the same

      Examples:
        $ threadkeep demo
        $ threadkeep demo --pack legacy --dir my-demo
      "
    `)
  })

  test('threadkeep export: the formats are those of the list', async () => {
    const help = await helpOf('export')
    const unnamed = /^Without -o, [^.]+\.$/m.exec(help)?.[0] ?? ''
    for (const { name, summary } of EXPORTERS) {
      expect(help).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
      expect(unnamed).toMatch(new RegExp(`\\b${name}\\b`))
    }
    const others = help
      .replace(/Formats:\n( .*\n)+/, '')
      .replace(/choices: "[^)]*/, 'choices: …')
      .replace(unnamed, 'Without -o, ….')
    expect(others).toMatchInlineSnapshot(`
      "Usage: threadkeep export [options] [selection...]

      Writes threads of the archive in another format. The same archive gives the same
      bytes, always.
      Without a selection, all threads are written.

      Arguments:
        selection            groups (slug, name, id, URL) and threads (id or
                             permalink), mixed

      What to write:
        --group <name>       a group; may be given several times
        --thread <id>        a thread; may be given several times
        --after <date>       threads with a post at or after this date (UTC):
                             2024-05-01, today-2weeks
        --before <date>      threads with a post before this date (UTC)
        --filter <query>     threads with a post that matches, as in "threadkeep
                             search": 'from:anna has:link "bee hive"'
        --types <names>      only threads that open with these item types, such as
                             activity_update; all for all

      Output:
        -f, --format <name>  the format (default: by the extension of -o, else md)
                             (choices: …)
        -o, --output <path>  a file, a folder (ending in /), a template such as
                             notes/{id}.md, or - for stdout

      Options:
        -h, --help           show help

      Global Options:
        -V, --version        show the version
        --db <file>          the archive (default: $THREADKEEP_DB, else threadkeep.db)
        -q, --quiet          say nothing but results, warnings and errors
        -v, --verbose        say more: one line for each answer that is read
        --no-input           never ask for anything, also at a terminal
        --no-color           no colours; NO_COLOR does the same


      A word of digits, or with /activity/ in it, is a thread; any other is a group.
      The threads of all that is named are written, each once.

      Without -o, ….
      A template may hold {site} {group} {id} {date} {year} {month} {day} {author}
      {title} {ext}.

      Examples:
        $ threadkeep export gardeners
        $ threadkeep export 237 -o thread.md
        $ threadkeep export -f jsonl --after today-2weeks > posts.jsonl
        $ threadkeep export --filter 'from:anna has:link' -o links/
        $ threadkeep export -o 'notes/{group}/{id}.{ext}'
      "
    `)
  })

  test('"help export" is the same help', async () => {
    expect((await running(['help', 'export'], testIo())).out).toBe(await helpOf('export'))
  })

  test('no line but an example is wider than the window, and none is broken twice', async () => {
    for (const { name } of COMMANDS) {
      const help = await helpOf(name)
      const lines = help.split('\n')
      for (const line of lines) if (!line.startsWith('  $ ')) expect(line.length, line).toBeLessThanOrEqual(80)
      const about = help.split('\n\n')[1]?.split('\n') ?? []
      for (const line of about.slice(0, -1)) expect(line.length >= 60 || /[.}]$/.test(line), line).toBe(true)
    }
  })
})
