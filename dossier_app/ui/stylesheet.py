"""The one stylesheet: it dresses Qt's own controls; our painted widgets need none."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from PySide6.QtGui import QColor

from dossier_app.assets import asset
from dossier_app.ui.theme import Scale, Tokens

_SHEET = Template("""
QMainWindow, QDialog { background: $desk; }
QDialog[paper="true"], QFrame[paper="true"] { background: $paper; }
QToolTip { background: $toast; color: $on_toast; border: 0; padding: 4px 8px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit,
QDateTimeEdit, QComboBox {
  background: $paper; color: $ink; border: 1px solid $edge; border-radius: ${radius_control}px;
  padding: 1px 9px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox {
  min-height: 28px;
}
QPlainTextEdit, QTextEdit { padding: 5px 5px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QTimeEdit:focus,
QDateTimeEdit:focus, QComboBox:focus, QComboBox:on {
  border: 2px solid $accent; padding: 0 8px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 4px 4px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QSpinBox:disabled,
QComboBox:disabled, QDateEdit:disabled { color: $faint; border-color: $line; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid $danger; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
  border: 0; background: transparent; padding: 0; min-height: 0;
}
QTextBrowser, QTextEdit[bare="true"], QPlainTextEdit[bare="true"] {
  border: 0; background: transparent; padding: 0;
}

QComboBox QLineEdit, QComboBox QLineEdit:focus {
  border: 0; background: transparent; padding: 0; min-height: 0;
}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
  border: 0; background: transparent; padding: 0 8px; min-height: 0;
}
QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {
  min-width: 48px; min-height: 25px;
}
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 16px; height: 16px; }
QComboBox QAbstractItemView, QListView[popup="true"] {
  background: $paper; color: $ink; border: 1px solid $edge; border-radius: ${radius_control}px;
  padding: 4px; outline: 0;
}
QSpinBox::up-button, QDoubleSpinBox::up-button, QDateEdit::up-button, QTimeEdit::up-button,
QDateTimeEdit::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button,
QDateEdit::down-button, QTimeEdit::down-button, QDateTimeEdit::down-button {
  border: 0; width: 20px; background: transparent;
}
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow {
  image: url("$icons/chevron-down.svg"); width: 12px; height: 12px;
}

QCheckBox, QRadioButton { color: $ink; spacing: 8px; min-height: 20px; padding: 2px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $paper;
}
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked,
QAbstractItemView::indicator:checked {
  border-color: $accent; background: $accent; image: url("$icons/check-$scheme.svg");
}
QCheckBox::indicator:indeterminate {
  border-color: $accent; background: $accent; image: url("$icons/dash-$scheme.svg");
}
QCheckBox::indicator:disabled { border-color: $line; background: $tab; }
QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $muted; border-radius: 8px; background: $paper;
}
QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked {
  width: 6px; height: 6px; border: 5px solid $accent; border-radius: 8px; background: $paper;
}
QRadioButton::indicator:disabled { border-color: $line; }

QPushButton, QToolButton {
  background: $paper; color: $ink; border: 1px solid $edge; border-radius: ${radius_control}px;
  padding: 0 12px; min-height: 30px; font-weight: 500;
}
QToolButton { padding: 0 6px; border-color: transparent; background: transparent; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; }
QToolButton:focus { padding: 0 5px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; border-color: $line; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }

QMenu { background: $paper; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: ${radius_small}px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QMenuBar { background: $desk; color: $ink; }
QMenuBar::item { padding: 4px 8px; border-radius: ${radius_small}px; }
QMenuBar::item:selected { background: $tab; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
  padding: 7px 0 8px 0; margin-right: 14px;
}
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $ink; font-weight: 600; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }

QProgressBar {
  background: $line; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QAbstractItemView {
  background: $paper; color: $ink; border: 0; outline: 0;
  selection-background-color: $accent_soft; selection-color: $ink;
}
QListView::item, QTreeView::item {
  padding: 0 8px; min-height: 28px; border-radius: ${radius_small}px;
}
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
  background: $accent_soft; color: $ink;
}
QAbstractItemView:focus { border: 0; }
QAbstractItemView[bare="true"] { background: transparent; }
QTableView { gridline-color: $line; }
QHeaderView, QTableCornerButton::section { background: $paper; }
QHeaderView::section {
  background: $paper; color: $muted; border: 0; border-bottom: 1px solid $line;
  padding: 6px 8px;
}

QGroupBox { border: 0; margin-top: 20px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QScrollArea, QScrollArea > QWidget > QWidget[plain="true"] {
  background: transparent; border: 0;
}

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; margin: 2px; }
QScrollBar:horizontal { height: 10px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QCalendarWidget QWidget { alternate-background-color: $tab; }
QCalendarWidget QToolButton { color: $ink; }
QCalendarWidget #qt_calendar_navigationbar { background: $paper; }
""")


def stylesheet(tokens: Tokens, scale: Scale) -> str:
    """Fill the sheet with the colours of one theme."""
    colours = {
        item.name: value.name()
        for item in fields(tokens)
        if isinstance(value := getattr(tokens, item.name), QColor)
    }
    return _SHEET.substitute(
        colours,
        radius_small=scale.radius_small,
        radius_control=scale.radius_control,
        scheme="dark" if tokens.dark else "light",
        icons=asset("resources", "icons", "controls").as_posix(),
    )
