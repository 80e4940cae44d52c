"""Handing dossiers to a colleague for an absence, and taking them back.

Each job is in steps, so that a window never stands still: what reads the binder
(`giving.prepare`, `returning.prepare`), what takes long and touches no database
(`packages.seal`, `packages.open_package`), and the one action that writes.
"""
