# SPDX-License-Identifier: Apache-2.0
"""The checks of the interface, over the assembled program: every page, not a sample.

The papers number them A1 to A40 (experience.md §4). Where each is held:

==== ============================================================= ==========================
 A1  the interpreter and Qt go together                            floor_plan/test_interpreter
 A2  everything that takes the focus has a name of its own         interface/test_names
 A3  painted cards are told to a screen reader                     schedule/panel/test_sight
 A4  acts are announced, once                                      interface/test_acts
 A5  Tab goes as the eye does, mirrored too                        interface/test_focus
 A6  Tab and F6 leave every page                                   interface/test_focus
 A7  every action by menu, tool tip, key and palette               interface/test_acts
 A8  keys are counted against the budgets                          journeys/test_budgets,
                                                                   journeys/test_money_budgets
 A9  letters of menus differ, in every language                    interface/test_acts
A10  contrast of tokens, colour-blind distances                    desktop/test_tokens
A11  contrast of pixels                                            interface/test_sight
A12  colours in the tokens only                                    floor_plan/test_hygiene
A13  nothing is clipped                                            interface/test_room_for_words
A14  search and the first act are in sight                         interface/test_room_for_words
A15  painted cards do not overlap                                  schedule/panel/test_sight
A16  targets are large enough                                      interface/test_room_for_words
A17  the focus is seen                                             interface/test_focus
A18  statuses differ without colour                                schedule/panel/test_sight
A19  the now-line                                                  schedule/panel/test_sight
A20  a drag is what the keyboard does                              schedule/panel/test_hands
A22  the register's line                                           billing/panel/test_register,
                                                                   billing/panel/
                                                                   test_accounts_by_keys
A23  columns are remembered, the sort is not                       desktop/test_rows
A24  the layout comes back without drift                           interface/test_layouts,
                                                                   desktop/test_shell
A25  colours switch live, on every page                            interface/test_sight
A27  locked: nothing of a patient                                  interface/test_lock
A28  what was typed survives a kill                                app/test_drafts, drills
A29  one window for one file                                       desktop/test_outside, drills
A30  the command line                                              commands/test_command_line
A31  empty, filtered empty, trouble                                interface/test_states
A33  cancelling leaves no half paper                               closing/test_month_end_panel
A34  papers                                                        printing, billing, closing
A35  copied rows parse back                                        desktop/test_rows,
                                                                   billing/panel/
                                                                   test_accounts_by_keys
A37  no English left where there is a translation                  interface/test_words
A38  no network                                                    floor_plan/test_offline, and
                                                                   the root conftest
==== ============================================================= ==========================
"""
