"""The binder lying open: tabs at the left, the page of one divider, the rows on it."""
