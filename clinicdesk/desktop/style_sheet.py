# SPDX-License-Identifier: Apache-2.0
"""The style sheet of the window, written from tokens and the unit of measure.

A background is never set without its text. Frames are named (``#name``), never styled by class:
a label is a frame too, and would inherit the border.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPalette

from clinicdesk.desktop.tokens import Tokens
from clinicdesk.kernel.places import resource


def palette(t: Tokens) -> QPalette:
    """Return the whole palette; Fusion derives nothing by itself, so every role is set."""
    made = QPalette()
    role = QPalette.ColorRole
    for one, colour in (
        (role.Window, t.window),
        (role.WindowText, t.text),
        (role.Base, t.surface),
        (role.AlternateBase, t.surface2),
        (role.Text, t.text),
        (role.Button, t.surface),
        (role.ButtonText, t.text),
        (role.BrightText, t.danger),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.on_selection),
        (role.PlaceholderText, t.muted),
        (role.Light, t.surface),
        (role.Midlight, t.grid),
        (role.Mid, t.control),
        (role.Dark, t.control),
        (role.Shadow, t.border),
        (role.Link, t.link),
        (role.LinkVisited, t.link),
        (role.ToolTipBase, t.surface2),
        (role.ToolTipText, t.text),
        (role.Accent, t.accent),
    ):
        made.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(t.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(t.surface2))
    return made


def style_sheet(t: Tokens, px: Callable[[float], int]) -> str:
    """Return the style sheet for tokens at a unit of measure."""
    e = t.edge
    pad, side, tall = px(4), px(11), px(20)
    tick = str(resource("icons/check.svg")).replace("\\", "/")
    return f"""
* {{ outline: 0; }}
QAbstractButton, QMenu, QComboBox, QTabBar {{ icon-size: {px(16)}px; }}
QMainWindow, QDialog {{ background: {t.window}; color: {t.text}; }}
QMainWindow::separator {{ background: {t.border}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {t.accent}; }}
QMenuBar {{ background: {t.window}; color: {t.text}; border: 0; padding: 1px {px(6)}px; }}
QMenuBar::item {{ padding: {px(4)}px {px(9)}px; border-radius: {px(4)}px;
  background: transparent; }}
QMenuBar::item:selected {{ background: {t.selection}; color: {t.on_selection}; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: {e}px solid {t.control};
  padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(22)}px {px(5)}px {px(10)}px; border-radius: {px(4)}px; }}
QMenu::icon {{ padding-left: {px(8)}px; }}
QMenu::item:selected {{ background: {t.selection}; color: {t.on_selection}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: {px(4)}px {px(8)}px; }}
QToolTip {{ background: {t.surface2}; color: {t.text}; border: {e}px solid {t.control};
  padding: {px(4)}px {px(6)}px; }}
QToolBar {{ background: {t.window}; color: {t.text}; border: 0; padding: 0; spacing: 0; }}
#topbar {{ background: {t.surface}; color: {t.text}; border-top: {e}px solid {t.border};
  border-bottom: {e}px solid {t.border}; }}
#rail {{ background: {t.window}; color: {t.text}; border-right: {e}px solid {t.border}; }}
#drawer {{ background: {t.window}; color: {t.text}; border-left: {e}px solid {t.border}; }}
#drawer:right-to-left {{ border-left: 0; border-right: {e}px solid {t.border}; }}
#rail:right-to-left {{ border-right: 0; border-left: {e}px solid {t.border}; }}
QPushButton, QToolButton {{ background: {t.surface}; color: {t.text};
  border: {e}px solid {t.control}; border-radius: {px(6)}px; padding: {pad}px {side}px;
  min-height: {tall}px; }}
QToolButton {{ padding: {pad}px {px(8)}px; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton:hover, QToolButton:hover {{ border-color: {t.accent}; background: {t.surface2};
  color: {t.text}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.selection};
  color: {t.on_selection}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.focus}; padding: {pad - 1}px
  {side - 1}px; }}
QToolButton:focus {{ padding: {pad - 1}px {px(8) - 1}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.disabled}; background: {t.surface2};
  border-color: {t.border}; }}
QToolButton:checked, QPushButton:checked {{ background: {t.selection}; color: {t.on_selection};
  border-color: {t.accent}; font-weight: 600; }}
QPushButton[primary="true"] {{ background: {t.accent}; color: {t.on_accent};
  border-color: {t.accent}; font-weight: 600; }}
QPushButton[primary="true"]:hover {{ background: {t.focus}; color: {t.on_accent};
  border-color: {t.text}; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {t.on_accent}; }}
QPushButton[primary="true"]:disabled {{ background: {t.surface2}; color: {t.disabled};
  border-color: {t.border}; }}
QPushButton[danger="true"] {{ color: {t.danger}; background: {t.surface};
  border-color: {t.danger}; }}
QPushButton[flat="true"], QToolButton[flat="true"] {{ background: transparent;
  color: {t.text}; border-color: transparent; }}
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover {{ background: {t.surface2};
  color: {t.text}; border-color: {t.border}; }}
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus {{ border-color: {t.focus}; }}
QPushButton[link="true"] {{ background: transparent; color: {t.link}; border: 0;
  border-radius: 2px; padding: 0 {px(4)}px; min-height: {px(18)}px;
  text-decoration: underline; }}
QPushButton[link="true"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[cell="true"] {{ background: transparent; color: {t.muted}; border: 0;
  padding: 0 {px(9)}px; min-height: {max(24, px(22))}px; border-radius: {px(4)}px; }}
QPushButton[cell="true"]:hover {{ background: {t.selection}; color: {t.on_selection}; }}
QPushButton[cell="true"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[cell="true"][tone="warn"] {{ color: {t.warn}; }}
QPushButton[cell="true"][tone="danger"] {{ color: {t.danger}; }}
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {{ background: {t.surface2};
  color: {t.text}; border: {e}px solid {t.control}; border-radius: {px(6)}px;
  padding: {pad}px {px(9)}px; selection-background-color: {t.selection};
  selection-color: {t.on_selection}; }}
QLineEdit {{ placeholder-text-color: {t.muted}; }}
QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: {tall}px; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{
  border: 2px solid {t.focus}; padding: {pad - 1}px {px(9) - 1}px; background: {t.surface};
  color: {t.text}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {{
  border: 2px solid {t.danger}; padding: {pad - 1}px {px(9) - 1}px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ color: {t.disabled};
  background: {t.window}; border-color: {t.border}; }}
QComboBox::drop-down {{ border: 0; width: {px(22)}px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text};
  border: {e}px solid {t.control}; selection-background-color: {t.selection};
  selection-color: {t.on_selection}; padding: {px(3)}px; }}
QCheckBox, QRadioButton {{ color: {t.text}; background: transparent; spacing: {px(8)}px;
  min-height: {px(24)}px; border: 2px solid transparent; border-radius: {px(4)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(15)}px; height: {px(15)}px;
  border: {e}px solid {t.control}; background: {t.surface2}; }}
QCheckBox::indicator {{ border-radius: {px(3)}px; }}
QRadioButton::indicator {{ border-radius: {px(7)}px; }}
QCheckBox::indicator:checked {{ border-color: {t.accent};
  background: {t.accent if t.dark else t.selection}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ border: {px(4)}px solid {t.accent};
  background: {t.surface}; width: {px(9)}px; height: {px(9)}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.focus}; }}
QLabel {{ color: {t.text}; background: transparent; }}
QLabel[muted="true"] {{ color: {t.muted}; }}
QLabel[tone="danger"] {{ color: {t.danger}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QLabel[tone="ok"] {{ color: {t.ok}; }}
QLabel:disabled {{ color: {t.disabled}; }}
QScrollArea {{ background: transparent; border: 0; }}
#rail QScrollArea, #rail QScrollArea > QWidget, #rail QScrollArea > QWidget > QWidget {{
  background: {t.window}; color: {t.text}; }}
QTableView::item {{ padding: 0 {px(7)}px; border: 0; }}
QTableView::item:selected {{ background: {t.selection}; color: {t.on_selection}; }}
QAbstractItemView {{ background: {t.surface}; color: {t.text};
  alternate-background-color: {t.surface2}; border: {e}px solid {t.border};
  gridline-color: {t.grid}; selection-background-color: {t.selection};
  selection-color: {t.on_selection}; }}
QTableView, QTreeView {{ border: 2px solid {t.surface}; }}
QAbstractItemView:focus {{ border: 2px solid {t.focus}; }}
QHeaderView {{ background: {t.surface}; color: {t.muted}; border: 0; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0;
  border-bottom: {e}px solid {t.control}; border-right: 1px solid {t.grid};
  padding: {px(4)}px {px(7) + 1}px {px(4)}px {px(7) + 3}px; font-weight: 600; }}
QTableCornerButton::section {{ background: {t.surface}; color: {t.muted}; border: 0;
  border-bottom: {e}px solid {t.control}; border-right: 1px solid {t.grid}; }}
QAbstractScrollArea::corner {{ background: {t.window}; border: 0; }}
QHeaderView::section:hover {{ color: {t.text}; background: {t.surface2}; }}
QTabBar::tab {{ background: {t.window}; color: {t.muted}; border: 0;
  padding: {px(6)}px {px(12)}px; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {t.text}; background: {t.window}; font-weight: 600;
  border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ color: {t.link}; }}
QTabWidget::pane {{ border: 0; border-top: {e}px solid {t.border}; }}
QStatusBar {{ background: {t.surface}; color: {t.muted}; border-top: {e}px solid {t.border}; }}
QStatusBar::item {{ border: 0; }}
QDockWidget {{ color: {t.text}; font-weight: 600; }}
QDockWidget::title {{ background: {t.window}; color: {t.text}; padding: {px(5)}px {px(10)}px;
  border-bottom: 1px solid {t.border}; }}
QScrollBar:vertical {{ background: {t.window}; width: {px(12)}px; margin: 0; border: 0; }}
QScrollBar:horizontal {{ background: {t.window}; height: {px(12)}px; margin: 0; border: 0; }}
QScrollBar::handle {{ background: {t.control}; border-radius: {px(4)}px; margin: {px(2)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(28)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(28)}px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.surface2}; color: {t.text}; border: {e}px solid {t.control};
  border-radius: {px(4)}px; text-align: center; min-height: {px(16)}px; }}
QProgressBar::chunk {{ background: {t.selection}; border-radius: {px(3)}px; }}
QSplitter::handle {{ background: {t.border}; }}
QGroupBox {{ color: {t.text}; border: {e}px solid {t.border}; border-radius: {px(8)}px;
  margin-top: {px(10)}px; padding: {px(8)}px; font-weight: 600; }}
QGroupBox::title {{ subcontrol-origin: margin; left: {px(10)}px; padding: 0 {px(4)}px; }}
#card, #palette, #toast, #entry {{ background: {t.surface}; color: {t.text};
  border: {e}px solid {t.border}; border-radius: {px(8)}px; }}
#palette, #toast {{ border-color: {t.control}; }}
#banner {{ background: {t.surface2}; color: {t.text}; border: 0;
  border-bottom: {e}px solid {t.border}; }}
#banner[tone="danger"] {{ background: {t.status["no_show"].fill};
  color: {t.status["no_show"].text}; border-left: {px(4)}px solid {t.danger}; }}
#banner[tone="warn"] {{ background: {t.status["waiting"].fill};
  color: {t.status["waiting"].text}; border-left: {px(4)}px solid {t.warn}; }}
#banner[tone="danger"] QLabel {{ color: {t.status["no_show"].text}; }}
#banner[tone="warn"] QLabel {{ color: {t.status["waiting"].text}; }}
#alert {{ background: {t.status["no_show"].fill}; color: {t.status["no_show"].text}; border: 0;
  border-left: {px(4)}px solid {t.danger}; border-radius: {px(4)}px; }}
#alert QLabel {{ color: {t.status["no_show"].text}; }}
#curtain {{ background: {t.window}; color: {t.text}; }}
#busy {{ background: {t.accent}; color: {t.on_accent}; border: 0; }}
"""
