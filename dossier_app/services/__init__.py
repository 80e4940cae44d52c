"""One function or small class per user action. The only way to change data; each returns
what it changed."""
