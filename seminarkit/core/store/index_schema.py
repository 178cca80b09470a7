"""The tables of the index."""

from __future__ import annotations

SCHEMA_VERSION = 8  # to be raised when the tables change
SCHEMA = """
CREATE TABLE IF NOT EXISTS arrival (
    number INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, received_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS submission (
    form TEXT NOT NULL, subject TEXT NOT NULL, form_version TEXT NOT NULL,
    instance TEXT NOT NULL, rev INTEGER NOT NULL,
    saved_at TEXT NOT NULL, country TEXT NOT NULL, person TEXT NOT NULL, answers TEXT NOT NULL,
    answered INTEGER NOT NULL, total INTEGER NOT NULL, complete INTEGER NOT NULL,
    receipt TEXT NOT NULL, version TEXT NOT NULL, ancestors TEXT NOT NULL, written_in TEXT NOT NULL,
    salt TEXT NOT NULL, moment TEXT NOT NULL, sent_as TEXT NOT NULL,
    arrival INTEGER NOT NULL REFERENCES arrival, part TEXT NOT NULL, places TEXT NOT NULL,
    answers_hash TEXT NOT NULL,
    standing TEXT NOT NULL DEFAULT '', current INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS submission_instance ON submission (instance);
CREATE TABLE IF NOT EXISTS outcome (
    arrival INTEGER NOT NULL REFERENCES arrival, part TEXT NOT NULL, kind TEXT NOT NULL,
    text TEXT NOT NULL, country TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS outcome_arrival ON outcome (arrival);
CREATE TABLE IF NOT EXISTS reply (
    arrival INTEGER NOT NULL REFERENCES arrival, part TEXT NOT NULL, receipt TEXT NOT NULL,
    said TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
