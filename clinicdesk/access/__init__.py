# SPDX-License-Identifier: Apache-2.0
"""Who may sign in, what their role may do, and what was done.

Rights are rows per role, denied by default and asked for in the services of every department.
The order of roles is a number: nobody makes, changes or resets a user of a rank above their own,
and a manager only those below. The last owner cannot be taken away. The audit trail is read here;
it is written by ``storage`` in the transaction of what it tells.

Glossary:
    Login: the short name somebody types to sign in; stored in the file, never in the key slots.
    Sitting: one sign-in, a random id that every act of it carries in the audit trail.
    Slot: the key slot a user's password opens (``storage.keys``); the user's row names it.
    Rank: how far up a role is; owner 100, reception 10.
    Trail: the audit rows as a person reads them.

What it does not do: keep passwords (``storage.keys``), hold the idle lock (``desktop``), decide
in other departments' stead what needs a right.
"""
