"""The window of a handover: planning, giving, accepting, giving back, reviewing."""
