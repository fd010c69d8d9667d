# SPDX-License-Identifier: Apache-2.0
"""The window's furniture: theme, docks, lanes, actions, tables, forms, notices and the shell.

It knows no department and no database: it is handed frozen rows, column lists and callables.
What a panel author needs::

    from clinicdesk.desktop.dock import Area, Panel, PanelSpec      # where a panel stands
    from clinicdesk.desktop.actions import ActionSpec               # what it can do
    from clinicdesk.desktop.room import Room                        # what it is given
    from clinicdesk.desktop.row_table import RowTable, TotalsRow    # lists
    from clinicdesk.desktop.forms import Form, FormDialog, MoneyEdit, DayEdit, ...
    from clinicdesk.desktop.dialogs import plain_label              # labels of user data
    from clinicdesk.desktop.palette import Hit, Source              # what the palette finds

A panel::

    class AccountPanel(Panel[Account]):
        shows = frozenset({LEDGER})
        def __init__(self, room: Room) -> None:
            super().__init__(room)
            self.table = RowTable(ACCOUNT, room, _("Account"), state_key="account", ink=_ink)
            self.body.addWidget(self.table)
            room.spotlight.shown.connect(self._shown)          # (kind, id)
        def question(self):                                    # plain values only
            patient = self.room.spotlight.current("patient")
            return partial(self._billing.account, patient, self.room.actor) if patient else None
        def show_answer(self, account): self.table.rows.replace(account.lines)
        def perform(self, action_id): ...                      # ids of its ActionSpecs
        def why_not(self, action_id): return "" or a reason    # then abilities_changed.emit()

    PanelSpec("account", N_("Account"), "ledger", Area.PAGE, "Ctrl+3", MAY_VIEW,
              partial(AccountPanel, billing=clinic.billing), ACTIONS)   # factory(room)

Asking and doing, from a panel (``owner=self`` drops answers for a panel that is gone)::

    self.refresh()                                             # the question changed
    room.desk.ask(question, answered, owner=self)              # any other short question
    room.desk.carry_out(partial(billing.charge, command, actor), done, refused, owner=self)
    room.desk.run_errand(_("Statement"), lambda errand: ..., answered, owner=self)
    room.spotlight.show("patient", 12); room.spotlight.ask_for("patient", 12, "pay")
    room.notices.toast(_("…")); .banner(...); .confirm(question, verb, act)
    room.theme.px(12), .font(10.5, QFont.Weight.DemiBold), .colour("muted"), .status("waiting"),
    .icon("pay"), .give_icon(button, "pay"); repaint and re-measure on ``theme.changed``
    room.go_to("account"); room.run_action("billing.take_payment")

Slots are methods of QObjects; what crosses a lane is frozen; ``show_answer`` is the only place
that fills widgets. User data goes into ``plain_label`` or ``setTextFormat(PlainText)``. Labels
take the properties ``muted`` and ``tone`` (danger, warn, ok); buttons ``primary``, ``danger``,
``flat``, ``link``; frames are styled by object name: ``card``, ``alert``, ``entry``, ``banner``.

Does not: know a patient, open a clinic, format a value (``wording.formats`` does), touch a file
other than this desk's own settings.

Glossary
    dock: a panel's place in the window.
    panel: a page, card or strip that asks one question and shows its answer.
    lane: a queue with its thread; ``records`` for commands and short reads, ``errands`` for long.
    errand: long work that reports steps and can be cancelled.
    spotlight: the record the window is about, by kind.
    shelf: the acts of this sitting that can be undone.
    curtain: what covers the live window while it is locked.
    rail: the pages' names down the leading edge.
    token: a colour by its purpose.
"""
