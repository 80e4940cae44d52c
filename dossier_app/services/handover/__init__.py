"""Handing dossiers to a colleague for an absence, and taking them back.

Each job is in steps, so that a window never stands still: what reads the binder
(`giving.prepare`, `returning.prepare`), what takes long (generators that read or write its
documents: `packages.sealing`, `taking.storing`, `reviewing.storing`; `packages.open_package`
touches no database), and the one action that writes.
"""
