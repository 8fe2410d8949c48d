"""Validates exports against a schema: validate.py SCHEMA FILE...; files that end in .ndjson have a document on each line.

Of a schema that chooses among records, the record of each line tells which it is."""

import json
import sys

from jsonschema import Draft202012Validator


def places(validator, value, place):
    for error in sorted(validator.iter_errors(value), key=lambda error: error.json_path):
        best = error
        while best.context:
            best = max(best.context, key=lambda inner: len(inner.absolute_path))
        yield f"{place}{error.json_path}: {best.message[:300]}"


def findings(schema, path):
    if not path.endswith(".ndjson"):
        with open(path, encoding="utf-8") as file:
            yield from places(Draft202012Validator(schema), json.load(file), f"{path}: ")
        return
    if "anyOf" not in schema:
        validator = Draft202012Validator(schema)
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                yield from places(validator, json.loads(line), f"{path}:{number}: ")
        return
    validators = {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            record = json.loads(line)
            name = record["record"]
            if name not in validators:
                # The choice by type is what anyOf comes to, with errors that can be read.
                assert {"$ref": f"#/$defs/{name}"} in schema["anyOf"], f"{name} is no record of the schema"
                only = {key: value for key, value in schema.items() if key != "anyOf"}
                validators[name] = Draft202012Validator(only | {"$ref": f"#/$defs/{name}"})
            yield from places(validators[name], record, f"{path}:{number}: ")


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    found = [line for path in paths for line in findings(schema, path)]
    for line in found[:50]:
        print(line)
    print(f"{len(paths)} validated, {len(found)} findings")
    return 1 if found or not paths else 0


sys.exit(main(*sys.argv[1:]))
