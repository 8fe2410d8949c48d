#!/usr/bin/python3
"""Turns proto/*.proto into the committed C and Swift sources. Run through `make proto`."""

import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

import c_sources
import swift_records
import swift_tables
from load import Schema


def main():
    root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
    schema = Schema(os.path.join(root, "proto"))
    c_sources.write(schema, os.path.join(root, "Sources", "CCRIUSchema"))
    generated = os.path.join(root, "Sources", "CRIUImages", "Generated")
    os.makedirs(generated, exist_ok=True)
    swift_tables.write(schema, generated)
    swift_records.write(schema, os.path.join(generated, "Records"))


if __name__ == "__main__":
    main()
