"""Fails if a public type or function is on no page of its module's documentation: curation.py GRAPH CATALOGUE."""

import glob
import json
import re
import sys

graph, catalogue = sys.argv[1:]
curated = set()
for page in glob.glob(f"{catalogue}/*.md"):
    with open(page, encoding="utf-8") as file:
        curated.update(re.findall(r"^- ``(.*)``$", file.read(), re.MULTILINE))
with open(graph, encoding="utf-8") as file:
    symbols = json.load(file)["symbols"]
# Records of messages are too many to be told one by one; they have a list of their own without that.
names = {symbol["names"]["title"] for symbol in symbols
         if len(symbol["pathComponents"]) == 1 and "/Generated/" not in symbol.get("location", {}).get("uri", "")}
for name in sorted(names - curated):
    print(f"{catalogue}: {name} is in no list of topics", file=sys.stderr)
sys.exit(bool(names - curated))
