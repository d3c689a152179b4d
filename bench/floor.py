"""`python3 floor.py WORK.json FILE`: what floor.js does, as a script with requests, BeautifulSoup and lxml would do it.

It reads no author and no date, and follows no list, so that a script that archives takes longer.
"""
import gzip
import json
import resource
import sqlite3
import sys

import requests
from bs4 import BeautifulSoup


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


def download(session, url, form=None, referer=None):
    headers = {"referer": referer} if referer else {}
    response = session.post(url, data=form, headers=headers) if form else session.get(url, headers=headers)
    return response.content


def read(body):
    text = body.decode("utf-8", "replace")
    for markup in markup_of(json.loads(text)) if text[:1] in ("[", "{") else [text]:
        BeautifulSoup(markup, "lxml").get_text()


def markup_of(answer):
    if isinstance(answer, list):
        return list(markup_below(answer))
    return [(answer.get("data") or {}).get("contents") or answer.get("contents") or ""]


def markup_below(activities):
    for activity in activities:
        yield activity["content"]["rendered"]
        yield activity["title"]
        yield from markup_below(activity.get("comments") or [])


def insert(db, table, row):
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


with open(sys.argv[1], encoding="utf-8") as file:
    work = json.load(file)
started = cpu()
db = sqlite3.connect(sys.argv[2])
db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF")
for sql in work["schema"]:
    db.execute(sql)
session = requests.Session()
session.headers["accept-encoding"] = "gzip"
for page in work["pages"]:
    body = download(session, **page["request"])
    read(body)
    if "blob" in page:
        insert(db, "blobs", {**page["blob"], "body": gzip.compress(body, 6)})
    for entry in page["rows"]:
        insert(db, entry["table"], entry["row"])
    db.commit()
db.close()
print(json.dumps({"cpu": cpu() - started}))
